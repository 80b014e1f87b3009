//! How a method is answered that a path does not offer.

use serde_json::json;

use super::by_status;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/method-not-offered",
    proves: &["amili.method.not-offered"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let groups = given::groups_of(amili, &creditor)?;
    let user = given::user(amili, &[&groups.admin])?;
    let answer = amili
        .step("change a user, which no page offers")
        .patch(format!("/users/{user}"), json!({}))
        .answer()?;
    by_status(&answer, &[(405, "405"), (404, "404")])
}
