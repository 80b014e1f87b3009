//! Without sort a list is in the order of creation, with sort in the order asked for.

use serde_json::json;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/insertion-order",
    proves: &["amili.list.insertion-order"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let marker = amili.unique();
    let mut ids = Vec::new();
    let mut groups = Vec::new();
    for letter in ["b", "c", "a"] {
        let body = with(
            bodies::inactive_creditor(amili)?,
            "description",
            json!(marker),
        );
        let name = format!("{marker}-{letter}");
        let body = with(body, "name", json!(name));
        let id = given::created(amili, "create a creditor", "/creditors", &body)?;
        let brought = given::groups_of(amili, &id)?;
        groups.extend([brought.admin, brought.user]);
        ids.push(id);
    }
    let [b, c, a] = [&ids[0], &ids[1], &ids[2]];
    for (sort, expected) in [
        (None, [b, c, a]),
        (Some("name"), [a, b, c]),
        (Some("-name"), [c, b, a]),
    ] {
        let mut step = amili
            .step(format!("list them with the sort {sort:?}"))
            .get("/creditors")
            .query("where", json!({ "description": marker }));
        if let Some(sort) = sort {
            step = step.query("sort", sort);
        }
        step.expect(200)?
            .holds_in_order("/_items/*/_id", expected)?;
    }
    let list = amili
        .step("list their groups")
        .get("/access--groups")
        .query("where", json!({ "creditor": { "$in": ids } }))
        .expect(200)?;
    list.holds_in_order("/_items/*/_id", groups)
}
