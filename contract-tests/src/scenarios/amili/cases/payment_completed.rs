//! A payment and a crediting are completed at once.

use serde_json::Value;

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::Outcome;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/payment-completed",
    proves: &["amili.payment.completed"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let (case, _) = scene::registered(amili, &creditor)?;
    for (path, body) in [
        (scene::PAYMENTS, scene::payment(amili, &creditor, &case)?),
        (
            scene::CREDITINGS,
            scene::crediting(amili, &creditor, &case)?,
        ),
    ] {
        settled(amili, path, &body)?;
    }
    Ok(())
}

fn settled(amili: &Client, path: &str, body: &Value) -> Outcome {
    let answer = amili
        .step(format!("write to {path}"))
        .post(path, body)
        .expect(201)?;
    answer.has_only_keys(
        "",
        &[
            "_updated",
            "_created",
            "_etag",
            "_id",
            "_status",
            "_payment_status",
        ],
    )?;
    answer.holds("/_payment_status", "completed")?;
    let shown = given::read(amili, path, &answer.capture("settlement", "/_id")?)?;
    for field in ["creditor", "currency", "amount", "origin"] {
        shown.holds(&format!("/{field}"), &body[field])?;
    }
    Ok(())
}
