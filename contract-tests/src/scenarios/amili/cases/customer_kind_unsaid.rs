//! What a customer is who is called neither person nor company nor foreign.

use serde_json::{Value, json};

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::{Answered, Observation};

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/customer-kind-unsaid",
    proves: &["amili.customer.kind-unsaid"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let body = scene::case(amili, &creditor)?;
    let body = scene::changed(body, "customer.is_company", Value::Null);
    let answer = amili
        .step("register a case of a customer of no kind")
        .post(scene::CASES, body)
        .answer()?;
    match answer.status() {
        201 => {
            let case = given::read(amili, "/cases", &answer.capture("case", "/_cases/0")?)?;
            let customer = case.capture("customer", "/customer")?;
            let customer = given::read(amili, "/customers", &customer)?;
            match customer.at("/is_person") == Some(&json!(true)) {
                true => Ok(Observation::Known("person")),
                false => customer.unknown("a person"),
            }
        }
        422 => {
            answer.names("customer")?;
            Ok(Observation::Known("refused"))
        }
        _ => answer.unknown("201 or 422"),
    }
}
