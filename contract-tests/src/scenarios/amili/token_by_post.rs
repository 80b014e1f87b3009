//! Whether the form of authentication exists that only the older edition describes.

use serde_json::json;

use super::codes::{self, CODES};
use crate::client::Client;
use crate::scenario::{Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/token-by-post",
    proves: &["amili.auth.post-form"],
    runs_on: codes::RUNS_ON,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let answer = amili
        .without_token()
        .step("ask for a token by the API code alone")
        .post(codes::PATH, json!({ "api_code": CODES[0].api_code }))
        .answer()?;
    match answer.status() {
        200 => Ok(Observation::Known("registered-ip")),
        // How a method is refused that a path does not offer is a question of its own.
        404 | 405 => Ok(Observation::Known("absent")),
        _ => answer.unknown("200, or a refusal of the method"),
    }
}
