//! Whether two departments of a company may have the same name.

use super::{bodies, calls};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/same-department-name",
    proves: &["ams.department.same-name"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let body = bodies::department(ams);
    calls::create_department(ams, "create a department", &body).expect_success()?;
    let answer = calls::create_department(ams, "create another of that name", &body).answer()?;
    if answer.succeeded() {
        Ok(Observation::Known("allowed"))
    } else if answer.refused() {
        Ok(Observation::Known("refused"))
    } else {
        answer.unknown("a success, or a refusal")
    }
}
