//! An inactive creditor is activated by a change once it holds the activation fields, and not before.

use serde_json::{Value, json};

use super::{bodies, forms, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::{with, without};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-activated-later",
    proves: &[
        "amili.creditor.activate-later",
        "amili.creditor.activation-fields",
        "amili.creditor.inactive-first",
    ],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let fields = bodies::ACTIVATION_FIELDS;
    let body = bodies::inactive_creditor(amili)?;
    let creditor = given::created(amili, "create it inactive", "/creditors", &body)?;
    refused(amili, &creditor, &json!({ "is_active": true }), &fields)?;
    let whole = bodies::active_creditor(amili)?;
    for missing in fields {
        let mut change = without(whole.clone(), &["account", "name", "organization_no"]);
        change = without(change, &[missing]);
        refused(amili, &creditor, &change, &[missing])?;
    }
    let change = without(whole, &["account", "name", "organization_no"]);
    changed(amili, &creditor, &change)?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    shown.holds("/is_active", true)?;
    for field in fields {
        shown.holds(&format!("/{field}"), &change[field])?;
    }
    stays_whole(amili, &creditor)?;
    step_by_step(amili, &without(change, &["is_active"]))
}

/// What activation needs cannot be taken away from an active creditor.
fn stays_whole(amili: &Client, creditor: &Captured) -> Outcome {
    let before = given::read(amili, "/creditors", creditor)?;
    let etag = before.capture("etag", "/_etag")?;
    for field in bodies::ACTIVATION_FIELDS {
        let answer = amili
            .step(format!("take {field} away"))
            .patch(format!("/creditors/{creditor}"), json!({ field: null }))
            .if_match(&etag)
            .answer()?;
        if answer.status() == 200 {
            // Whether it may, and what comes of that, is an open question.
            return Ok(());
        }
        answer.has_status(422)?;
        answer.names(field)?;
    }
    let after = given::read(amili, "/creditors", creditor)?;
    after.satisfies("the creditor as it was", |body| body == before.value())
}

/// The fields may come first, one by one, and the activation last.
fn step_by_step(amili: &Client, fields: &Value) -> Outcome {
    let body = bodies::inactive_creditor(amili)?;
    let creditor = given::created(amili, "create another inactive", "/creditors", &body)?;
    for field in bodies::ACTIVATION_FIELDS {
        let missing = [field];
        refused(amili, &creditor, &json!({ "is_active": true }), &missing)?;
        changed(amili, &creditor, &json!({ field: fields[field] }))?;
        given::read(amili, "/creditors", &creditor)?.holds("/is_active", false)?;
    }
    let answer = amili
        .step("activate it by that alone")
        .patch(
            format!("/creditors/{creditor}"),
            json!({ "is_active": true }),
        )
        .if_match(given::etag(amili, "/creditors", &creditor)?)
        .answer()?;
    if answer.status() == 422 {
        // Whether what is kept counts is an open question.
        forms::problems(&answer, &bodies::ACTIVATION_FIELDS)?;
        changed(
            amili,
            &creditor,
            &with(fields.clone(), "is_active", json!(true)),
        )?;
    } else {
        answer.has_status(200)?;
    }
    given::read(amili, "/creditors", &creditor)?.holds("/is_active", true)
}

fn changed(amili: &Client, creditor: &Captured, change: &Value) -> Outcome {
    let etag = given::etag(amili, "/creditors", creditor)?;
    amili
        .step(format!("change it by {change}"))
        .patch(format!("/creditors/{creditor}"), change)
        .if_match(etag)
        .expect(200)?;
    Ok(())
}

fn refused(amili: &Client, creditor: &Captured, change: &Value, missing: &[&str]) -> Outcome {
    let etag = given::etag(amili, "/creditors", creditor)?;
    let answer = amili
        .step(format!("activate it without {}", missing.join(", ")))
        .patch(format!("/creditors/{creditor}"), change)
        .if_match(&etag)
        .expect_refusal(422)?;
    // Where what is sent counts alone, another field than one of these may be named.
    let fields = &bodies::ACTIVATION_FIELDS;
    forms::problems(&answer, missing).or_else(|_| forms::problems(&answer, fields))?;
    let shown = given::read(amili, "/creditors", creditor)?;
    shown.holds("/is_active", false)?;
    shown.holds("/_etag", etag)
}
