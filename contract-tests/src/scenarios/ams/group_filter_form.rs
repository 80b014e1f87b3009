//! What a company_id filter does that is no integer.

use super::calls;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/group-filter-form",
    proves: &["ams.group.filter-form"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let setup = ams.as_role("setup")?;
    let whole = calls::list_groups(&setup, "list the groups").expect_success()?;
    let answer = calls::list_groups(&setup, "filter by a word")
        .query("company_id", "x")
        .answer()?;
    if answer.succeeded() && answer.value() == whole.value() {
        Ok(Observation::Known("ignored"))
    } else if answer.refused() {
        Ok(Observation::Known("refused"))
    } else {
        answer.unknown("the whole list, or a refusal")
    }
}
