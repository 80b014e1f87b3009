//! Where a refusal by validation tells its problems.

use serde_json::json;

use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/errors-shape",
    proves: &["amili.errors.shape"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let answer = amili
        .step("create a creditor of nothing")
        .post("/creditors", json!({}))
        .expect(422)?;
    let told = |place: &str| answer.at(place).is_some();
    // The name is the one field that every creditor needs, whatever else is open.
    match (told("/_error/details/name"), told("/_issues/name")) {
        (true, true) => Ok(Observation::Known("both")),
        (true, false) => Ok(Observation::Known("documented")),
        (false, true) => Ok(Observation::Known("framework")),
        (false, false) => answer.unknown("the missing name in _error.details or _issues"),
    }
}
