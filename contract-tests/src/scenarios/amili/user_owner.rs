//! Whether a user can belong to a partner instead of an account.

use serde_json::json;

use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/user-owner",
    proves: &["amili.user.owner"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let partner = amili.as_role("partner")?;
    let own = partner
        .step("find the caller's partner")
        .get("/partners")
        .expect(200)?
        .capture("partner", "/_items/0/_id")?;
    let answer = partner
        .step("create a user of the partner")
        .post("/users", json!({ "partner": own, "name": amili.unique() }))
        .answer()?;
    match answer.status() {
        201 => Ok(Observation::Known("one-of")),
        422 => {
            answer.names("partner")?;
            Ok(Observation::Known("account"))
        }
        _ => answer.unknown("201, or 422 on partner"),
    }
}
