//! A page is never larger than 100 documents, whatever is asked for: the list says so, full or not.

use super::given;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/page-size",
    proves: &["amili.list.page-limit"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    for list in ["/creditors", "/access--groups", "/users"] {
        for asked in [99_u64, 100, 101, 1000] {
            let answer = amili
                .step(format!("list {list} by {asked} on a page"))
                .get(list)
                .query("where", serde_json::json!({ "_id": creditor }))
                .query("max_results", asked)
                .answer()?;
            if asked > 100 && [400, 422].contains(&answer.status()) {
                // Whether more is refused or cut down is an open question.
                continue;
            }
            answer.has_status(200)?;
            answer.holds("/_meta/max_results", asked.min(100))?;
        }
    }
    Ok(())
}
