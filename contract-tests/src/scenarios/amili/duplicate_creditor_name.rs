//! Whether two creditors of one account may have the same name.

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/duplicate-creditor-name",
    proves: &["amili.creditor.duplicate-name"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let first = bodies::active_creditor(amili)?;
    given::created(amili, "create a creditor", "/creditors", &first)?;
    let name = first["name"].clone();
    let second = with(bodies::active_creditor(amili)?, "name", name);
    let answer = amili
        .step("create another of the same name")
        .post("/creditors", &second)
        .answer()?;
    match answer.status() {
        201 => Ok(Observation::Known("allowed")),
        422 => {
            answer.names("name")?;
            answer.spares("organization_no")?;
            Ok(Observation::Known("refused"))
        }
        _ => answer.unknown("201 or 422"),
    }
}
