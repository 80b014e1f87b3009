//! Nobody writes into an account that their own does not cover.

use serde_json::json;

use super::{bodies, forms, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/foreign-account",
    proves: &["amili.scope.foreign-account"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let other = amili.as_role("other-account")?;
    let (ours, theirs) = (amili.account()?, amili.account_of("other-account")?);
    refused(amili, &other, &theirs)?;
    refused(&other, amili, &ours)?;
    leaves_alone(&other, amili, &ours)?;
    leaves_alone(amili, &other, &theirs)?;
    for (caller, account) in [(amili, &ours), (&other, &theirs)] {
        let body = with(bodies::active_creditor(amili)?, "account", json!(account));
        let creditor = given::created(caller, "write into one's own", "/creditors", &body)?;
        let body = with(bodies::user(amili, &[])?, "account", json!(account));
        let groups = given::groups_of(caller, &creditor)?;
        let access = json!([{ "access_group": groups.user }]);
        let body = with(body, "data_access", access);
        given::created(caller, "write into one's own", "/users", &body)?;
    }
    Ok(())
}

/// `intruder` writes into `account`, which belongs to `owner`.
fn refused(intruder: &Client, owner: &Client, account: &str) -> Outcome {
    for (path, body) in [
        ("/creditors", bodies::active_creditor(intruder)?),
        ("/creditors", bodies::inactive_creditor(intruder)?),
        ("/users", bodies::user(intruder, &[])?),
    ] {
        let body = with(body, "account", json!(account));
        let answer = intruder
            .step(format!("write to {path} of a foreign account"))
            .post(path, &body)
            .expect_refusal_among(&[403, 422])?;
        forms::problem(&answer, "account")?;
        given::absent(owner, path, &body)?;
        given::absent(intruder, path, &body)?;
    }
    Ok(())
}

/// `intruder` changes and deletes what is the `owner`'s. What it is told depends on what it may see, which is
/// an open question.
fn leaves_alone(intruder: &Client, owner: &Client, account: &str) -> Outcome {
    let body = with(bodies::active_creditor(owner)?, "account", json!(account));
    let creditor = given::created(owner, "create a creditor", "/creditors", &body)?;
    let before = given::read(owner, "/creditors", &creditor)?;
    let path = format!("/creditors/{creditor}");
    let etag = before.capture("etag", "/_etag")?;
    intruder
        .step("change a foreign creditor")
        .patch(&path, json!({ "description": "theirs" }))
        .if_match(&etag)
        .expect_refusal_among(&[403, 404])?;
    intruder
        .step("delete a foreign creditor")
        .delete(&path)
        .if_match(&etag)
        .answer()?;
    let after = given::read(owner, "/creditors", &creditor)?;
    after.satisfies("the creditor as it was", |body| body == before.value())?;
    given::groups_of(owner, &creditor)?;
    Ok(())
}
