//! Registrations, payments and creditings are in SEK, and payments of one origin.

use serde_json::json;

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::Outcome;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/registration-values",
    proves: &["amili.registration.currency", "amili.payment.origin"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let (case, _) = scene::registered(amili, &creditor)?;
    let payment = scene::payment(amili, &creditor, &case)?;
    let crediting = scene::crediting(amili, &creditor, &case)?;
    let registrations = [
        (scene::CASES, scene::case(amili, &creditor)?),
        (scene::INVOICES, scene::invoice(amili, &creditor)?),
    ];
    let settlements = [(scene::PAYMENTS, payment), (scene::CREDITINGS, crediting)];
    scene::leaving_nothing(amili, &creditor, || {
        for (path, body) in registrations.iter().chain(&settlements) {
            for currency in ["NOK", "EUR", "sek"] {
                let body = scene::changed(body.clone(), "currency", json!(currency));
                scene::refused(amili, path, &body, "currency")?;
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
