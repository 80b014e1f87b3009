//! Which customers the parameters id_number, name and email find.

use serde_json::Value;

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::{Answered, Observation};

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/customer-search",
    proves: &["amili.customer.search"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let (_, one) = scene::registered(amili, &creditor)?;
    let (_, other) = scene::registered(amili, &creditor)?;
    let names = |body: &Value| body["customer"]["name"].clone();
    let mut answers = Vec::new();
    for key in ["id_number", "name", "email"] {
        let wanted = one["customer"][key].as_str().unwrap_or_default();
        let list = amili
            .step(format!("search the customers by {key}"))
            .get("/customers")
            .query(key, wanted)
            .query("sort", "-_created,_id")
            .query("max_results", 100)
            .expect(200)?;
        let shows = |body| {
            let mut items = list.listed().iter();
            items.any(|item| item.get("name") == Some(&names(body)))
        };
        answers.push((shows(&one), shows(&other), list.clone()));
    }
    let all = |wanted: (bool, bool)| answers.iter().all(|seen| (seen.0, seen.1) == wanted);
    match answers.first() {
        _ if all((true, false)) => Ok(Observation::Known("exact")),
        _ if all((true, true)) => Ok(Observation::Known("ignored")),
        Some((_, _, list)) => list.unknown("the one customer, or all of them"),
        None => Ok(Observation::Known("exact")),
    }
}
