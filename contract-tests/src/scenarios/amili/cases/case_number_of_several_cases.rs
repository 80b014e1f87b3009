//! Which case an invoice number means that several cases of the creditor have.

use serde_json::Value;

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::scenarios::{with, without};
use crate::verdict::{Answered, Observation, Stop};

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/payment-ambiguous-invoice-number",
    proves: &["amili.payment.ambiguous-invoice-number"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let (oldest, first) = scene::registered(amili, &creditor)?;
    let second = scene::case(amili, &creditor)?;
    let second = scene::changed(second, "debts", first["debts"].clone());
    let newest = amili
        .step("register another case under the same invoice number")
        .post(scene::CASES, second)
        .expect(201)
        .and_then(|answer| answer.capture("newest", "/_cases/0"))
        .map_err(Stop::while_setting_the_scene)?;
    let number = first.pointer("/debts/0/invoice_number");
    let number = number.cloned().unwrap_or(Value::Null);
    let body = without(scene::payment(amili, &creditor, &oldest)?, &["case"]);
    let answer = amili
        .step("pay by the invoice number of both")
        .post(scene::PAYMENTS, with(body, "invoice_number", number))
        .answer()?;
    if answer.status() == 422 {
        answer.names("invoice_number")?;
        return Ok(Observation::Known("refused"));
    }
    let of_oldest = scene::remains(amili, &oldest)?;
    let of_newest = scene::remains(amili, &newest)?;
    match (answer.status(), of_oldest < of_newest) {
        (201, false) => Ok(Observation::Known("newest")),
        _ => answer.unknown("a refusal, or a payment of the newest case"),
    }
}
