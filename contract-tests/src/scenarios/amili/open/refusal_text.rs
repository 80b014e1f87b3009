//! What the message of a 401 says.

use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/refusal-text",
    proves: &["amili.auth.refusal-text"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let answer = amili
        .without_token()
        .step("list access groups without a key")
        .get("/access--groups")
        .expect(401)?;
    let message = answer.at("/_error/message").and_then(|text| text.as_str());
    match message {
        Some("Please provide proper credentials") => Ok(Observation::Known("framework")),
        Some("Unauthorized") => Ok(Observation::Known("plain")),
        _ => answer.unknown("one of the known messages in _error.message"),
    }
}
