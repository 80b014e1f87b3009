//! What the documented details call a missing field.

use serde_json::json;

use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/details-text",
    proves: &["amili.errors.details-text"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let answer = amili
        .step("create a creditor of nothing")
        .post("/creditors", json!({}))
        .expect(422)?;
    match answer
        .at("/_error/details/name")
        .and_then(|text| text.as_str())
    {
        Some("required field") => Ok(Observation::Known("framework")),
        Some("Name is required") => Ok(Observation::Known("as-in-the-sample")),
        Some(_) => answer.unknown("one of the known texts"),
        None if answer.planned() => answer.unknown("one of the known texts"),
        None => Err(Stop::NotObservable(
            "the refusal has no _error.details".to_owned(),
        )),
    }
}
