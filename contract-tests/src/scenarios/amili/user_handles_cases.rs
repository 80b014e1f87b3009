//! The user of a creditor manages nobody, and no settings.

use serde_json::json;

use super::{bodies, forms, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/user-handles-cases",
    proves: &["amili.scope.user-handles-cases"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let member = given::member(amili, "user")?;
    let (user, groups) = (&member.caller, &member.groups);
    for groups in [&[&groups.user][..], &[&groups.admin], &[]] {
        let body = bodies::user(amili, groups)?;
        let answer = user
            .step("create a user as an ordinary user")
            .post("/users", &body)
            .expect_refusal(403)?;
        forms::refusal(&answer, 403)?;
        given::absent(amili, "/users", &body)?;
    }
    given::read(user, "/creditors", &member.creditor)?;
    if !amili.on_mock() {
        // The creditor of whom the targets file lists is nobody's to endanger.
        return Ok(());
    }
    let etag = given::etag(amili, "/creditors", &member.creditor)?;
    let answer = user
        .step("change the creditor as an ordinary user")
        .patch(
            format!("/creditors/{}", member.creditor),
            json!({ "description": "mine" }),
        )
        .if_match(&etag)
        .expect_refusal(403)?;
    forms::refusal(&answer, 403)?;
    let shown = given::read(amili, "/creditors", &member.creditor)?;
    shown.holds("/_etag", etag)?;
    shown.holds("/description", "Testing")
}
