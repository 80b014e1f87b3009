//! Departments below departments: how deep, how many, and below which.

use serde_json::{Value, json};

use super::{DEPARTMENTS, record};
use crate::wrong::make::over_refused;
use crate::wrong::server::{Talk, Wrong};

const RULE: &str = "ams.department.hierarchy";

/// The departments above a new one, from its parent to the root.
fn above(talk: &Talk<'_>) -> Vec<Value> {
    let mut above = Vec::new();
    let mut next = talk.body()["parent_id"].clone();
    while let Some(department) = record(talk, "departments", &next).filter(|_| above.len() < 20) {
        above.push(next);
        next = department["parent_id"].clone();
    }
    above
}

/// A new department is put below another than the one sent.
fn below(kind: &'static str, parent: fn(&[Value]) -> Option<Value>) -> Wrong {
    Wrong::new(RULE, kind, move |talk| {
        if talk.is(DEPARTMENTS.0, DEPARTMENTS.1) {
            let above = above(talk);
            let sent = above.first().cloned();
            let parent = parent(&above);
            if sent.is_some() && parent != sent {
                talk.alters();
                talk.asked.change(|body| body["parent_id"] = json!(parent));
            }
        }
        talk.forward()
    })
}

pub(super) fn all() -> Vec<Wrong> {
    vec![
        over_refused(RULE, "two levels at most", DEPARTMENTS, 422, |talk| {
            above(talk).len() >= 2
        }),
        over_refused(RULE, "three levels at most", DEPARTMENTS, 422, |talk| {
            above(talk).len() >= 3
        }),
        over_refused(RULE, "five levels at most", DEPARTMENTS, 422, |talk| {
            above(talk).len() >= 5
        }),
        over_refused(RULE, "one child each", DEPARTMENTS, 422, |talk| {
            let parent = talk.body()["parent_id"].clone();
            let state = talk.state();
            let mut all = state["ams"]["departments"].as_array().into_iter().flatten();
            !parent.is_null() && all.any(|department| department["parent_id"] == parent)
        }),
        over_refused(RULE, "none below a new one", DEPARTMENTS, 422, |talk| {
            let state = talk.state();
            let last = state["ams"]["departments"]
                .as_array()
                .and_then(|all| all.last().cloned());
            last.is_some_and(|last| last["id"] == talk.body()["parent_id"])
        }),
        below("below the root", |above| above.last().cloned()),
        below("beside the parent", |above| above.get(1).cloned()),
        below("beside the third", |above| match above {
            [_, _, third, ..] => Some(third.clone()),
            _ => above.first().cloned(),
        }),
        below("never below any", |_| None),
    ]
}
