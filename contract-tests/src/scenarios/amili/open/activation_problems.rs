//! How many missing activation fields a refusal names.

use serde_json::json;

use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::bodies;
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/activation-problems",
    proves: &["amili.creditor.activation-problems"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let body = with(bodies::inactive_creditor(amili)?, "is_active", json!(true));
    let answer = amili
        .step("create an active creditor without the fields that activate it")
        .post("/creditors", &body)
        .expect(422)?;
    let named = bodies::ACTIVATION_FIELDS
        .iter()
        .filter(|field| answer.names(field).is_ok());
    match named.count() {
        4 => Ok(Observation::Known("every")),
        1 => Ok(Observation::Known("first")),
        _ => answer.unknown("one of the fields, or all four"),
    }
}
