//! Whether a client may choose the _id of a new document.

use serde_json::json;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/own-id",
    proves: &["amili.body.own-id"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    // Its digits vary from run to run, so that no earlier run has left a document under it.
    let id = format!("c0ffee{}c0ffee00", amili.unique_number());
    let body = with(bodies::active_creditor(amili)?, "_id", json!(id));
    let answer = amili
        .step("create a creditor under an id of one's own")
        .post("/creditors", &body)
        .answer()?;
    match answer.status() {
        201 => {
            answer.holds("/_id", &id)?;
            let shown = given::read(amili, "/creditors", &id.as_str().into())?;
            shown.holds("/name", &body["name"])?;
            Ok(Observation::Known("accepted"))
        }
        422 => {
            answer.names("_id")?;
            given::absent(amili, "/creditors", &body)?;
            Ok(Observation::Known("refused"))
        }
        _ => answer.unknown("201 or 422"),
    }
}
