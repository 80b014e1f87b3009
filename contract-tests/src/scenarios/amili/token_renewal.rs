//! A token that has ended opens nothing; a fresh one does.

use super::codes::{self, CODES};
use super::forms;
use crate::client::Client;
use crate::scenario::{Scenario, Steps};
use crate::verdict::{Outcome, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/token-renewal",
    proves: &["amili.auth.renewal"],
    runs_on: codes::RUNS_ON,
    steps: Steps::Hold(steps),
};

/// Longer than any lifetime that ends.
const LATER: i64 = 25 * 60 * 60;

fn steps(amili: &Client) -> Outcome {
    let answer = codes::authenticated(amili, &CODES[0])?;
    let first = codes::admitted(amili, &answer)?;
    let read = |caller: &Client, when: &str| {
        let step = format!("read creditors {when}");
        caller.step(step).get("/creditors").answer()
    };
    let at_once = first.step("read creditors at once").get("/creditors");
    at_once.expect(200)?;
    amili.mock()?.advance(LATER)?;
    let late = read(&first, "a day later")?;
    let in_force = amili.mock()?.in_force("amili.auth.token-lifetime");
    if late.succeeded() && in_force.is_none_or(|answer| answer == "unlimited") {
        return Err(Stop::NotObservable("tokens do not end here".to_owned()));
    }
    let again = first.step("read creditors once more").get("/creditors");
    forms::refusal(&again.expect(401)?, 401)?;
    let answer = codes::authenticated(amili, &CODES[0])?;
    let second = codes::admitted(amili, &answer)?;
    let fresh = second.step("read creditors with a fresh token");
    fresh.get("/creditors").expect(200)?;
    Ok(())
}
