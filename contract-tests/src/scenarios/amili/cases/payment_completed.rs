//! A payment and a crediting are completed at once, and registered now unless told otherwise.

use jiff::fmt::rfc2822;
use serde_json::{Value, json};

use super::scene;
use crate::client::{Answer, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::scenarios::with;
use crate::verdict::{Outcome, Stop};

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/payment-completed",
    proves: &["amili.payment.completed", "amili.payment.registered-now"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let (case, _) = scene::registered(amili, &creditor)?;
    let mut undated = false;
    for (path, body) in scene::settlements(amili, &creditor, &case)? {
        let dated = with(body.clone(), DATE, json!(LONG_AGO));
        let answer = amili
            .step(format!("write to {path}, saying when"))
            .post(path, &dated)
            .answer()?;
        if answer.status() == 422 && answer.names(DATE).is_ok() {
            settled(amili, path, &body)?;
            undated = true;
            continue;
        }
        completed(amili, path, &answer, &dated)?.holds(&format!("/{DATE}"), LONG_AGO)?;
        settled(amili, path, &body)?.satisfies(
            "the present moment as the registration date",
            |shown| {
                let (at, made) = (&shown[DATE], &shown["_created"]);
                matches!((seconds(at), seconds(made)), (Some(at), Some(made)) if (at - made).abs() < 60)
            },
        )?;
    }
    match undated {
        false => Ok(()),
        // Which edition of the page is in force is an open question.
        true => Err(Stop::NotObservable(
            "this edition keeps no date of registration".to_owned(),
        )),
    }
}

const DATE: &str = "client_registration_date";
const LONG_AGO: &str = "Tue, 01 Jul 2025 00:00:00 GMT";

/// The payment or crediting that such a body makes.
fn settled(amili: &Client, path: &str, body: &Value) -> Result<Answer, Stop> {
    let step = format!("write to {path}");
    let answer = amili.step(step).post(path, body).answer()?;
    completed(amili, path, &answer, body)
}

fn completed(amili: &Client, path: &str, answer: &Answer, body: &Value) -> Result<Answer, Stop> {
    answer.has_status(201)?;
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
    Ok(shown)
}

fn seconds(date: &Value) -> Option<i64> {
    let date = rfc2822::parse(date.as_str()?).ok()?;
    Some(date.timestamp().as_second())
}
