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
    for (path, body) in [
        (scene::CASES, scene::case(amili, &creditor)?),
        (scene::INVOICES, scene::invoice(amili, &creditor)?),
        (scene::PAYMENTS, payment.clone()),
        (scene::CREDITINGS, crediting.clone()),
    ] {
        let body = scene::changed(body, "currency", json!("NOK"));
        scene::refused(amili, path, &body, "currency")?;
    }
    for (path, body) in [(scene::PAYMENTS, payment), (scene::CREDITINGS, crediting)] {
        let elsewhere = scene::changed(body.clone(), "origin", json!("elsewhere"));
        scene::refused(amili, path, &elsewhere, "origin")?;
        amili
            .step(format!("write to {path} what is right"))
            .post(path, body)
            .expect(201)?;
    }
    Ok(())
}
