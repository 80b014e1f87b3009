//! Servers that break single rules of AMS.

mod assignments;
mod bundles;
mod groups;
mod hierarchy;
mod mails;
mod new_users;
mod paths;
mod permissions;
mod records;

use serde_json::Value;

use super::server::{Talk, Wrong};

pub(super) fn all() -> Vec<Wrong> {
    [
        assignments::all(),
        bundles::all(),
        groups::all(),
        hierarchy::all(),
        mails::all(),
        new_users::all(),
        paths::all(),
        permissions::all(),
        records::all(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

const USERS: (&str, &str) = ("POST", "/v2/admin/users");
const DEPARTMENTS: (&str, &str) = ("POST", "/v2/admin/departments");
const LINK: (&str, &str) = ("POST", "/v2/admin/users/*/department");
const GROUPS: (&str, &str) = ("GET", "/v2/admin/permission/groups");
const ASSIGN: (&str, &str) = ("POST", "/v2/admin/user/*/groups");

/// The record with this id in a list of the state.
fn record(talk: &Talk<'_>, list: &str, id: &Value) -> Option<Value> {
    let state = talk.state();
    let records = state["ams"][list].as_array()?;
    records.iter().find(|record| record["id"] == *id).cloned()
}

/// The user in the path of an assignment.
fn target(talk: &Talk<'_>) -> Option<Value> {
    let id: i64 = talk.part(3).parse().ok()?;
    record(talk, "users", &id.into())
}

/// The user who calls.
fn caller(talk: &Talk<'_>) -> Option<Value> {
    let token = talk
        .asked
        .header("authorization")?
        .strip_prefix("Bearer ")?;
    let state = talk.state();
    let tokens = state["tokens"].as_array()?;
    let known = tokens.iter().find(|known| known["token"] == token)?;
    record(talk, "users", &known["user"])
}

/// The permissions of one group.
fn powers(talk: &Talk<'_>, group: &Value) -> Vec<Value> {
    let group = record(talk, "groups", group).unwrap_or_default();
    group["permissions"].as_array().cloned().unwrap_or_default()
}

/// The ids in a member of a body or a record.
fn ids(holder: &Value, member: &str) -> Vec<Value> {
    holder[member].as_array().cloned().unwrap_or_default()
}
