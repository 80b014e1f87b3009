//! How a body is answered that is no JSON.

use super::by_status;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/unreadable-status",
    proves: &["amili.body.unreadable"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let answer = amili
        .step("create a creditor of half a body")
        .request("POST", "/creditors")
        .raw(Some("application/json"), "{\"name\": ")
        .answer()?;
    by_status(&answer, &[(400, "400"), (422, "422")])
}
