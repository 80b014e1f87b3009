//! The VAT area is sweden unless another is given; reads may show it inside case_config.

use serde_json::{Value, json};

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::{with, without};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-vat-area-default",
    proves: &["amili.creditor.vat-area-default"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let swedish = bodies::active_creditor(amili)?;
    shows(amili, &swedish, "sweden")?;
    let swedish = bodies::active_creditor(amili)?;
    shows(amili, &with(swedish, "vat_area", json!("sweden")), "sweden")?;
    shows(amili, &bodies::inactive_creditor(amili)?, "sweden")?;
    for area in ["norway", "denmark", "eu"] {
        let body = without(bodies::active_creditor(amili)?, &["organization_no"]);
        let number = json!(amili.unique_number());
        let body = with(body, "non_swedish_organization_no", number);
        shows(amili, &with(body, "vat_area", json!(area)), area)?;
    }
    Ok(())
}

fn shows(amili: &Client, body: &Value, area: &str) -> Outcome {
    let asked = body.get("vat_area").unwrap_or(&Value::Null);
    let step = format!("create a creditor with the VAT area {asked}");
    let creditor = given::created(amili, &step, "/creditors", body)?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    shown.satisfies(&format!("the VAT area {area}"), |creditor| {
        let places = ["/vat_area", "/case_config/vat_area"];
        let seen: Vec<_> = places
            .iter()
            .filter_map(|place| creditor.pointer(place))
            .collect();
        !seen.is_empty() && seen.iter().all(|seen| **seen == area)
    })
}
