//! How many OCR numbers a case registration with several debts brings.

use serde_json::{Value, json};

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/ocr-numbers-per",
    proves: &["amili.case.ocr-numbers-per"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let debts = json!([scene::debt(amili), scene::debt(amili)]);
    let body = with(scene::case(amili, &creditor)?, "debts", debts);
    let answer = amili
        .step("register two debts")
        .post(scene::CASES, body)
        .expect(201)?;
    let numbers = answer.at("/_ocr_numbers_ocr").and_then(Value::as_array);
    match numbers.map(Vec::len) {
        Some(2) => Ok(Observation::Known("debt")),
        Some(1) => Ok(Observation::Known("registration")),
        _ => answer.unknown("one or two OCR numbers"),
    }
}
