//! Whether a creditor needs one of the two organisation numbers.

use super::bodies;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::without;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-without-organisation-number",
    proves: &["amili.creditor.organisation-number-required"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let body = without(bodies::active_creditor(amili)?, &["organization_no"]);
    let answer = amili
        .step("create a creditor without any organisation number")
        .post("/creditors", &body)
        .answer()?;
    match answer.status() {
        201 => Ok(Observation::Known("optional")),
        422 => {
            answer.names("organization_no")?;
            answer.names("non_swedish_organization_no")?;
            Ok(Observation::Known("required"))
        }
        _ => answer.unknown("201 or 422"),
    }
}
