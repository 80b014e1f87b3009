//! Users and the access groups they are given.

use serde_json::{Value, json};

use crate::wrong::make::{asked, let_through, let_through_all, over_refused, shown, without};
use crate::wrong::server::{Talk, Wrong};

const POST: (&str, &str) = ("POST", "/users");

pub(super) fn all() -> Vec<Wrong> {
    [account(), exists(), own(), many(), decides(), enabled()]
        .into_iter()
        .flatten()
        .collect()
}

/// Whether a group stands at this place of the list, and whether it is one of the world's.
fn group_at(talk: &Talk<'_>, place: usize) -> Option<bool> {
    let body = talk.body();
    let id = body.pointer(&format!("/data_access/{place}/access_group"))?;
    let state = talk.state();
    let groups = state["amili"]["access--groups"].as_array()?;
    Some(
        groups
            .iter()
            .any(|group| group["_id"] == *id && group["account"] == body["account"]),
    )
}

fn groups(talk: &Talk<'_>) -> usize {
    talk.body()["data_access"].as_array().map_or(0, Vec::len)
}

fn account() -> Vec<Wrong> {
    const RULE: &str = "amili.user.account-exists";
    vec![
        let_through(RULE, "without groups", |talk| groups(talk) == 0),
        let_through_all(RULE, "with groups", POST, |talk| {
            groups(talk) > 0 && talk.body()["account"] == "ffffffffffffffffffffffff"
        }),
        asked(RULE, "the caller's for an unknown one", POST, |_, body| {
            if body["account"] == "ffffffffffffffffffffffff" {
                body["account"] = json!("6662fb1df4d1eaf404cb08de");
            }
        }),
        shown(RULE, "none shown", "users", |user| without(user, "account")),
    ]
}

fn exists() -> Vec<Wrong> {
    const RULE: &str = "amili.user.access-group-exists";
    vec![
        let_through(RULE, "the first alone judged", |talk| {
            group_at(talk, 0) == Some(true)
        }),
        let_through(RULE, "the last alone judged", |talk| {
            group_at(talk, groups(talk).saturating_sub(1)) == Some(true)
        }),
        let_through(RULE, "the first two alone judged", |talk| {
            groups(talk) > 2 && group_at(talk, 0) == Some(true) && group_at(talk, 1) == Some(true)
        }),
        let_through(RULE, "alone", |talk| groups(talk) == 1),
        let_through(RULE, "any id that is taken", |talk| {
            !String::from_utf8_lossy(&talk.asked.body).contains("ffffffffffffffffffffffff")
        }),
        asked(RULE, "drops them in silence", POST, |talk, body| {
            let state = talk.state();
            let known = state["amili"]["access--groups"].as_array().unwrap();
            if let Some(list) = body["data_access"].as_array_mut() {
                list.retain(|entry| {
                    known
                        .iter()
                        .any(|group| group["_id"] == entry["access_group"])
                });
            }
        }),
    ]
}

fn own() -> Vec<Wrong> {
    const RULE: &str = "amili.user.group-of-own-account";
    vec![
        let_through(RULE, "the first alone judged", |talk| {
            group_at(talk, 0) == Some(true)
        }),
        let_through(RULE, "the last alone judged", |talk| {
            group_at(talk, groups(talk).saturating_sub(1)) == Some(true)
        }),
        let_through(RULE, "alone", |talk| groups(talk) == 1),
        let_through(RULE, "one of them own", |talk| groups(talk) > 1),
        over_refused(RULE, "one creditor's alone", POST, 422, |talk| {
            groups(talk) > 1
        }),
        over_refused(RULE, "none of another account's", POST, 422, |talk| {
            talk.body()["account"] == "6662fb1df4d1eaf404cb0900"
        }),
    ]
}

