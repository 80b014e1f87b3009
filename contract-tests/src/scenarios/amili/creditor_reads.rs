//! What the admin and the user of a creditor see of the account's other creditors.

use serde_json::json;

use super::given;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-reads",
    proves: &["amili.scope.creditor-reads"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let member = given::member(amili, "user")?;
    let other = given::creditor(amili)?;
    let user = member.caller;
    given::read(&user, "/creditors", &member.creditor)?;
    let list = user
        .step("list the account's other creditor")
        .get("/creditors")
        .query("where", json!({ "_id": other }))
        .expect(200)?;
    let groups = user
        .step("list the other creditor's groups")
        .get("/access--groups")
        .query("where", given::own_groups(&other))
        .expect(200)?;
    match (list.items(), groups.items()) {
        (0, 0) => Ok(Observation::Known("creditor")),
        (1, 2) => Ok(Observation::Known("account")),
        _ => list.unknown("the other creditor and its groups, or neither"),
    }
}
