//! How a document for an account is refused that is not the caller's.

use serde_json::json;

use super::by_status;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::bodies;
use crate::scenarios::with;
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/foreign-account-status",
    proves: &["amili.scope.foreign-account-status"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let account = amili.account_of("other-account")?;
    let body = with(bodies::inactive_creditor(amili)?, "account", json!(account));
    let answer = amili
        .step("create a creditor for another account")
        .post("/creditors", &body)
        .answer()?;
    by_status(&answer, &[(403, "403"), (422, "422")])
}
