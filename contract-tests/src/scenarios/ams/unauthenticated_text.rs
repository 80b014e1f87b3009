//! What the message of a 401 says.

use super::calls;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/unauthenticated-text",
    proves: &["ams.errors.unauthenticated-text"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let nobody = ams.without_token();
    let answer = calls::list_groups(&nobody, "list groups without a token").expect(401)?;
    let text = answer.value().to_string();
    if text.contains("Unauthenticated.") {
        Ok(Observation::Known("full-stop"))
    } else if text.contains("Unauthenticated") {
        Ok(Observation::Known("word"))
    } else {
        answer.unknown("Unauthenticated, with or without a full stop")
    }
}
