//! A payment and a crediting are registered now unless told otherwise, as the newer edition has it.

use serde_json::{Value, json};

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/payment-registered-now",
    proves: &["amili.payment.registered-now"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let (case, _) = scene::registered(amili, &creditor)?;
    scene::in_newer_edition(amili, &creditor, &case)?;
    for (path, body) in [
        (scene::PAYMENTS, scene::payment(amili, &creditor, &case)?),
        (
            scene::CREDITINGS,
            scene::crediting(amili, &creditor, &case)?,
        ),
    ] {
        dated(amili, path, &body, None)?;
        let date = "Tue, 01 Jul 2025 00:00:00 GMT";
        let told = with(body, "client_registration_date", json!(date));
        dated(amili, path, &told, Some(date))?;
    }
    Ok(())
}

fn dated(amili: &Client, path: &str, body: &Value, date: Option<&str>) -> Outcome {
    let answer = amili
        .step(format!("write to {path}"))
        .post(path, body)
        .expect(201)?;
    let shown = given::read(amili, path, &answer.capture("settlement", "/_id")?)?;
    match date {
        Some(date) => shown.holds("/client_registration_date", date),
        None => {
            // Now is when the document was made, whatever clock the target has.
            let made = shown.capture("date", "/_created")?;
            shown.holds("/client_registration_date", made)
        }
    }
}
