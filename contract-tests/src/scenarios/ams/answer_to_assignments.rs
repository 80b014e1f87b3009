//! What the two assignments answer.

use serde_json::json;

use super::{calls, given};
use crate::client::{Answer, Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/answer-to-assignments",
    proves: &["ams.answer.assigned"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let user = given::user(ams)?;
    let (department, group) = (given::department(ams)?, given::visible_group(ams)?);
    let linked = calls::assign_departments(ams, "assign a department", &user, [&department])
        .expect_success()?;
    let granted = calls::assign_groups(ams, "assign a group", &user, [&group]).expect_success()?;
    let ids = |answer: &Answer, key: &str, id: &Captured| {
        answer.status() == 200 && answer.at(key).is_some_and(|ids| *ids == json!([id]))
    };
    if linked.status() == 204 && granted.status() == 204 {
        Ok(Observation::Known("empty"))
    } else if ids(&linked, "/departments", &department) && ids(&granted, "/groups", &group) {
        Ok(Observation::Known("ids"))
    } else {
        granted.unknown("200 with the ids, or 204, for both")
    }
}
