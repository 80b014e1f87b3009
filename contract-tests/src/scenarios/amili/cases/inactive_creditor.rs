//! How the registration of a case for an inactive creditor is refused.

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Answered;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/case-for-inactive-creditor",
    proves: &["amili.case.inactive-creditor"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = scene::inactive_creditor(amili)?;
    scene::refusal_of_case(amili, "register a case for an inactive creditor", &creditor)
}
