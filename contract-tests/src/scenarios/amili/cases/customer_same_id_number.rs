//! Whom a registration means by an id_number that a customer of the creditor has already.

use serde_json::Value;

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::{Answered, Observation};

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/customer-same-id-number",
    proves: &["amili.customer.same-id-number"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let first = scene::case(amili, &creditor)?;
    let second = scene::case(amili, &creditor)?;
    let id_number = first["customer"]["id_number"].clone();
    let second = scene::changed(second, "customer.id_number", id_number);
    let mut customers = Vec::new();
    for (step, body) in [
        ("register a case", &first),
        ("register another under the same id_number", &second),
    ] {
        let answer = amili.step(step).post(scene::CASES, body).expect(201)?;
        let case = given::read(amili, "/cases", &answer.capture("case", "/_cases/0")?)?;
        customers.push(case.capture("customer", "/customer")?);
    }
    let [one, other] = customers.as_slice() else {
        return Ok(Observation::Known("found"));
    };
    let shown = given::read(amili, "/customers", one)?;
    let name = |body: &Value| shown.at("/name") == Some(&body["customer"]["name"]);
    match (one == other, name(&first), name(&second)) {
        (false, true, _) => Ok(Observation::Known("new")),
        (true, true, _) => Ok(Observation::Known("found")),
        (true, false, true) => Ok(Observation::Known("updated")),
        _ => shown.unknown("the customer as one of the two registrations says"),
    }
}
