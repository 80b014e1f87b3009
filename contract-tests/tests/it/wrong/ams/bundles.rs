//! Groups that give less than they bundle, or more.

use serde_json::{Value, json};

use super::{ASSIGN, DEPARTMENTS, GROUPS, LINK, USERS, caller, ids, powers};
use crate::wire::Answer;
use crate::wrong::server::{Talk, Wrong};

const RULE: &str = "ams.group.bundles-permissions";

const CALLS: [(&str, (&str, &str)); 5] = [
    ("write_users", USERS),
    ("write_departments", DEPARTMENTS),
    ("write_user_department", LINK),
    ("read_groups", GROUPS),
    ("write_permission_user", ASSIGN),
];

/// What one group of a new user bundles, and the permission that their call takes.
fn at_stake(talk: &Talk<'_>) -> Option<(Vec<Value>, Value)> {
    let (permission, _) = CALLS
        .iter()
        .find(|(_, (method, path))| talk.is(method, path))?;
    let caller = caller(talk).filter(|caller| caller["id"].as_i64() > Some(4))?;
    match ids(&caller, "groups").as_slice() {
        [group] => Some((powers(talk, group), json!(permission))),
        _ => None,
    }
}

/// A permission of the bundle is not given.
fn withheld(kind: &'static str, when: fn(&[Value], &Value) -> bool) -> Wrong {
    Wrong::new(RULE, kind, move |talk| match at_stake(talk) {
        Some((bundle, permission))
            if bundle.contains(&permission) && when(&bundle, &permission) =>
        {
            talk.alters();
            Answer::new(403, &json!({ "message": "Forbidden" }))
        }
        _ => talk.forward(),
    })
}

/// A permission that is not in the bundle is given.
fn added(kind: &'static str, when: fn(&[Value], &Value) -> bool) -> Wrong {
    Wrong::new(RULE, kind, move |talk| match at_stake(talk) {
        Some((bundle, permission))
            if !bundle.contains(&permission) && when(&bundle, &permission) =>
        {
            talk.alters();
            talk.ask_as("ams-manager")
        }
        _ => talk.forward(),
    })
}

pub(super) fn all() -> Vec<Wrong> {
    vec![
        withheld("the first alone", |bundle, asked| {
            bundle.first() != Some(asked)
        }),
        withheld("the last alone", |bundle, asked| {
            bundle.last() != Some(asked)
        }),
        withheld("two at most", |bundle, asked| {
            !bundle[..bundle.len().min(2)].contains(asked)
        }),
        withheld("four at most", |bundle, asked| bundle.get(4) == Some(asked)),
        withheld("no reading where there is writing", |_, asked| {
            *asked == "read_groups"
        }),
        added("writing brings reading", |_, asked| *asked == "read_groups"),
        added("users bring departments", |bundle, asked| {
            bundle.contains(&json!("write_users")) && *asked == "write_departments"
        }),
        added("three bring all", |bundle, _| bundle.len() >= 3),
        added("everything", |_, _| true),
    ]
}
