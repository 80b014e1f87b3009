//! Which VAT areas there are besides those that the pages name.

use serde_json::json;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-vat-areas",
    proves: &["amili.creditor.vat-areas"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    for area in ["norway", "denmark", "eu"] {
        let body = with(bodies::foreign_creditor(amili)?, "vat_area", json!(area));
        let step = format!("create a creditor in {area}");
        given::created(amili, &step, "/creditors", &body)?;
    }
    let body = with(
        bodies::foreign_creditor(amili)?,
        "vat_area",
        json!("ct-nowhere"),
    );
    let answer = amili
        .step("create a creditor in a VAT area that no page names")
        .post("/creditors", &body)
        .answer()?;
    match answer.status() {
        422 => {
            answer.names("vat_area")?;
            given::absent(amili, "/creditors", &body)?;
            Ok(Observation::Known("named"))
        }
        201 => Ok(Observation::Known("any")),
        _ => answer.unknown("201 or 422"),
    }
}
