//! An invoice registration brings one case; its dates may be in ISO 8601.

use serde_json::{Value, json};

use super::scene;
use crate::client::{Answer, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/invoice-registration",
    proves: &[
        "amili.invoice.brings-a-case",
        "amili.invoice.iso-dates",
        "amili.customer.by-registration",
        "amili.case.shows-names",
    ],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    for (date, due) in [
        (
            "Tue, 31 Mar 2026 00:00:00 GMT",
            "Thu, 30 Apr 2026 00:00:00 GMT",
        ),
        ("2026-03-31T00:00:00.000Z", "2026-04-30T00:00:00Z"),
    ] {
        let body = scene::invoice(amili, &creditor)?;
        let body = with(body, "invoice_date", json!(date));
        let body = with(body, "invoice_due_date", json!(due));
        let body = scene::changed(body, "customer.customer_number", json!(amili.unique()));
        let answer = amili
            .step(format!("register an invoice that is due on {due}"))
            .post(scene::INVOICES, &body)
            .expect(201)?;
        answer.has_only_keys(
            "",
            &["_updated", "_created", "_etag", "_id", "_status", "_case"],
        )?;
        let case = answer.capture("case", "/_case")?;
        let shown = given::read(amili, "/cases", &case)?;
        shown.holds("/debt/invoice_number", &body["invoice_number"])?;
        shown.holds("/creditor", &creditor)?;
        shows_its_customer(amili, &shown, &body["customer"])?;
        let registration = answer.capture("registration", "/_id")?;
        let shown = given::read(amili, scene::INVOICES, &registration)?;
        shown.holds("/invoice_number", &body["invoice_number"])?;
        shown.satisfies("the invoice date", |shown| {
            let date = shown["invoice_date"].as_str();
            date.is_some_and(|date| date.contains("31 Mar 2026") || date.contains("2026-03-31"))
        })?;
        shown.satisfies("the date on which it is due", |shown| {
            let date = shown["invoice_due_date"].as_str();
            date.is_some_and(|date| date.contains("30 Apr 2026") || date.contains("2026-04-30"))
        })?;
    }
    scene::cases_of(amili, &creditor)?.holds("/_meta/total", 2)
}

/// An invoice registration makes a customer like a case registration.
fn shows_its_customer(amili: &Client, case: &Answer, said: &Value) -> Outcome {
    case.holds("/customer_name", &said["name"])?;
    case.holds("/customer_id_number", &said["id_number"])?;
    case.holds("/customer_number", &said["customer_number"])?;
    let customer = case.capture("customer", "/customer")?;
    let customer = given::read(amili, "/customers", &customer)?;
    for field in ["name", "id_number", "customer_number", "is_person"] {
        customer.holds(&format!("/{field}"), &said[field])?;
    }
    Ok(())
}
