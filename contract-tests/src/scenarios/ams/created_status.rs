//! The status with which a creation answers.

use super::{bodies, calls};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/created-status",
    proves: &["ams.answer.created-status"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let user = calls::create_user(ams, "create a user", bodies::user(ams)).expect_success()?;
    let body = bodies::department(ams);
    let department = calls::create_department(ams, "create a department", body).expect_success()?;
    match [user.status(), department.status()] {
        [201, 201] => Ok(Observation::Known("201")),
        [200, 200] => Ok(Observation::Known("200")),
        _ => department.unknown("201 or 200 for both"),
    }
}
