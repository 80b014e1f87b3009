//! Payout details without any account activate nothing.

use serde_json::json;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-payout-account",
    proves: &["amili.creditor.payout-account"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    for empty in [
        json!({}),
        json!({ "sek": {} }),
        json!({ "sek": {}, "nok": {} }),
    ] {
        let body = with(
            bodies::active_creditor(amili)?,
            "payout_details",
            empty.clone(),
        );
        let answer = amili
            .step(format!(
                "activate a creditor with the payout details {empty}"
            ))
            .post("/creditors", &body)
            .expect_refusal(422)?;
        answer.names("payout_details")?;
        given::absent(amili, "/creditors", &body)?;
    }
    let one = json!({ "sek": { "bankgiro": "12312312" } });
    let body = with(
        bodies::active_creditor(amili)?,
        "payout_details",
        one.clone(),
    );
    let creditor = given::created(amili, "give one account", "/creditors", &body)?;
    given::read(amili, "/creditors", &creditor)?.holds("/payout_details", one)
}
