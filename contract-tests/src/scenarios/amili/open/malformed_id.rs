//! How a path is answered whose id is no id.

use super::by_status;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/malformed-id",
    proves: &["amili.path.malformed-id"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let answer = amili
        .step("read a creditor by no id")
        .get("/creditors/no-id")
        .answer()?;
    by_status(&answer, &[(404, "404"), (400, "400")])
}
