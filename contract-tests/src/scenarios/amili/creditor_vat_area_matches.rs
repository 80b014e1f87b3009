//! Whether the VAT area must go with the kind of organisation number.

use serde_json::json;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-vat-area-matches",
    proves: &["amili.creditor.vat-area-matches"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let swedish = || bodies::inactive_creditor(amili);
    let foreign = || bodies::foreign_creditor(amili);
    for (body, area) in [(swedish()?, "sweden"), (foreign()?, "norway")] {
        let body = with(body, "vat_area", json!(area));
        given::created(amili, "create one whose VAT area fits", "/creditors", &body)?;
    }
    let mut answers = Vec::new();
    for body in [
        with(swedish()?, "vat_area", json!("norway")),
        with(swedish()?, "vat_area", json!("eu")),
        with(foreign()?, "vat_area", json!("sweden")),
        // Without one it is sweden.
        foreign()?,
    ] {
        let answer = amili
            .step("create one whose VAT area does not fit")
            .post("/creditors", &body)
            .answer()?;
        if answer.status() == 422 {
            given::absent(amili, "/creditors", &body)?;
        }
        answers.push(answer);
    }
    let all = |status: u16| answers.iter().all(|answer| answer.status() == status);
    match answers.last() {
        _ if all(201) => Ok(Observation::Known("free")),
        Some(last) if !all(422) => last.unknown("all four accepted, or all refused with 422"),
        _ => Ok(Observation::Known("required")),
    }
}
