//! What reaches across creditors takes a role of the whole account.

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/account-roles",
    proves: &["amili.scope.account-roles"],
    runs_on: RunsOn::MockOnly {
        because: "it acts as users that it makes",
    },
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let groups = given::groups_of(amili, &creditor)?;
    for group in [&groups.admin, &groups.user] {
        let caller = amili.as_user(&given::user(amili, &[group])?)?;
        let body = bodies::active_creditor(amili)?;
        caller
            .step("create a creditor with a role of one creditor")
            .post("/creditors", &body)
            .expect_refusal(403)?;
        given::absent(amili, "/creditors", &body)?;
        let etag = given::etag(amili, "/creditors", &creditor)?;
        caller
            .step("delete a creditor with a role of one creditor")
            .delete(format!("/creditors/{creditor}"))
            .if_match(etag)
            .expect_refusal(403)?;
        given::read(amili, "/creditors", &creditor)?;
    }
    let account = amili
        .step("find the group of the account's admins")
        .get("/access--groups")
        .query("where", serde_json::json!({ "type": "account_admin" }))
        .expect(200)?
        .capture("group", "/_items/0/_id")?;
    let admin = amili.as_user(&given::user(amili, &[&account])?)?;
    let body = bodies::active_creditor(amili)?;
    given::created(
        &admin,
        "create one as the account's admin",
        "/creditors",
        &body,
    )?;
    Ok(())
}
