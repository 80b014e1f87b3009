//! Which texts are an e-mail address.

use serde_json::json;

use super::{bodies, calls};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/email-form",
    proves: &["ams.user.email-form"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let mut answers = Vec::new();
    for end in ["", "@"] {
        let text = format!("{}{end}", ams.unique());
        let body = with(bodies::user(ams), "email", json!(text));
        let step = format!("create a user with the address {text}");
        answers.push(calls::create_user(ams, &step, body).answer()?);
    }
    match [answers[0].succeeded(), answers[1].succeeded()] {
        [true, true] => Ok(Observation::Known("any-text")),
        [false, false] if answers[0].refused() => Ok(Observation::Known("address")),
        _ => answers[1].unknown("a text without a host accepted, or refused"),
    }
}
