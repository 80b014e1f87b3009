//! Whether an empty text is enough for activation.

use serde_json::json;

use super::by_status;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::bodies;
use crate::scenarios::with;
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/empty-activation-field",
    proves: &["amili.creditor.empty-activation-field"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let body = bodies::active_creditor(amili)?;
    let body = with(body, "standard_debt_description", json!(""));
    let answer = amili
        .step("create an active creditor with an empty description of debts")
        .post("/creditors", &body)
        .answer()?;
    by_status(&answer, &[(422, "missing"), (201, "enough")])
}
