//! A payment or a crediting names a case, or the invoice number of one that exists, and not both.

use serde_json::{Value, json};

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::scenarios::{with, without};
use crate::verdict::Outcome;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/payment-invoice-number",
    proves: &[
        "amili.payment.case-or-invoice-number",
        "amili.payment.invoice-number-resolves",
    ],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let (case, registration) = scene::registered(amili, &creditor)?;
    scene::in_newer_edition(amili, &creditor, &case)?;
    let number = registration.pointer("/debts/0/invoice_number");
    let number = number.cloned().unwrap_or(Value::Null);
    for (path, body) in [
        (scene::PAYMENTS, scene::payment(amili, &creditor, &case)?),
        (
            scene::CREDITINGS,
            scene::crediting(amili, &creditor, &case)?,
        ),
    ] {
        let both = with(body.clone(), "invoice_number", number.clone());
        scene::refused(amili, path, &both, "invoice_number")?;
        let by_number = without(both, &["case"]);
        let nobodys = with(by_number.clone(), "invoice_number", json!(amili.unique()));
        scene::refused(amili, path, &nobodys, "invoice_number")?;
        for right in [body, by_number] {
            amili
                .step(format!("write to {path} what is right"))
                .post(path, right)
                .expect(201)?;
        }
    }
    Ok(())
}
