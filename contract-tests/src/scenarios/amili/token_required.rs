//! Every path wants a token that the target knows.

use serde_json::Value;

use super::{bodies, forms, given};
use crate::client::Client;
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
    Ok(())
}

fn writes_nothing(amili: &Client, stranger: &Client, path: &str, body: &Value) -> Outcome {
    let step = format!("write to {path}");
    let answer = stranger.step(step).post(path, body).expect_refusal(401)?;
    forms::refusal(&answer, 401)?;
    given::absent(amili, path, body)
}
