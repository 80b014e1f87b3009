//! Access groups: which there are, and what they show.

use serde_json::{Value, json};

use crate::wrong::make::{altering, listed, replaced, shown, without};
use crate::wrong::server::{Talk, Wrong};

const GROUPS: &str = "access--groups";

pub(super) fn all() -> Vec<Wrong> {
    [on_creation(), account_level(), names()]
        .into_iter()
        .flatten()
        .collect()
}

fn on_creation() -> Vec<Wrong> {
    const RULE: &str = "amili.access-group.on-creation";
    vec![
        listed(RULE, "no admin", GROUPS, |items| {
            items.retain(|item| item["type"] != "admin")
        }),
        listed(RULE, "no user", GROUPS, |items| {
            items.retain(|item| item["type"] != "user")
        }),
        listed(RULE, "none at all", GROUPS, |items| {
            items.retain(|item| !of_creditor(item))
        }),
        listed(RULE, "one too many", GROUPS, |items| {
            if let Some(last) = items.iter().rfind(|item| of_creditor(item)).cloned() {
                items.push(changed(&last, "_id", json!("aaaaaaaaaaaaaaaaaaaaaaaa")));
            }
        }),
        listed(RULE, "one twice", GROUPS, |items| {
            let last = items.iter().rfind(|item| of_creditor(item)).cloned();
            items.extend(last);
        }),
        shown(RULE, "both admin", GROUPS, |item| {
            at_level(item, "type", json!("admin"))
        }),
        shown(RULE, "both user", GROUPS, |item| {
            at_level(item, "type", json!("user"))
        }),
        shown(RULE, "wrong names", GROUPS, |item| {
            at_level(item, "name", json!("group"))
        }),
        shown(RULE, "wrong creditor", GROUPS, |item| {
            at_level(item, "creditor", json!("aaaaaaaaaaaaaaaaaaaaaaaa"));
        }),
        shown(RULE, "no creditor", GROUPS, |item| {
            without(item, "creditor")
        }),
        shown(RULE, "wrong account", GROUPS, |item| {
            at_level(item, "account", json!("6662fb1df4d1eaf404cb0900"));
        }),
        shown(RULE, "account's types", GROUPS, |item| {
            let kind = if item["type"] == "admin" {
                "account_admin"
            } else {
                "api_user"
            };
            at_level(item, "type", json!(kind));
        }),
        Wrong::new(RULE, "not read alone", |talk| not_found_alone(talk)),
        Wrong::new(RULE, "another read alone", |talk| {
            let mut answer = talk.forward();
            if talk.is("GET", "/access--groups/*") && answer.succeeded() {
                altering(talk, &mut answer, |item| {
                    let kind = if item["type"] == "admin" {
                        "user"
                    } else {
                        "admin"
                    };
                    at_level(item, "type", json!(kind));
                });
            }
            answer
        }),
        only_with(RULE, "only when active", |creditor| {
            creditor["is_active"] == true
        }),
        only_with(RULE, "only when inactive", |creditor| {
            creditor["is_active"] == false
        }),
        Wrong::new(RULE, "the last creditor's alone", |talk| {
            of_some_creditors(talk, |state, creditor| {
                let creditors = state["amili"]["creditors"].as_array().unwrap();
                creditors
                    .last()
                    .is_some_and(|last| last["_id"] == *creditor)
            })
        }),
        Wrong::new(RULE, "the first creditor's alone", |talk| {
            of_some_creditors(talk, |state, creditor| {
                let creditors = state["amili"]["creditors"].as_array().unwrap();
                // The first that a run makes: the foreign world has one before.
                creditors
                    .get(1)
                    .is_none_or(|first| first["_id"] == *creditor)
                    || creditors[0]["_id"] == *creditor
            })
        }),
        Wrong::new(RULE, "for a refused creditor, too", |talk| {
            let answer = talk.forward();
            if talk.is("POST", "/creditors") && answer.status == 422 {
                let name = talk.body()["name"].clone();
                let added = talk.arrange(|state| {
                    let groups = state["amili"][GROUPS].as_array_mut().unwrap();
                    let mut group = groups.last().unwrap().clone();
                    group["_id"] = json!("aaaaaaaaaaaaaaaaaaaaaaaa");
                    groups.push(group);
                });
                talk.remember("name", name);
                if added {
                    talk.alters();
                }
            }
            let mut answer = answer;
            if let Some(name) = talk.recall("name")
                && talk.part(0) == GROUPS
            {
                altering(talk, &mut answer, |body| {
                    for item in body["_items"].as_array_mut().into_iter().flatten() {
                        if item["_id"] == "aaaaaaaaaaaaaaaaaaaaaaaa" {
                            item["creditor_name"] = name.clone();
                        }
                    }
                });
            }
            answer
        }),
    ]
}

fn of_creditor(item: &Value) -> bool {
    item.get("creditor").is_some()
}

fn changed(item: &Value, field: &str, value: Value) -> Value {
    let mut item = item.clone();
    item[field] = value;
    item
}

/// Changes a group of a creditor.
fn at_level(item: &mut Value, field: &str, value: Value) {
    if of_creditor(item) {
        item[field] = value;
    }
}

fn not_found_alone(talk: &Talk<'_>) -> crate::wire::Answer {
    if talk.is("GET", "/access--groups/*") {
        talk.alters();
        let error = json!({ "code": 404, "message": "x" });
        return crate::wire::Answer::new(404, &json!({ "_status": "ERR", "_error": error }));
    }
    talk.forward()
}

