//! A filter shows the documents that match it, and only those.

use serde_json::{Value, json};

use super::{bodies, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/where-filters",
    proves: &["amili.query.where"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let marker = amili.unique();
    let city = amili.unique();
    let first = with(
        bodies::active_creditor(amili)?,
        "description",
        json!(marker),
    );
    let second = with(
        bodies::inactive_creditor(amili)?,
        "description",
        json!(marker),
    );
    let address = with(bodies::address(), "city", json!(city));
    let second = with(second, "sender_address", address);
    let first = with(first, "name", json!(format!("{marker}-a")));
    let second = with(second, "name", json!(format!("{marker}-b")));
    let one = given::created(amili, "create a creditor", "/creditors", &first)?;
    let two = given::created(amili, "create another", "/creditors", &second)?;
    given::creditor(amili)?;

    let finds = |wanted: Value, ids: &[&Captured]| found(amili, "/creditors", &wanted, ids);
    finds(json!({ "description": marker }), &[&one, &two])?;
    finds(json!({ "description": marker, "is_active": true }), &[&one])?;
    finds(
        json!({ "description": marker, "is_active": false }),
        &[&two],
    )?;
    finds(json!({ "name": first["name"] }), &[&one])?;
    finds(json!({ "_id": two }), &[&two])?;
    finds(json!({ "sender_address.city": city }), &[&two])?;
    finds(json!({ "_id": given::NO_SUCH_ID }), &[])?;
    finds(
        json!({ "description": marker, "account": given::NO_SUCH_ID }),
        &[],
    )?;
    finds(json!({ "_id": { "$in": [one, two] } }), &[&one, &two])?;
    finds(
        json!({ "description": marker, "_id": { "$ne": one } }),
        &[&two],
    )?;
    finds(
        json!({ "$or": [{ "_id": one }, { "_id": two }] }),
        &[&one, &two],
    )?;
    by_operators(amili, &marker, &one, &two)?;
    in_groups_and_users(amili, &one, &two)
}

fn by_operators(amili: &Client, marker: &str, one: &Captured, two: &Captured) -> Outcome {
    let finds = |wanted: Value, ids: &[&Captured]| {
        let wanted = json!({ "$and": [{ "description": marker }, wanted] });
        found(amili, "/creditors", &wanted, ids)
    };
    finds(json!({ "is_active": true }), &[one])?;
    finds(json!({ "_id": { "$nin": [one] } }), &[two])?;
    finds(json!({ "_id": { "$in": [one] } }), &[one])?;
    finds(json!({ "is_active": { "$eq": false } }), &[two])?;
    finds(json!({ "$nor": [{ "_id": one }] }), &[two])?;
    finds(json!({ "is_active": { "$not": { "$eq": true } } }), &[two])?;
    finds(json!({ "payout_details": { "$exists": true } }), &[one])?;
    finds(json!({ "payout_details": { "$exists": false } }), &[two])?;
    let (a, b) = (format!("{marker}-a"), format!("{marker}-b"));
    finds(json!({ "name": { "$gt": a } }), &[two])?;
    finds(json!({ "name": { "$gte": a } }), &[one, two])?;
    finds(json!({ "name": { "$lt": b } }), &[one])?;
    finds(json!({ "name": { "$lte": b } }), &[one, two])
}

fn in_groups_and_users(amili: &Client, one: &Captured, two: &Captured) -> Outcome {
    let brought = amili
        .step("list the groups of the first")
        .get("/access--groups")
        .query("where", given::own_groups(one))
        .until(|answer| answer.items() == 2)
        .expect(200)?;
    brought.holds_exactly("/_items/*/creditor", [one, one])?;
    let (first, second) = (given::groups_of(amili, one)?, given::groups_of(amili, two)?);
    let groups = |wanted: Value, ids: &[&Captured]| found(amili, "/access--groups", &wanted, ids);
    groups(given::own_groups(one), &[&first.admin, &first.user])?;
    groups(given::own_groups(two), &[&second.admin, &second.user])?;
    groups(json!({ "creditor": one, "type": "user" }), &[&first.user])?;
    groups(json!({ "creditor": given::NO_SUCH_ID }), &[])?;

    let both = given::user(amili, &[&first.user, &second.user])?;
    let single = given::user(amili, &[&second.user])?;
    let users = |wanted: Value, ids: &[&Captured]| found(amili, "/users", &wanted, ids);
    users(json!({ "data_access.access_group": first.user }), &[&both])?;
    users(
        json!({ "data_access.access_group": second.user }),
        &[&both, &single],
    )?;
    users(json!({ "data_access.access_group": second.admin }), &[])
}

fn found(amili: &Client, resource: &str, wanted: &Value, ids: &[&Captured]) -> Outcome {
    let list = amili
        .step(format!("list {resource} where {wanted}"))
        .get(resource)
        .query("where", wanted)
        .expect(200)?;
    list.holds_exactly("/_items/*/_id", ids)?;
    list.holds("/_meta/total", ids.len())
}
