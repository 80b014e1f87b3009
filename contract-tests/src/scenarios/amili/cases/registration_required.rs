//! Registrations, payments and creditings need the fields that their pages require.

use serde_json::{Value, json};

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::scenarios::without;
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
    let case_body = scene::case(amili, &creditor)?;
    let invoice = scene::invoice(amili, &creditor)?;
    let (case, _) = scene::registered(amili, &creditor)?;
    let [(_, payment), (_, crediting)] = scene::settlements(amili, &creditor, &case)?;
    scene::leaving_nothing(amili, &creditor, || {
        let none = scene::changed(case_body.clone(), "debts", json!([]));
        scene::refused(amili, scene::CASES, &none, "debts")?;
        // Every debt is judged, and not only the first.
        let two = json!([
            scene::debt(amili),
            without(scene::debt(amili), &["capital_to_claim"])
        ]);
        let two = scene::changed(case_body.clone(), "debts", two);
        scene::refused(amili, scene::CASES, &two, "debts.1.capital_to_claim")?;
        for (path, whole) in [(scene::PAYMENTS, &payment), (scene::CREDITINGS, &crediting)] {
            let step = format!("write to {path} without a case or an invoice number");
            let body = without(whole.clone(), &["case"]);
            let answer = amili.step(step).post(path, body).expect_refusal(422)?;
            answer.names("case")?;
        }
        each_is_required(amili, scene::CASES, &case_body, &OF_CASE)?;
        each_is_required(amili, scene::INVOICES, &invoice, &OF_INVOICE)?;
        each_is_required(amili, scene::CREDITINGS, &crediting, &OF_CREDITING)?;
        each_is_required(amili, scene::PAYMENTS, &payment, &OF_CREDITING)?;
        // What a payment needs more than a crediting.
        scene::refused(amili, scene::PAYMENTS, &crediting, "bank_transaction_date")
    })?;
    for (path, whole) in [
        (scene::CASES, case_body),
        (scene::INVOICES, invoice),
        (scene::CREDITINGS, crediting),
        (scene::PAYMENTS, payment),
    ] {
        let step = format!("write to {path} with every field");
        amili.step(step).post(path, &whole).expect(201)?;
    }
    Ok(())
}

fn each_is_required(amili: &Client, path: &str, whole: &Value, fields: &[&str]) -> Outcome {
    for field in fields {
        let body = scene::changed(whole.clone(), field, Value::Null);
        scene::refused(amili, path, &body, field)?;
    }
    Ok(())
}
