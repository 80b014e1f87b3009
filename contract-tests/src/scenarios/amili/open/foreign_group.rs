//! Whether a user may have an access group of another account.

use serde_json::json;

use super::by_status;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::{bodies, given};
use crate::scenarios::with;
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/foreign-group",
    proves: &["amili.user.foreign-group"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let other = amili.as_role("other-account")?;
    let account = json!(amili.account_of("other-account")?);
    let body = with(bodies::active_creditor(amili)?, "account", account);
    let creditor = given::created(&other, "create a creditor elsewhere", "/creditors", &body)?;
    let group = given::groups_of(&other, &creditor)?.admin;
    let body = bodies::user(amili, &[&group])?;
    let answer = amili
        .step("create a user in a group of another account")
        .post("/users", &body)
        .answer()?;
    by_status(&answer, &[(422, "refused"), (403, "403"), (201, "allowed")])
}
