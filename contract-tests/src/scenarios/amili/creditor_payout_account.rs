//! Payout details without any account activate nothing.

use serde_json::json;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::{with, without};
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
    by_changes(amili)?;
    let one = json!({ "sek": { "bankgiro": "12312312" } });
    let body = with(
        bodies::active_creditor(amili)?,
        "payout_details",
        one.clone(),
    );
    let creditor = given::created(amili, "give one account", "/creditors", &body)?;
    given::read(amili, "/creditors", &creditor)?.holds("/payout_details", one)
}

fn by_changes(amili: &Client) -> Outcome {
    let body = with(bodies::active_creditor(amili)?, "is_active", json!(false));
    let body = with(body, "payout_details", json!({}));
    let step = "create it inactive, without an account";
    let creditor = given::created(amili, step, "/creditors", &body)?;
    for change in [
        json!({ "is_active": true }),
        json!({ "is_active": true, "payout_details": {} }),
        json!({ "is_active": true, "payout_details": { "sek": {} } }),
    ] {
        let etag = given::etag(amili, "/creditors", &creditor)?;
        let answer = amili
            .step(format!("change it by {change}"))
            .patch(format!("/creditors/{creditor}"), &change)
            .if_match(&etag)
            .expect_refusal(422)?;
        answer.names("payout_details")?;
        let shown = given::read(amili, "/creditors", &creditor)?;
        shown.holds("/_etag", etag)?;
        shown.holds("/is_active", false)?;
    }
    let one = json!({ "sek": { "bankgiro": "1" } });
    let one = with(bodies::active_creditor(amili)?, "payout_details", one);
    let one = without(one, &["account", "name", "organization_no"]);
    amili
        .step("change it by one account")
        .patch(format!("/creditors/{creditor}"), one)
        .if_match(given::etag(amili, "/creditors", &creditor)?)
        .expect(200)?;
    given::read(amili, "/creditors", &creditor)?.holds("/is_active", true)
}
