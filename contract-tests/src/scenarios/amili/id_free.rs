//! A client may choose the id of a new document, if no other has it.

use serde_json::json;

use super::{bodies, forms, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/id-free",
    proves: &["amili.write.id-free"],
    runs_on: RunsOn::MockOnly {
        because: "a run may leave nothing behind under an id that a later run chooses again",
    },
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let taken = given::creditor(amili)?;
    let body = with(bodies::active_creditor(amili)?, "_id", json!(taken));
    let answer = amili
        .step("choose an id that is taken")
        .post("/creditors", &body)
        .expect_refusal(409)?;
    forms::refusal(&answer, 409)?;
    given::absent(amili, "/creditors", &body)?;
    let free = "c7c7c7c7c7c7c7c7c7c7c7c7";
    let body = with(bodies::active_creditor(amili)?, "_id", json!(free));
    let answer = amili
        .step("choose an id that is free")
        .post("/creditors", &body)
        .expect(201)?;
    answer.holds("/_id", free)?;
    let shown = given::read(amili, "/creditors", &free.into())?;
    shown.holds("/name", &body["name"])?;
    let body = with(bodies::active_creditor(amili)?, "_id", json!(free));
    amili
        .step("choose it again")
        .post("/creditors", &body)
        .expect_refusal(409)?;
    given::absent(amili, "/creditors", &body)
}
