//! A payment and a crediting are completed at once, and registered now unless told otherwise.

use jiff::fmt::rfc2822;
use serde_json::{Value, json};

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/payment-completed",
    proves: &["amili.payment.completed", "amili.payment.registered-now"],
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
        settled(amili, path, &body, None)?;
        let date = "Tue, 01 Jul 2025 00:00:00 GMT";
        let dated = with(body, "client_registration_date", json!(date));
        settled(amili, path, &dated, Some(date))?;
    }
    Ok(())
}

fn settled(amili: &Client, path: &str, body: &Value, date: Option<&str>) -> Outcome {
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
    match date {
        Some(date) => shown.holds("/client_registration_date", date),
        None => shown.satisfies("the present moment as the registration date", |shown| {
            let (at, made) = (&shown["client_registration_date"], &shown["_created"]);
            matches!((seconds(at), seconds(made)), (Some(at), Some(made)) if (at - made).abs() < 60)
        }),
    }
}

fn seconds(date: &Value) -> Option<i64> {
    let date = rfc2822::parse(date.as_str()?).ok()?;
    Some(date.timestamp().as_second())
}
