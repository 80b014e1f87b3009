//! A partner creates accounts below itself; an account's own users do not.

use serde_json::json;

use super::{bodies, forms, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/account-partner-creates",
    proves: &["amili.account.partner-creates"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let partner = amili.as_role("partner")?;
    let body = bodies::account(amili, bodies::active_creditor(amili)?);
    let roles = ["account-admin", "other-account"].map(|role| amili.as_role(role).ok());
    for caller in [Some(amili.clone())].into_iter().chain(roles).flatten() {
        let answer = caller
            .step("create an account as a user of another account")
            .post("/accounts", &body)
            .expect_refusal(403)?;
        forms::refusal(&answer, 403)?;
        given::absent(&partner, "/accounts", &body)?;
        given::absent(&caller, "/accounts", &body)?;
    }
    let account = given::created(&partner, "create it as the partner", "/accounts", &body)?;
    let shown = given::read(&partner, "/accounts", &account)?;
    shown.holds("/name", &body["name"])?;
    shown.holds("/organization_no", &body["organization_no"])?;
    let listed = partner
        .step("list the accounts of that name as the partner")
        .get("/accounts")
        .query("where", json!({ "name": body["name"] }))
        .expect(200)?;
    listed.holds_in_order("/_items/*/_id", [&account])?;
    let creditors = given::of_account(&partner, "/creditors", &account, 1)?;
    let creditor = creditors.capture("creditor", "/_items/0/_id")?;
    given::read(&partner, "/creditors", &creditor)?.holds("/account", &account)
}
