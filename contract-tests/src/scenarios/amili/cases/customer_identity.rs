//! Whether a registration must give the id_number and the address of its customer.

use serde_json::Value;

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::{Answered, Observation};

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/customer-identity-required",
    proves: &["amili.customer.identity-required"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let mut statuses = Vec::new();
    for field in ["customer.id_number", "customer.address"] {
        let body = scene::changed(scene::case(amili, &creditor)?, field, Value::Null);
        let answer = amili
            .step(format!("register a case without {field}"))
            .post(scene::CASES, body)
            .answer()?;
        if answer.status() == 422 {
            answer.names(field)?;
        }
        statuses.push((answer.status(), answer));
    }
    match statuses.as_slice() {
        [(422, _), (422, _)] => Ok(Observation::Known("required")),
        [(201, _), (201, _)] => Ok(Observation::Known("optional")),
        [.., (_, last)] => last.unknown("both required, or neither"),
        [] => Ok(Observation::Known("required")),
    }
}
