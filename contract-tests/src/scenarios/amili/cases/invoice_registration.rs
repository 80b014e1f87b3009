//! An invoice registration brings one case; its dates may be in ISO 8601.

use serde_json::json;

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/invoice-registration",
    proves: &["amili.invoice.brings-a-case", "amili.invoice.iso-dates"],
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
        shown.holds("/customer_name", &body["customer"]["name"])?;
        let registration = answer.capture("registration", "/_id")?;
        let shown = given::read(amili, scene::INVOICES, &registration)?;
        shown.holds("/invoice_number", &body["invoice_number"])?;
        shown.satisfies("the invoice date", |shown| {
            let date = shown["invoice_date"].as_str();
            date.is_some_and(|date| date.contains("31 Mar 2026") || date.contains("2026-03-31"))
        })?;
    }
    scene::cases_of(amili, &creditor)?.holds("/_meta/total", 2)
}
