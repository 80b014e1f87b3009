//! The user of a creditor manages nobody, and no settings.

use serde_json::json;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/user-handles-cases",
    proves: &["amili.scope.user-handles-cases"],
    runs_on: RunsOn::MockOnly {
        because: "it acts as users that it makes",
    },
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let groups = given::groups_of(amili, &creditor)?;
    let user = amili.as_user(&given::user(amili, &[&groups.user])?)?;
    let body = bodies::user(amili, &[&groups.user])?;
    user.step("create a user as an ordinary user")
        .post("/users", &body)
        .expect_refusal(403)?;
    given::absent(amili, "/users", &body)?;
    let etag = given::etag(amili, "/creditors", &creditor)?;
    user.step("change the creditor as an ordinary user")
        .patch(
            format!("/creditors/{creditor}"),
            json!({ "description": "mine" }),
        )
        .if_match(etag)
        .expect_refusal(403)?;
    given::read(&user, "/creditors", &creditor)?;
    Ok(())
}
