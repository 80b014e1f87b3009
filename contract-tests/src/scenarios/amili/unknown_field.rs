//! What happens to a field that the pages do not name.

use serde_json::json;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/unknown-field",
    proves: &["amili.body.unknown-field"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let body = with(bodies::active_creditor(amili)?, "ct_colour", json!("red"));
    let answer = amili
        .step("create a creditor with an unknown field")
        .post("/creditors", &body)
        .answer()?;
    if answer.status() == 422 {
        answer.names("ct_colour")?;
        given::absent(amili, "/creditors", &body)?;
        return Ok(Observation::Known("refused"));
    }
    if answer.status() != 201 {
        return answer.unknown("201 or 422");
    }
    let creditor = answer.capture("creditor", "/_id")?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    shown.holds("/ct_colour", "red")?;
    Ok(Observation::Known("kept"))
}
