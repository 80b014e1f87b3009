//! An admin and a regular user differ by their access group alone.

use serde_json::json;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/user-group-decides",
    proves: &["amili.user.group-decides"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let groups = given::groups_of(amili, &creditor)?;
    let account_level = amili
        .step("find the account's own group")
        .get("/access--groups")
        .query(
            "where",
            json!({ "account": amili.account()?, "type": "account_admin" }),
        )
        .expect(200)?
        .capture("account_admin", "/_items/0/_id")?;
    let mut keys = Vec::new();
    for group in [&groups.admin, &groups.user, &account_level] {
        let body = bodies::user(amili, &[group])?;
        let user = given::created(amili, "create a user alike", "/users", &body)?;
        let shown = given::read(amili, "/users", &user)?;
        shown.holds("/data_access", json!([{ "access_group": group }]))?;
        for (field, sent) in body.as_object().into_iter().flatten() {
            shown.holds(&format!("/{field}"), sent)?;
        }
        let members = shown.value().as_object();
        keys.push(members.map(|members| members.keys().cloned().collect::<Vec<_>>()));
    }
    amili.requires(
        keys.iter().all(|seen| *seen == keys[0]),
        "users with the same fields",
        &format!("{keys:?}"),
    )
}
