//! In which order a list stands that names none.

use serde_json::json;

use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/default-order",
    proves: &["amili.list.default-order"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let first = given::creditor(amili)?;
    let second = given::creditor(amili)?;
    let list = amili
        .step("list both without an order")
        .get("/creditors")
        .query("where", json!({ "_id": { "$in": [second, first] } }))
        .until(|answer| answer.items() == 2)
        .expect(200)?;
    let listed: Vec<_> = list.listed().iter().map(|item| item.get("_id")).collect();
    if listed == [Some(&first.0), Some(&second.0)] {
        Ok(Observation::Known("oldest-first"))
    } else if listed == [Some(&second.0), Some(&first.0)] {
        Ok(Observation::Known("newest-first"))
    } else {
        list.unknown("the two creditors")
    }
}
