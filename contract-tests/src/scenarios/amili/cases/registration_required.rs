//! Registrations, payments and creditings need the fields that their pages require.

use serde_json::{Value, json};

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::Outcome;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/registration-required",
    proves: &[
        "amili.case.required-fields",
        "amili.invoice.required-fields",
        "amili.payment.required-fields",
    ],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

const OF_CASE: [&str; 12] = [
    "account",
    "creditor",
    "first_action",
    "currency",
    "customer",
    "customer.name",
    "debts",
    "debts.0.invoice_number",
    "debts.0.debt_description",
    "debts.0.invoice_date",
    "debts.0.capital_to_claim",
    "debts.0.invoice_due_days_after_invoice_date",
];
const OF_INVOICE: [&str; 10] = [
    "account",
    "creditor",
    "customer",
    "customer.name",
    "invoice_type",
    "invoice_number",
    "invoice_date",
    "invoice_due_date",
    "currency",
    "matrix",
];
const OF_CREDITING: [&str; 4] = ["creditor", "currency", "amount", "origin"];

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    for field in OF_CASE {
        let body = scene::changed(scene::case(amili, &creditor)?, field, Value::Null);
        scene::refused(amili, scene::CASES, &body, field)?;
    }
    let none = scene::changed(scene::case(amili, &creditor)?, "debts", json!([]));
    scene::refused(amili, scene::CASES, &none, "debts")?;
    for field in OF_INVOICE {
        let body = scene::changed(scene::invoice(amili, &creditor)?, field, Value::Null);
        scene::refused(amili, scene::INVOICES, &body, field)?;
    }
    let (case, _) = scene::registered(amili, &creditor)?;
    for field in OF_CREDITING {
        let body = scene::crediting(amili, &creditor, &case)?;
        let body = scene::changed(body, field, Value::Null);
        scene::refused(amili, scene::CREDITINGS, &body, field)?;
        let body = scene::payment(amili, &creditor, &case)?;
        let body = scene::changed(body, field, Value::Null);
        scene::refused(amili, scene::PAYMENTS, &body, field)?;
    }
    // What a payment needs more than a crediting.
    let dateless = scene::crediting(amili, &creditor, &case)?;
    scene::refused(amili, scene::PAYMENTS, &dateless, "bank_transaction_date")?;
    amili
        .step("credit without that date")
        .post(scene::CREDITINGS, &dateless)
        .expect(201)?;
    Ok(())
}
