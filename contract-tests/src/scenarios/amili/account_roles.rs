//! What reaches across creditors takes a role of the whole account.

use super::{bodies, forms, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/account-roles",
    proves: &["amili.scope.account-roles"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    for kind in ["admin", "user"] {
        creates_none(amili, &given::member(amili, kind)?)?;
        deletes_none(amili, &given::member(amili, kind)?)?;
    }
    let Ok(admin) = amili.as_role("account-admin") else {
        return Ok(());
    };
    let body = bodies::active_creditor(amili)?;
    let step = "create one as the account's admin";
    let made = given::created(&admin, step, "/creditors", &body)?;
    given::read(amili, "/creditors", &made)?.holds("/name", &body["name"])
}

fn creates_none(amili: &Client, member: &given::Member) -> Outcome {
    for body in [
        bodies::active_creditor(amili)?,
        bodies::inactive_creditor(amili)?,
    ] {
        let answer = member
            .caller
            .step("create a creditor with a role of one creditor")
            .post("/creditors", &body)
            .expect_refusal(403)?;
        forms::refusal(&answer, 403)?;
        given::absent(amili, "/creditors", &body)?;
        let step = "create it with a role of the account";
        given::created(amili, step, "/creditors", &body)?;
    }
    Ok(())
}

fn deletes_none(amili: &Client, member: &given::Member) -> Outcome {
    // Whatever it is told: that it may not see the other creditors is an open question.
    let other = given::creditor(amili)?;
    let etag = given::etag(amili, "/creditors", &other)?;
    member
        .caller
        .step("delete another creditor with a role of one creditor")
        .delete(format!("/creditors/{other}"))
        .if_match(&etag)
        .answer()?;
    given::read(amili, "/creditors", &other)?.holds("/_etag", etag)?;
    given::groups_of(amili, &other)?;
    if !amili.on_mock() {
        // The creditor of whom the targets file lists is nobody's to endanger.
        return Ok(());
    }
    let own = format!("/creditors/{}", member.creditor);
    let answer = member
        .caller
        .step("delete one's own creditor with a role of it")
        .delete(&own)
        .if_match(given::etag(amili, "/creditors", &member.creditor)?)
        .expect_refusal(403)?;
    forms::refusal(&answer, 403)?;
    given::read(amili, "/creditors", &member.creditor)?;
    Ok(())
}