fn many() -> Vec<Wrong> {
    const RULE: &str = "amili.user.many-groups";
    vec![
        asked(RULE, "the first alone kept", POST, |_, body| {
            list(body, |list| list.truncate(1));
        }),
        asked(RULE, "the last alone kept", POST, |_, body| {
            list(body, |list| {
                drop(list.drain(..list.len().saturating_sub(1)))
            });
        }),
        asked(RULE, "three at most", POST, |_, body| {
            list(body, |list| list.truncate(3))
        }),
        asked(RULE, "two at most", POST, |_, body| {
            list(body, |list| list.truncate(2))
        }),
        asked(RULE, "the other way round", POST, |_, body| {
            list(body, |list| list.reverse())
        }),
        asked(RULE, "one of each creditor", POST, |_, body| {
            list(body, |list| {
                let mut place = 0;
                list.retain(|_| {
                    place += 1;
                    place % 2 == 1
                });
            });
        }),
        over_refused(RULE, "one alone allowed", POST, 422, |talk| {
            groups(talk) > 1
        }),
        over_refused(RULE, "two alone allowed", POST, 422, |talk| {
            groups(talk) > 2
        }),
        shown(RULE, "ids for entries", "users", |user| {
            list(user, |list| {
                for entry in list {
                    *entry = entry["access_group"].clone();
                }
            });
        }),
        shown(RULE, "one shown", "users", |user| {
            list(user, |list| list.truncate(1))
        }),
    ]
}

fn list(document: &mut Value, change: impl FnOnce(&mut Vec<Value>)) {
    if let Some(list) = document
        .get_mut("data_access")
        .and_then(Value::as_array_mut)
    {
        change(list);
    }
}

/// Whether the first group of the body has this type.
fn is_of(talk: &Talk<'_>, kind: &str) -> bool {
    let id = talk.body()["data_access"][0]["access_group"].clone();
    let state = talk.state();
    let groups = state["amili"]["access--groups"].as_array().unwrap();
    groups
        .iter()
        .any(|group| group["_id"] == id && group["type"] == kind)
}

fn decides() -> Vec<Wrong> {
    const RULE: &str = "amili.user.group-decides";
    vec![
        asked(RULE, "admins are renamed", POST, |talk, body| {
            if is_of(talk, "admin") {
                body["name"] = json!(format!("{} (admin)", body["name"]));
            }
        }),
        asked(RULE, "users are disabled", POST, |talk, body| {
            if is_of(talk, "user") {
                body["is_enabled"] = json!(false);
            }
        }),
        asked(RULE, "users get no address", POST, |talk, body| {
            if is_of(talk, "user") {
                without(body, "email_data");
            }
        }),
        asked(RULE, "everybody gets the same group", POST, |talk, body| {
            if is_of(talk, "user") {
                let state = talk.state();
                let groups = state["amili"]["access--groups"].as_array().unwrap();
                let id = body["data_access"][0]["access_group"].clone();
                let place = groups.iter().position(|group| group["_id"] == id).unwrap();
                body["data_access"][0]["access_group"] = groups[place - 1]["_id"].clone();
            }
        }),
        asked(
            RULE,
            "admins get the other group, too",
            POST,
            |talk, body| {
                if is_of(talk, "admin") {
                    let state = talk.state();
                    let groups = state["amili"]["access--groups"].as_array().unwrap();
                    let id = body["data_access"][0]["access_group"].clone();
                    let place = groups.iter().position(|group| group["_id"] == id).unwrap();
                    let other = groups[place + 1]["_id"].clone();
                    list(body, |list| list.push(json!({ "access_group": other })));
                }
            },
        ),
        asked(
            RULE,
            "admins get a field of their own",
            POST,
            |talk, body| {
                if is_of(talk, "admin") {
                    body["log_case_registrations"] = json!(true);
                }
            },
        ),
        over_refused(RULE, "no account_admin", POST, 422, |talk| {
            is_of(talk, "account_admin")
        }),
        over_refused(RULE, "no user", POST, 422, |talk| is_of(talk, "user")),
        shown(RULE, "groups not shown", "users", |user| {
            without(user, "data_access")
        }),
    ]
}

fn enabled() -> Vec<Wrong> {
    const RULE: &str = "amili.user.enabled-default";
    vec![
        asked(RULE, "disabled", POST, |_, body| {
            if body.get("is_enabled").is_none() {
                body["is_enabled"] = json!(false);
            }
        }),
        shown(RULE, "not shown", "users", |user| {
            without(user, "is_enabled")
        }),
        shown(RULE, "always enabled", "users", |user| {
            crate::wrong::make::replaced(user, "is_enabled", json!(true));
        }),
        shown(RULE, "1 for true", "users", |user| {
            if user["is_enabled"] == true {
                user["is_enabled"] = json!(1);
            }
        }),
        over_refused(RULE, "must be said", POST, 422, |talk| {
            talk.body().get("is_enabled").is_none()
        }),
        over_refused(RULE, "never disabled", POST, 422, |talk| {
            talk.body()["is_enabled"] == false
        }),
    ]
}
