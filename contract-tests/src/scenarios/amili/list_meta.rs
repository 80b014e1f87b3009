//! A list tells its page, its size and the number of all matches.

use serde_json::{Value, json};

use super::{bodies, given};
use crate::client::{Answer, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/list-meta",
    proves: &["amili.list.meta"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

/// A page and a size asked for, and how many of three documents are on it.
const PAGES: [(Option<u32>, Option<u32>, usize); 6] = [
    (None, None, 3),
    (Some(1), Some(2), 2),
    (Some(2), Some(2), 1),
    (Some(3), Some(2), 0),
    (Some(3), Some(1), 1),
    (None, Some(3), 3),
];

fn steps(amili: &Client) -> Outcome {
    let marker = amili.unique();
    for _ in 0..3 {
        let body = with(
            bodies::inactive_creditor(amili)?,
            "description",
            json!(marker),
        );
        given::created(amili, "create a creditor", "/creditors", &body)?;
    }
    for (page, size, items) in PAGES {
        let mut step = amili
            .step(format!("list them, giving page {page:?} and size {size:?}"))
            .get("/creditors")
            .query("where", json!({ "description": marker }));
        for (key, value) in [("page", page), ("max_results", size)] {
            if let Some(value) = value {
                step = step.query(key, value);
            }
        }
        let (page, size) = (page.unwrap_or(1), size.unwrap_or(25));
        let meta = json!({ "page": page, "max_results": size, "total": 3 });
        shows(&step.expect(200)?, items, &meta)?;
    }
    every_item_once(amili, &marker)?;
    for list in ["/access--groups", "/users"] {
        let nothing = json!({ "_id": given::NO_SUCH_ID });
        let step = format!("list nothing of {list}");
        let answer = amili
            .step(step)
            .get(list)
            .query("where", nothing)
            .expect(200)?;
        shows(
            &answer,
            0,
            &json!({ "page": 1, "max_results": 25, "total": 0 }),
        )?;
    }
    Ok(())
}

/// Pages overlap nowhere and leave nothing out.
fn every_item_once(amili: &Client, marker: &str) -> Outcome {
    let mut seen = Vec::new();
    for page in 1..=3 {
        let list = amili
            .step(format!("list page {page} of one each"))
            .get("/creditors")
            .query("where", json!({ "description": marker }))
            .query("max_results", 1)
            .query("page", page)
            .expect(200)?;
        seen.push(list.capture("id", "/_items/0/_id")?.to_string());
    }
    let told = format!("{seen:?}");
    seen.sort_unstable();
    seen.dedup();
    amili.requires(seen.len() == 3, "another item on each page", &told)?;
    let list = amili
        .step("list the second page of two each")
        .get("/creditors")
        .query("where", json!({ "description": marker }))
        .query("max_results", 2)
        .query("page", 2)
        .expect(200)?;
    let first = amili
        .step("list the first page of two each")
        .get("/creditors")
        .query("where", json!({ "description": marker }))
        .query("max_results", 2)
        .expect(200)?;
    let last = list.capture("id", "/_items/0/_id")?;
    first.satisfies("no item of the second page", |body| {
        let items = body["_items"].as_array();
        items.is_some_and(|items| items.iter().all(|item| item["_id"] != json!(last)))
    })
}

fn shows(answer: &Answer, items: usize, meta: &Value) -> Outcome {
    answer.has_only_keys("", &["_items", "_meta"])?;
    answer.holds("/_meta", meta)?;
    answer.satisfies(&format!("{items} items"), |list| {
        list["_items"].as_array().map(Vec::len) == Some(items)
    })
}
