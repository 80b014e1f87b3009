//! Which groups a where by creditor finds.

use serde_json::json;

use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-filter",
    proves: &["amili.access-group.creditor-filter"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    given::groups_of(amili, &creditor)?;
    let list = amili
        .step("list access groups by creditor")
        .get("/access--groups")
        .query("where", json!({ "creditor": creditor }))
        .expect(200)?;
    let of_account = list
        .listed()
        .iter()
        .filter(|group| group.get("creditor").is_none());
    match (list.items(), of_account.count()) {
        (2, 0) => Ok(Observation::Known("own")),
        (3.., 1..) => Ok(Observation::Known("with-account-level")),
        _ => list.unknown("the creditor's two, or the account's as well"),
    }
}
