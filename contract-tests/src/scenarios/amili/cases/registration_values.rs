//! Registrations, payments and creditings are in SEK, and payments of one origin.

use serde_json::json;

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::Outcome;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/registration-values",
    proves: &[
        "amili.registration.currency",
        "amili.payment.origin",
        "amili.body.field-types",
    ],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

/// Fields with JSON of another type: of a case, an invoice, a payment and a crediting.
const WRONG_TYPES: [&[(&str, &str)]; 4] = [
    &[
        ("creditor", "\"x\""),
        ("debts", "{}"),
        ("customer", "\"x\""),
        ("customer.name", "5"),
        ("debts.0.invoice_date", "\"soon\""),
    ],
    &[("creditor", "5"), ("invoice_number", "5"), ("matrix", "{}")],
    &[("amount", "\"x\""), ("case", "\"x\"")],
    &[("amount", "[]"), ("creditor", "\"x\"")],
];

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let (case, _) = scene::registered(amili, &creditor)?;
    let registrations = [
        (scene::CASES, scene::case(amili, &creditor)?),
        (scene::INVOICES, scene::invoice(amili, &creditor)?),
    ];
    let settlements = scene::settlements(amili, &creditor, &case)?;
    scene::leaving_nothing(amili, &creditor, || {
        for (path, body) in registrations.iter().chain(&settlements) {
            for currency in ["NOK", "EUR", "sek"] {
                let body = scene::changed(body.clone(), "currency", json!(currency));
                scene::refused(amili, path, &body, "currency")?;
            }
        }
        for (place, (path, body)) in registrations.iter().chain(&settlements).enumerate() {
            for (field, value) in WRONG_TYPES[place] {
                let value = serde_json::from_str(value).unwrap_or_default();
                let body = scene::changed(body.clone(), field, value);
                scene::refused(amili, path, &body, field)?;
            }
        }
        for (path, body) in &settlements {
            let elsewhere = scene::changed(body.clone(), "origin", json!("elsewhere"));
            scene::refused(amili, path, &elsewhere, "origin")?;
        }
        Ok(())
    })?;
    for (path, body) in registrations.into_iter().chain(settlements) {
        amili
            .step(format!("write to {path} what is right"))
            .post(path, body)
            .expect(201)?;
    }
    Ok(())
}
