//! How a query is answered that cannot be read.

use super::by_status;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/query-malformed-status",
    proves: &["amili.query.malformed-status"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let answer = amili
        .step("list access groups by half a condition")
        .get("/access--groups")
        .query("where", "{")
        .answer()?;
    by_status(&answer, &[(400, "400"), (422, "422")])
}
