//! Without sort a list is in the order of creation, with sort in the order asked for.

use serde_json::json;

use super::{bodies, given};
use crate::client::{Answer, Captured, Client};
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
        let list = step.expect(200)?;
        match sort {
            None => in_order(&list, &expected)?,
            Some(_) => list.holds_in_order("/_items/*/_id", expected)?,
        }
    }
    let kinds = json!(["admin", "user"]);
    let list = amili
        .step("list their groups")
        .get("/access--groups")
        .query(
            "where",
            json!({ "creditor": { "$in": ids }, "type": { "$in": kinds } }),
        )
        .expect(200)?;
    in_order(&list, &groups.iter().collect::<Vec<_>>())?;
    users_and_cases(amili, &groups[1])?;
    keys_and_pages(amili)
}

/// The documents as they were made. Whether the oldest or the newest comes first is an open question.
fn in_order(list: &Answer, made: &[&Captured]) -> Outcome {
    let newest_first: Vec<_> = made.iter().rev().collect();
    match list.holds_in_order("/_items/*/_id", &newest_first) {
        Ok(()) => Ok(()),
        Err(_) => list.holds_in_order("/_items/*/_id", made),
    }
}

fn users_and_cases(amili: &Client, group: &Captured) -> Outcome {
    let marker = amili.unique();
    let mut users = Vec::new();
    for letter in ["a", "c", "b"] {
        let body = with(
            bodies::user(amili, &[group])?,
            "name",
            json!(format!("{marker}-{letter}")),
        );
        users.push(given::created(amili, "create a user", "/users", &body)?);
    }
    let listed = |sort: Option<&str>| {
        let mut step = amili
            .step(format!("list users with the sort {sort:?}"))
            .get("/users")
            .query("where", json!({ "data_access.access_group": group }));
        if let Some(sort) = sort {
            step = step.query("sort", sort);
        }
        step.expect(200)
    };
    let [a, c, b] = [&users[0], &users[1], &users[2]];
    in_order(&listed(None)?, &[a, c, b])?;
    listed(Some("-name"))?.holds_in_order("/_items/*/_id", [c, b, a])
}

/// Two creditors of one kind and two of another: the second key decides among those that the first leaves.
fn keys_and_pages(amili: &Client) -> Outcome {
    let marker = amili.unique();
    let mut ids = Vec::new();
    for (text, letter) in [("x", "b"), ("y", "c"), ("x", "a"), ("y", "d")] {
        let body = bodies::inactive_creditor(amili)?;
        let body = with(body, "description", json!(marker));
        let body = with(body, "standard_debt_description", json!(text));
        let body = with(body, "name", json!(format!("{marker}-{letter}")));
        ids.push(given::created(
            amili,
            "create a creditor",
            "/creditors",
            &body,
        )?);
    }
    let [xb, yc, xa, yd] = [&ids[0], &ids[1], &ids[2], &ids[3]];
    for (sort, expected) in [
        ("", [xb, yc, xa, yd]),
        ("standard_debt_description,name", [xa, xb, yc, yd]),
        ("-standard_debt_description,name", [yc, yd, xa, xb]),
        ("standard_debt_description,-name", [xb, xa, yd, yc]),
    ] {
        for (page, expected) in [("1", &expected[..2]), ("2", &expected[2..])] {
            let mut step = amili
                .step(format!("list page {page} with the sort {sort}"))
                .get("/creditors")
                .query("where", json!({ "description": marker }))
                .query("max_results", "2")
                .query("page", page);
            if !sort.is_empty() {
                step = step.query("sort", sort);
            }
            let list = step.expect(200)?;
            let wanted = match sort {
                // The two that are newest, where those come first.
                "" if list
                    .holds_in_order("/_items/*/_id", newest(&ids, page))
                    .is_ok() =>
                {
                    continue;
                }
                _ => expected,
            };
            list.holds_in_order("/_items/*/_id", wanted)?;
        }
    }
    Ok(())
}

/// A page of two where the newest come first.
fn newest<'i>(ids: &'i [Captured], page: &str) -> Vec<&'i Captured> {
    let skipped = if page == "1" { 0 } else { 2 };
    ids.iter().rev().skip(skipped).take(2).collect()
}
