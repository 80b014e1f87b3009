//! How a body of another content type is answered.

use super::by_status;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::bodies;
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/content-type-status",
    proves: &["amili.body.other-content-type"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let body = bodies::inactive_creditor(amili)?.to_string();
    let answer = amili
        .step("create a creditor as plain text")
        .request("POST", "/creditors")
        .raw(Some("text/plain"), &body)
        .answer()?;
    by_status(&answer, &[(400, "400"), (415, "415")])
}
