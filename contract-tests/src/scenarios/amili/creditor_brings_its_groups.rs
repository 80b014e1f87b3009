//! A new creditor brings the groups admin and user at once, active or not.

use serde_json::json;

use super::{bodies, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::without;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-brings-its-groups",
    proves: &["amili.access-group.on-creation"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let bodies = [
        bodies::active_creditor(amili)?,
        bodies::inactive_creditor(amili)?,
    ];
    let mut creditors = Vec::new();
    for body in &bodies {
        let creditor = given::created(amili, "create a creditor", "/creditors", body)?;
        brought(amili, &creditor)?;
        creditors.push(creditor);
    }
    // What the second brought took nothing from the first.
    for creditor in &creditors {
        brought(amili, creditor)?;
    }
    refused_brings_none(amili)
}

fn brought(amili: &Client, creditor: &Captured) -> Outcome {
    let list = amili
        .step("list the groups it brought")
        .get("/access--groups")
        .query("where", given::own_groups(creditor))
        .until(|answer| answer.items() == 2)
        .expect(200)?;
    let account = amili.account()?;
    list.holds_exactly("/_items/*/type", ["admin", "user"])?;
    list.holds_exactly("/_items/*/name", ["admin", "user"])?;
    list.holds_exactly("/_items/*/creditor", [creditor, creditor])?;
    list.holds_exactly("/_items/*/account", [&account, &account])?;
    list.holds("/_meta/total", 2)?;
    for kind in ["admin", "user"] {
        let named = [
            ("type", &Captured::from(kind)),
            ("name", &Captured::from(kind)),
        ];
        let id = list.find("a group", &named)?.capture(kind, "/_id")?;
        let group = given::read(amili, "/access--groups", &id)?;
        group.holds("/type", kind)?;
        group.holds("/creditor", creditor)?;
    }
    Ok(())
}

fn refused_brings_none(amili: &Client) -> Outcome {
    let body = without(bodies::active_creditor(amili)?, &["sender_address"]);
    amili
        .step("create a creditor that is refused")
        .post("/creditors", &body)
        .expect_refusal(422)?;
    let groups = amili
        .step("look for groups of a creditor of that name")
        .get("/access--groups")
        .query("where", json!({ "account": amili.account()? }))
        .query("sort", "-_created,_id")
        .expect(200)?;
    groups.satisfies("no group of the refused creditor", |list| {
        let items = list["_items"].as_array();
        items.is_some_and(|items| {
            items
                .iter()
                .all(|item| item["creditor_name"] != body["name"])
        })
    })
}
