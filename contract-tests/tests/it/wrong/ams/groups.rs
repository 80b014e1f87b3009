//! Permission groups: which are listed, and with what.

use serde_json::{Value, json};

use super::{GROUPS, caller};
use crate::wrong::make::{answered, over_refused, requery, without};
use crate::wrong::server::{Talk, Wrong};

pub(super) fn all() -> Vec<Wrong> {
    [visible(), filter(), flags()]
        .into_iter()
        .flatten()
        .collect()
}

/// The elements of a bare list.
fn groups(body: &mut Value, change: impl FnOnce(&mut Vec<Value>)) {
    if let Some(list) = body.as_array_mut() {
        change(list);
    }
}

fn visible() -> Vec<Wrong> {
    const RULE: &str = "ams.group.general-or-company";
    fn general(group: &Value) -> bool {
        group["company_id"].is_null()
    }
    fn foreign(talk: &Talk<'_>) -> Value {
        let all = talk
            .read_as("ams-setup", "/v2/admin/permission/groups")
            .json();
        let own = caller(talk).unwrap_or_default()["company_id"].clone();
        let list = all.as_array().cloned().unwrap_or_default();
        list.into_iter()
            .find(|group| !general(group) && group["company_id"] != own)
            .unwrap_or_default()
    }
    vec![
        answered(RULE, "no general ones", GROUPS, |_, body| {
            groups(body, |list| list.retain(|group| !general(group)));
        }),
        answered(RULE, "general ones alone", GROUPS, |_, body| {
            groups(body, |list| list.retain(general))
        }),
        answered(RULE, "another company's, too", GROUPS, |talk, body| {
            let foreign = foreign(talk);
            groups(body, |list| list.push(foreign));
        }),
        answered(
            RULE,
            "another company's as general",
            GROUPS,
            |talk, body| {
                let mut foreign = foreign(talk);
                foreign["company_id"] = Value::Null;
                groups(body, |list| list.push(foreign));
            },
        ),
        answered(RULE, "one missing", GROUPS, |_, body| {
            groups(body, |list| drop(list.pop()))
        }),
        answered(RULE, "one twice", GROUPS, |_, body| {
            groups(body, |list| list.extend(list.last().cloned()));
        }),
        answered(RULE, "none", GROUPS, |_, body| groups(body, Vec::clear)),
        answered(RULE, "24's for 42", GROUPS, |talk, body| {
            if caller(talk).is_some_and(|caller| caller["company_id"] == 42) {
                *body = talk
                    .read_as("ams-manager", "/v2/admin/permission/groups")
                    .json();
            }
        }),
    ]
}

fn filter() -> Vec<Wrong> {
    const RULE: &str = "ams.group.company-filter-ignored";
    fn asked_for(talk: &Talk<'_>) -> Option<i64> {
        let (_, company) = talk.asked.path.split_once("company_id=")?;
        company.parse().ok()
    }
    vec![
        answered(RULE, "heeded", GROUPS, |talk, body| {
            if let Some(company) = asked_for(talk) {
                groups(body, |list| {
                    list.retain(|group| {
                        group["company_id"].is_null() || group["company_id"] == company
                    });
                });
            }
        }),
        answered(RULE, "heeded strictly", GROUPS, |talk, body| {
            if let Some(company) = asked_for(talk) {
                groups(body, |list| {
                    list.retain(|group| group["company_id"] == company)
                });
            }
        }),
        Wrong::new(RULE, "opens the other company", |talk| {
            match asked_for(talk) {
                Some(42) => {
                    talk.alters();
                    talk.ask_as("ams-setup")
                }
                _ => talk.forward(),
            }
        }),
        over_refused(RULE, "another one refused", GROUPS, 403, |talk| {
            asked_for(talk).is_some_and(|company| company != 24)
        }),
        over_refused(RULE, "any refused", GROUPS, 422, |talk| {
            asked_for(talk) == Some(24)
        }),
        answered(RULE, "an unknown one empties", GROUPS, |talk, body| {
            if asked_for(talk) > Some(1000) {
                groups(body, Vec::clear);
            }
        }),
        Wrong::new(RULE, "ignored without a company, too", |talk| {
            if caller(talk).is_some_and(|caller| caller["company_id"].is_null()) {
                requery(talk, Vec::clear);
            }
            talk.forward()
        }),
    ]
}

fn flags() -> Vec<Wrong> {
    const RULE: &str = "ams.group.flags";
    fn each(body: &mut Value, change: impl Fn(&mut Value)) {
        groups(body, |list| list.iter_mut().for_each(change));
    }
    vec![
        answered(RULE, "no editable", GROUPS, |_, body| {
            each(body, |group| without(group, "editable"))
        }),
        answered(RULE, "no deletable", GROUPS, |_, body| {
            each(body, |group| without(group, "deletable"))
        }),
        answered(RULE, "as texts", GROUPS, |_, body| {
            each(body, |group| group["deletable"] = json!("no"))
        }),
        answered(RULE, "own ones fixed", GROUPS, |_, body| {
            each(body, |group| group["editable"] = json!(false));
        }),
        answered(RULE, "no name", GROUPS, |_, body| {
            each(body, |group| without(group, "name"))
        }),
        answered(RULE, "ids as texts", GROUPS, |_, body| {
            each(body, |group| group["id"] = json!(group["id"].to_string()));
        }),
        answered(RULE, "the first alone has them", GROUPS, |_, body| {
            groups(body, |list| {
                list.iter_mut()
                    .skip(1)
                    .for_each(|group| without(group, "editable"))
            });
        }),
    ]
}
