//! How a method is answered that a path does not offer.

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
        .step("delete the list of access groups")
        .delete("/access--groups")
        .answer()?;
    by_status(&answer, &[(405, "405"), (404, "404")])
}
