//! How long a token works.

use super::codes::{self, CODES};
use crate::client::Client;
use crate::scenario::{Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/token-lifetime",
    proves: &["amili.auth.token-lifetime"],
    runs_on: codes::RUNS_ON,
    steps: Steps::Answer(steps),
};

/// Minutes at which a token still works, those at which it does no longer, and the answer that this is.
const ENDS: [(i64, i64, &str); 3] = [
    (9, 11, "ten-minutes"),
    (59, 61, "one-hour"),
    (24 * 60 - 1, 24 * 60 + 1, "one-day"),
];
const YEARS: i64 = 10 * 365 * 24 * 60;

fn steps(amili: &Client) -> Answered {
    let answer = codes::authenticated(amili, &CODES[0])?;
    let caller = codes::admitted(amili, &answer)?;
    let mut passed = 0;
    let mut read_after = |minutes: i64| {
        amili.mock()?.advance((minutes - passed) * 60)?;
        passed = minutes;
        let step = format!("read creditors {minutes} minutes later");
        caller.step(step).get("/creditors").answer()
    };
    for (before, after, known) in ENDS {
        let before = read_after(before)?;
        if !before.succeeded() {
            return before.unknown("a token that still works");
        }
        if read_after(after)?.status() == 401 {
            return Ok(Observation::Known(known));
        }
    }
    let last = read_after(YEARS)?;
    match last.succeeded() {
        true => Ok(Observation::Known("unlimited")),
        false => last.unknown("a token that works for ever"),
    }
}
