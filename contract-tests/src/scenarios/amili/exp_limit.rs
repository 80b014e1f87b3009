//! How far ahead the `exp` of a JWT may lie.

use super::codes::{self, CODES};
use crate::client::Client;
use crate::scenario::{Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/exp-limit",
    proves: &["amili.auth.exp-limit"],
    runs_on: codes::RUNS_ON,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let code = &CODES[0];
    let ask = |seconds: i64| {
        let jwt = code.jwt(&code.claims(amili, seconds)?)?;
        let step = format!("ask for a token with an exp {seconds} seconds ahead");
        amili.with_token(&jwt).step(step).get(codes::PATH).answer()
    };
    let documented = ask(9 * 60)?;
    if !documented.succeeded() {
        return documented.unknown("a token for a JWT as documented");
    }
    if !ask(10 * 60 + 30)?.succeeded() {
        return Ok(Observation::Known("ten-minutes"));
    }
    if !ask(11 * 60 + 30)?.succeeded() {
        return Ok(Observation::Known("eleven-minutes"));
    }
    let far = ask(365 * 24 * 60 * 60)?;
    match far.succeeded() {
        true => Ok(Observation::Known("unlimited")),
        false => far.unknown("a token whatever exp is, or a limit of ten minutes"),
    }
}
