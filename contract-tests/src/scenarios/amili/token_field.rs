//! Which member of the answer holds the token.

use super::codes::{self, CODES};
use crate::client::{Client, TOKEN_FIELDS};
use crate::scenario::{Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/token-field",
    proves: &["amili.auth.token-field"],
    runs_on: codes::RUNS_ON,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let answer = codes::authenticated(amili, &CODES[0])?;
    let held = |field: &&&str| {
        answer
            .value()
            .get(field)
            .is_some_and(|text| text.is_string())
    };
    match TOKEN_FIELDS.iter().find(held) {
        Some(field) => Ok(Observation::Known(field)),
        None => answer.unknown("a token in one of the members known"),
    }
}
