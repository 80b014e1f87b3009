//! Whether the forms of organisation numbers and zip codes are checked.

use serde_json::{Value, json};

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-formats",
    proves: &["amili.creditor.formats"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let body = bodies::active_creditor(amili)?;
    given::created(amili, "create one with usual numbers", "/creditors", &body)?;
    let address = |zip_code: &str| with(bodies::address(), "zip_code", json!(zip_code));
    let odd: [(&str, &str, Value); 4] = [
        ("organization_no", "organization_no", json!("123")),
        ("organization_no", "organization_no", json!("55-1122334")),
        ("sender_address", "sender_address.zip_code", address("2523")),
        (
            "invoice_address",
            "invoice_address.zip_code",
            address("SE-25"),
        ),
    ];
    let mut answers = Vec::new();
    for (field, place, value) in odd {
        let body = with(bodies::active_creditor(amili)?, field, value);
        let answer = amili
            .step(format!("create one with an odd {place}"))
            .post("/creditors", &body)
            .answer()?;
        if answer.status() == 422 {
            answer.names(place)?;
            given::absent(amili, "/creditors", &body)?;
        }
        answers.push(answer);
    }
    let all = |status: u16| answers.iter().all(|answer| answer.status() == status);
    match answers.last() {
        _ if all(201) => Ok(Observation::Known("free")),
        Some(last) if !all(422) => last.unknown("all of them accepted, or all refused with 422"),
        _ => Ok(Observation::Known("checked")),
    }
}
