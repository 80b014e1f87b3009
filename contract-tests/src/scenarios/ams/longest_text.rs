//! How long a text may be.

use serde_json::json;

use super::{bodies, calls};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/longest-text",
    proves: &["ams.body.longest-text"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let long = |letters: usize| {
        let name = format!("{:x<letters$}", ams.unique());
        let body = with(bodies::user(ams), "name", json!(name));
        calls::create_user(ams, &format!("give a name of {letters} letters"), body)
    };
    long(255).expect_success()?;
    let answer = long(256).answer()?;
    if answer.succeeded() {
        Ok(Observation::Known("unlimited"))
    } else if answer.refused() {
        Ok(Observation::Known("255"))
    } else {
        answer.unknown("a success, or a refusal")
    }
}
