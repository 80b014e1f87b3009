//! Every path wants a token that the target knows.

use serde_json::{Value, json};

use super::{bodies, forms, given};
use crate::client::{Captured, Client, Step};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/token-required",
    proves: &["amili.auth.token-required"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let groups = given::groups_of(amili, &creditor)?;
    let user = given::user(amili, &[&groups.admin])?;
    let paths = [
        "/creditors".to_owned(),
        format!("/creditors/{creditor}"),
        "/access--groups".to_owned(),
        format!("/access--groups/{}", groups.user),
        "/users".to_owned(),
        format!("/users/{user}"),
    ];
    for path in &paths {
        let step = format!("read {path} with a token");
        amili.step(step).get(path).expect(200)?;
    }
    let mut strangers = vec![
        amili.without_token(),
        amili.with_token(""),
        amili.with_token("ct-no-such-token"),
        amili.with_altered_token(),
    ];
    if amili.on_mock() {
        // A token of the other API opens nothing here.
        strangers.push(amili.with_token("ams-setup"));
    }
    for stranger in &strangers {
        for path in &paths {
            let answer = stranger
                .step(format!("read {path}"))
                .get(path)
                .expect(401)?;
            forms::refusal(&answer, 401)?;
        }
        writes_nothing(
            amili,
            stranger,
            "/creditors",
            &bodies::active_creditor(amili)?,
        )?;
        writes_nothing(
            amili,
            stranger,
            "/users",
            &bodies::user(amili, &[&groups.admin])?,
        )?;
    }
    everywhere(amili, &amili.with_token("ct-no-such-token"), &creditor)?;
    everywhere(amili, &amili.without_token(), &creditor)
}

/// Lists that the guide does not walk through, and writes to what there is.
fn everywhere(amili: &Client, stranger: &Client, creditor: &Captured) -> Outcome {
    let refused = |step: Step<'_>| forms::refusal(&step.expect_refusal(401)?, 401);
    for list in [
        "/accounts",
        "/customers",
        "/cases",
        "/case--registrations",
        "/invoice--registrations",
        "/creditor--payments",
        "/creditor--creditings",
    ] {
        refused(stranger.step(format!("read {list}")).get(list))?;
    }
    for path in [
        "/accounts",
        "/case--registrations",
        "/invoice--registrations",
        "/creditor--payments",
        "/creditor--creditings",
    ] {
        let step = stranger.step(format!("write to {path}"));
        refused(step.post(path, json!({ "creditor": creditor })))?;
    }
    let path = format!("/creditors/{creditor}");
    let etag = given::etag(amili, "/creditors", creditor)?;
    let change = json!({ "description": "changed" });
    let step = stranger.step("change the creditor").patch(&path, change);
    refused(step.if_match(&etag))?;
    let step = stranger.step("delete the creditor").delete(&path);
    refused(step.if_match(&etag))?;
    given::read(amili, "/creditors", creditor)?.holds("/_etag", etag)
}

fn writes_nothing(amili: &Client, stranger: &Client, path: &str, body: &Value) -> Outcome {
    let step = format!("write to {path}");
    let answer = stranger.step(step).post(path, body).expect_refusal(401)?;
    forms::refusal(&answer, 401)?;
    given::absent(amili, path, body)
}
