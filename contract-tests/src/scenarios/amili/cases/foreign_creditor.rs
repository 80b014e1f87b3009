//! How a creditor of another account than the one beside it is refused.

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Answered;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/registration-for-foreign-creditor",
    proves: &["amili.registration.foreign-creditor"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = scene::foreign_creditor(amili)?;
    scene::refusal_of_case(
        amili,
        "register a case for a creditor of another account",
        &creditor,
    )
}
