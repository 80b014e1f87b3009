//! Whether where compares texts with booleans.

use serde_json::json;

use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/value-types",
    proves: &["amili.query.value-types"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let list = amili
        .step("look for the creditor by a boolean written as text")
        .get("/creditors")
        .query("where", json!({ "_id": creditor, "is_active": "true" }))
        .expect(200)?;
    match list.items() {
        0 => Ok(Observation::Known("strict")),
        1 => Ok(Observation::Known("lenient")),
        _ => list.unknown("the creditor, or nothing"),
    }
}
