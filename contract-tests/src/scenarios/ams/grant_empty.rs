//! What an empty list of groups does.

use serde_json::json;

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/grant-empty",
    proves: &["ams.permission.empty-list"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let user = given::user(ams)?;
    let group = given::visible_group(ams)?;
    calls::assign_groups(ams, "assign one", &user, [&group]).expect_success()?;
    let answer = calls::assign_groups(ams, "assign none", &user, json!([])).answer()?;
    if answer.succeeded() {
        if ams.on_mock() {
            given::holds_groups(ams, &user, &[])?;
        }
        Ok(Observation::Known("removes-all"))
    } else if answer.refused() {
        Ok(Observation::Known("refused"))
    } else {
        answer.unknown("a success, or a refusal")
    }
}
