//! How a creditor of another account than the one beside it is refused.

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/registration-for-foreign-creditor",
    proves: &["amili.registration.foreign-creditor"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = scene::foreign_creditor(amili)?;
    let answer = amili
        .step("register a case for a creditor of another account")
        .post(scene::CASES, scene::case(amili, &creditor)?)
        .answer()?;
    match answer.status() {
        422 => {
            answer.names("creditor")?;
            Ok(Observation::Known("422"))
        }
        403 => Ok(Observation::Known("403")),
        _ => answer.unknown("422 or 403"),
    }
}
