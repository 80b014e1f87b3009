//! What the account of a creditor is that names none.

use super::by_status;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::{bodies, given};
use crate::scenarios::without;
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/account-unsaid",
    proves: &["amili.creditor.account-unsaid"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let body = without(bodies::inactive_creditor(amili)?, &["account"]);
    let answer = amili
        .step("create a creditor that names no account")
        .post("/creditors", &body)
        .answer()?;
    if answer.status() == 201 {
        let creditor = answer.capture("creditor", "/_id")?;
        given::read(amili, "/creditors", &creditor)?.holds("/account", amili.account()?)?;
    }
    by_status(&answer, &[(422, "refused"), (201, "callers-own")])
}
