//! How a creditor is refused that does not exist.

use super::by_status;
use crate::client::Captured;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::cases::scene;
use crate::scenarios::amili::given;
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/unknown-creditor",
    proves: &["amili.registration.unknown-creditor"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let body = scene::case(amili, &Captured::from(given::NO_SUCH_ID))?;
    let answer = amili
        .step("register a case for a creditor that does not exist")
        .post(scene::CASES, &body)
        .answer()?;
    by_status(&answer, &[(422, "422"), (404, "404")])
}