/// Only creditors that were created so have groups.
fn only_with(rule: &'static str, kind: &'static str, kept: fn(&Value) -> bool) -> Wrong {
    Wrong::new(rule, kind, move |talk| {
        let answer = talk.forward();
        if talk.is("POST", "/creditors") && answer.succeeded() && !kept(&talk.body()) {
            let creditor = answer.json()["_id"].clone();
            let done = talk.arrange(|state| {
                let groups = state["amili"][GROUPS].as_array_mut().unwrap();
                groups.retain(|group| group["creditor"] != creditor);
            });
            if done {
                talk.alters();
            }
        }
        answer
    })
}

/// Lists show the groups of some creditors only.
fn of_some_creditors(talk: &Talk<'_>, some: fn(&Value, &Value) -> bool) -> crate::wire::Answer {
    let mut answer = talk.forward();
    if talk.is("GET", "/access--groups") && answer.succeeded() {
        let state = talk.state();
        altering(talk, &mut answer, |body| {
            let items = body["_items"].as_array_mut().unwrap();
            items.retain(|item| !of_creditor(item) || some(&state, &item["creditor"]));
            body["_meta"]["total"] = json!(items.len());
        });
    }
    answer
}

fn account_level() -> Vec<Wrong> {
    const RULE: &str = "amili.access-group.account-level";
    vec![
        listed(RULE, "no api_user", GROUPS, |items| {
            items.retain(|item| item["type"] != "api_user")
        }),
        listed(RULE, "no account_admin", GROUPS, |items| {
            items.retain(|item| item["type"] != "account_admin");
        }),
        listed(RULE, "one twice", GROUPS, |items| {
            let first = items.iter().find(|item| !of_creditor(item)).cloned();
            items
                .extend(first.map(|item| changed(&item, "_id", json!("aaaaaaaaaaaaaaaaaaaaaaaa"))));
        }),
        shown(RULE, "with a creditor", GROUPS, |item| {
            if !of_creditor(item) {
                item["creditor"] = json!("aaaaaaaaaaaaaaaaaaaaaaaa");
            }
        }),
        shown(RULE, "with a null creditor", GROUPS, |item| {
            if !of_creditor(item) && item.is_object() {
                item["creditor"] = Value::Null;
            }
        }),
        shown(RULE, "with a creditor's name", GROUPS, |item| {
            if !of_creditor(item) {
                item["creditor_name"] = json!("Acme Inc");
            }
        }),
        shown(RULE, "wrong names", GROUPS, |item| {
            if !of_creditor(item) {
                item["name"] = json!("group");
            }
        }),
        shown(RULE, "wrong account", GROUPS, |item| {
            if !of_creditor(item) {
                replaced(item, "account", json!("aaaaaaaaaaaaaaaaaaaaaaaa"));
            }
        }),
        shown(RULE, "no account", GROUPS, |item| without(item, "account")),
        Wrong::new(RULE, "gone once there is a creditor", |talk| {
            let mut answer = talk.forward();
            if talk.is("POST", "/creditors") {
                talk.remember("creditor", json!(true));
            }
            if talk.is("GET", "/access--groups") && talk.recall("creditor").is_some() {
                altering(talk, &mut answer, |body| {
                    let items = body["_items"].as_array_mut().unwrap();
                    items.retain(of_creditor);
                    body["_meta"]["total"] = json!(items.len());
                });
            }
            answer
        }),
        Wrong::new(RULE, "one more with each creditor", |talk| {
            let answer = talk.forward();
            if talk.is("POST", "/creditors") && answer.succeeded() {
                let made = talk.count("made");
                let done = talk.arrange(|state| {
                    let groups = state["amili"][GROUPS].as_array_mut().unwrap();
                    let first = groups.iter().find(|group| group["type"] == "account_admin");
                    let id = format!("aaaaaaaaaaaaaaaaaaaaaaa{made}");
                    groups.push(changed(&first.unwrap().clone(), "_id", json!(id)));
                });
                if done {
                    talk.alters();
                }
            }
            answer
        }),
    ]
}

fn names() -> Vec<Wrong> {
    const RULE: &str = "amili.access-group.shows-names";
    vec![
        shown(RULE, "no account name", GROUPS, |item| {
            without(item, "account_name")
        }),
        shown(RULE, "no creditor name", GROUPS, |item| {
            without(item, "creditor_name")
        }),
        shown(RULE, "null names", GROUPS, |item| {
            replaced(item, "creditor_name", Value::Null);
        }),
        shown(RULE, "the account's for the creditor's", GROUPS, |item| {
            let name = item["account_name"].clone();
            replaced(item, "creditor_name", name);
        }),
        shown(RULE, "the creditor's for the account's", GROUPS, |item| {
            if let Some(name) = item.get("creditor_name").cloned() {
                item["account_name"] = name;
            }
        }),
        shown(RULE, "ids for names", GROUPS, |item| {
            let id = item["creditor"].clone();
            replaced(item, "creditor_name", id);
        }),
        Wrong::new(RULE, "in lists only", |talk| {
            let mut answer = talk.forward();
            if talk.is("GET", "/access--groups/*") {
                altering(talk, &mut answer, |item| {
                    without(item, "creditor_name");
                    without(item, "account_name");
                });
            }
            answer
        }),
        Wrong::new(RULE, "alone only", |talk| {
            let mut answer = talk.forward();
            if talk.is("GET", "/access--groups") {
                altering(talk, &mut answer, |body| {
                    for item in body["_items"].as_array_mut().into_iter().flatten() {
                        without(item, "creditor_name");
                    }
                });
            }
            answer
        }),
    ]
}
