//! Whether the last creditor of an account may be deleted.

use super::by_status;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::{bodies, given};
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/last-creditor",
    proves: &["amili.delete.last-creditor"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let partner = amili.as_role("partner")?;
    let body = bodies::account(amili, bodies::inactive_creditor(amili)?);
    let account = given::created(&partner, "create an account", "/accounts", &body)?;
    let list = given::of_account(&partner, "/creditors", &account, 1)?;
    let creditor = list.capture("creditor", "/_items/0/_id")?;
    let etag = list.capture("etag", "/_items/0/_etag")?;
    let answer = partner
        .step("delete the only creditor of the account")
        .delete(format!("/creditors/{creditor}"))
        .if_match(etag)
        .not_own("it came with an account that this run made")
        .answer()?;
    let left = usize::from(!answer.succeeded());
    given::of_account(&partner, "/creditors", &account, left)?;
    by_status(&answer, &[(204, "allowed"), (422, "refused")])
}
