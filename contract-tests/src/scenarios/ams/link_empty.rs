//! What an empty list of departments does.

use serde_json::json;

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/link-empty",
    proves: &["ams.user-department.empty-list"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let user = given::user(ams)?;
    let department = given::department(ams)?;
    calls::assign_departments(ams, "assign one", &user, [&department]).expect_success()?;
    let answer = calls::assign_departments(ams, "assign none", &user, json!([])).answer()?;
    if answer.succeeded() {
        Ok(Observation::Known("accepted"))
    } else if answer.refused() {
        Ok(Observation::Known("refused"))
    } else {
        answer.unknown("a success, or a refusal")
    }
}
