//! What happens to a field that no step of the article has.

use serde_json::json;

use super::{bodies, calls};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/unknown-field",
    proves: &["ams.body.unknown-field"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let body = with(bodies::user(ams), "favourite_colour", json!("red"));
    let answer = calls::create_user(ams, "send a field of one's own", body).answer()?;
    if answer.succeeded() {
        Ok(Observation::Known("ignored"))
    } else if answer.refused() && answer.mentions("favourite_colour") {
        Ok(Observation::Known("refused"))
    } else {
        answer.unknown("a success, or a refusal that names the field")
    }
}
