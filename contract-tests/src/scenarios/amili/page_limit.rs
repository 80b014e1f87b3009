//! A page holds 25 documents unless asked otherwise, and never more than 100.

use serde_json::json;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/page-limit",
    proves: &["amili.list.page-limit", "amili.list.meta"],
    runs_on: RunsOn::MockOnly {
        because: "it makes 101 creditors",
    },
    steps: Steps::Hold(steps),
};

const MADE: usize = 101;

fn steps(amili: &Client) -> Outcome {
    let marker = amili.unique();
    for _ in 0..MADE {
        let body = with(
            bodies::inactive_creditor(amili)?,
            "description",
            json!(marker),
        );
        given::created(amili, "create a creditor", "/creditors", &body)?;
    }
    for (query, items, size) in [
        (None, 25, 25),
        (Some(("max_results", "26")), 26, 26),
        (Some(("max_results", "99")), 99, 99),
        (Some(("max_results", "100")), 100, 100),
        (Some(("max_results", "101")), 100, 100),
        (Some(("max_results", "1000")), 100, 100),
        (Some(("page", "5")), 1, 25),
    ] {
        let mut step = amili
            .step(format!("list them with {query:?}"))
            .get("/creditors")
            .query("where", json!({ "description": marker }));
        if let Some((key, value)) = query {
            step = step.query(key, value);
        }
        let answer = step.expect(200)?;
        answer.satisfies(&format!("{items} items"), |list| {
            list["_items"].as_array().map(Vec::len) == Some(items)
        })?;
        answer.holds("/_meta/max_results", size)?;
        answer.holds("/_meta/total", MADE)?;
    }
    Ok(())
}
