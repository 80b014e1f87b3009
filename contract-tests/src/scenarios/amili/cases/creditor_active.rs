//! While a creditor is inactive, no case can be registered for it; once it is active, cases can.

use serde_json::{Value, json};

use super::scene;
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::{bodies, forms, given};
use crate::scenarios::without;
use crate::verdict::Outcome;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/case-creditor-active",
    proves: &["amili.case.creditor-active"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let whole = bodies::active_creditor(amili)?;
    let body = scene::changed(whole.clone(), "is_active", json!(false));
    let creditor = given::created(amili, "create an inactive creditor", "/creditors", &body)?;
    let body = scene::case(amili, &creditor)?;
    refused(amili, &creditor, &body)?;
    scene::cases_of(amili, &creditor)?.holds("/_meta/total", 0)?;
    let etag = given::etag(amili, "/creditors", &creditor)?;
    amili
        .step("activate the creditor")
        .patch(
            format!("/creditors/{creditor}"),
            without(whole, &["account", "name", "organization_no"]),
        )
        .if_match(etag)
        .expect(200)?;
    amili
        .step("register the same case again")
        .post(scene::CASES, &body)
        .expect(201)?;
    scene::cases_of(amili, &creditor)?.holds("/_meta/total", 1)?;
    amili
        .step("take the creditor out of activity")
        .patch(
            format!("/creditors/{creditor}"),
            json!({ "is_active": false }),
        )
        .if_match(given::etag(amili, "/creditors", &creditor)?)
        .expect(200)?;
    refused(amili, &creditor, &scene::case(amili, &creditor)?)
}

fn refused(amili: &Client, creditor: &Captured, body: &Value) -> Outcome {
    scene::leaving_nothing(amili, creditor, || {
        // The status of the refusal is an open question.
        let answer = amili
            .step("register a case for the inactive creditor")
            .post(scene::CASES, body)
            .expect_refusal_among(&[422, 403])?;
        forms::problem(&answer, "creditor")
    })
}
