//! Whether two creditors of one account may have the same organisation number.

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/duplicate-organisation-number",
    proves: &["amili.creditor.duplicate-organisation-number"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let first = bodies::active_creditor(amili)?;
    given::created(amili, "create a creditor", "/creditors", &first)?;
    let second = with(
        bodies::active_creditor(amili)?,
        "organization_no",
        first["organization_no"].clone(),
    );
    let answer = amili
        .step("create another with the same organisation number")
        .post("/creditors", &second)
        .answer()?;
    match answer.status() {
        201 => Ok(Observation::Known("allowed")),
        422 => {
            answer.names("organization_no")?;
            given::absent(amili, "/creditors", &second)?;
            Ok(Observation::Known("refused"))
        }
        _ => answer.unknown("201 or 422"),
    }
}
