//! The status with which a body of missing or wrongly typed fields is refused.

use serde_json::json;

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/invalid-status",
    proves: &["ams.errors.invalid-status"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let user = given::user(ams)?;
    let answers = [
        calls::create_user(ams, "create a user of nothing", json!({})).expect_error()?,
        calls::create_department(ams, "create a department 5", json!({ "name": 5 }))
            .expect_error()?,
        calls::assign_groups(ams, "assign no list", &user, "1").expect_error()?,
        calls::assign_groups(ams, "assign words", &user, ["x"]).expect_error()?,
        calls::assign_departments(ams, "assign no list", &user, "1").expect_error()?,
        calls::assign_departments(ams, "assign words", &user, ["x"]).expect_error()?,
    ];
    let [first, ..] = &answers;
    if answers
        .iter()
        .any(|answer| answer.status() != first.status())
    {
        return first.unknown("one status for all of them");
    }
    match first.status() {
        422 => Ok(Observation::Known("422")),
        400 => Ok(Observation::Known("400")),
        _ => first.unknown("422 or 400"),
    }
}
