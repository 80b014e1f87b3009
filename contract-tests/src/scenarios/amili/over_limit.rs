//! What happens when max_results is above the limit.

use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/over-limit",
    proves: &["amili.list.over-limit"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let at_limit = amili
        .step("ask for a page of 100")
        .get("/access--groups")
        .query("max_results", 100)
        .expect(200)?;
    at_limit.holds("/_meta/max_results", 100)?;
    let above = amili
        .step("ask for a page of 101")
        .get("/access--groups")
        .query("max_results", 101)
        .answer()?;
    match above.status() {
        200 => {
            above.holds("/_meta/max_results", 100)?;
            Ok(Observation::Known("clamped"))
        }
        // With which status a query is refused is a question of its own.
        400 | 422 => Ok(Observation::Known("refused")),
        _ => above.unknown("200, or a refusal of the query"),
    }
}
