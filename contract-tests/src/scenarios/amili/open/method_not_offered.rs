//! How a method is answered that a path does not offer.

use serde_json::json;

use super::by_status;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/method-not-offered",
    proves: &["amili.method.not-offered"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let answer = amili
        .step("change the list of users")
        .patch("/users", json!({}))
        .not_own("a body without a field changes nothing, whatever the target makes of it")
        .answer()?;
    by_status(&answer, &[(405, "405"), (404, "404")])
}
