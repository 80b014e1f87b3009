//! Whether an answer stands bare or under the key data.

use serde_json::Value;

use super::{bodies, calls};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/answer-wrapper",
    proves: &["ams.answer.wrapper"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let user = calls::create_user(ams, "create a user", bodies::user(ams)).expect_success()?;
    let groups = calls::list_groups(ams, "list the groups").expect_success()?;
    let bare = user.value().get("id").is_some() && groups.value().is_array();
    let wrapped = user.value().pointer("/data/id").is_some()
        && groups.value().get("data").is_some_and(Value::is_array);
    match (bare, wrapped) {
        (true, false) => Ok(Observation::Known("bare")),
        (false, true) => Ok(Observation::Known("data")),
        _ => groups.unknown("bare answers, or both under data"),
    }
}
