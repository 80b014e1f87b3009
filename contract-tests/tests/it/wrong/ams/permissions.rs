//! Permissions of the five calls, tokens, and what a group opens.

use serde_json::json;

use super::{ASSIGN, DEPARTMENTS, GROUPS, LINK, USERS, caller, ids};
use crate::wire::{Answer, Request};
use crate::wrong::make::{let_through, over_refused};
use crate::wrong::server::{Talk, Wrong};

pub(super) fn all() -> Vec<Wrong> {
    [checks(), tokens(), login_only(), opens()]
        .into_iter()
        .flatten()
        .collect()
}

/// Each call made without its permission, whichever rule would refuse it.
fn checks() -> Vec<Wrong> {
    const CALLS: [(&str, (&str, &str)); 5] = [
        ("ams.user.create-permission", USERS),
        ("ams.department.create-permission", DEPARTMENTS),
        ("ams.user-department.permission", LINK),
        ("ams.group.list-permission", GROUPS),
        ("ams.permission.assign-permission", ASSIGN),
    ];
    fn as_manager(talk: &Talk<'_>, refusal: Answer) -> Answer {
        let answer = talk.ask_as("ams-manager");
        if answer.succeeded() {
            talk.alters();
            return answer;
        }
        refusal
    }
    let missing = CALLS.into_iter().map(|(rule, (method, path))| {
        Wrong::new(rule, "not checked", move |talk| {
            let refusal = talk.forward();
            match talk.is(method, path) && refusal.status == 403 {
                true => as_manager(talk, refusal),
                false => refusal,
            }
        })
    });
    let any = CALLS.into_iter().map(|(rule, (method, path))| {
        Wrong::new(rule, "any group is enough", move |talk| {
            let refusal = talk.forward();
            let member = caller(talk).is_some_and(|caller| !ids(&caller, "groups").is_empty());
            match talk.is(method, path) && refusal.status == 403 && member {
                true => as_manager(talk, refusal),
                false => refusal,
            }
        })
    });
    let never = CALLS
        .into_iter()
        .map(|(rule, call)| over_refused(rule, "nobody may", call, 403, |_| true));
    missing.chain(any).chain(never).collect()
}

fn tokens() -> Vec<Wrong> {
    const RULE: &str = "ams.auth.unauthenticated";
    fn bearer<'t>(talk: &'t Talk<'_>) -> &'t str {
        talk.asked.header("authorization").unwrap_or_default()
    }
    vec![
        let_through(RULE, "without any", |talk| {
            talk.asked.header("authorization").is_none()
        }),
        let_through(RULE, "with any", |talk| !bearer(talk).is_empty()),
        let_through(RULE, "that begins rightly", |talk| {
            bearer(talk).contains("ams-manager")
        }),
        let_through(RULE, "of the other API", |talk| {
            bearer(talk).contains("amili")
        }),
        let_through(RULE, "for lists", |talk| talk.asked.method == "GET"),
        let_through(RULE, "for users", |talk| talk.is(USERS.0, USERS.1)),
        let_through(RULE, "for departments", |talk| {
            talk.is(DEPARTMENTS.0, DEPARTMENTS.1)
        }),
        let_through(RULE, "for links", |talk| talk.is(LINK.0, LINK.1)),
        let_through(RULE, "for grants", |talk| talk.is(ASSIGN.0, ASSIGN.1)),
    ]
}

fn login_only() -> Vec<Wrong> {
    const RULE: &str = "ams.user.login-only";
    vec![
        let_through(RULE, "may list groups", |talk| talk.is(GROUPS.0, GROUPS.1)),
        let_through(RULE, "may create users", |talk| talk.is(USERS.0, USERS.1)),
        let_through(RULE, "may grant", |talk| talk.is(ASSIGN.0, ASSIGN.1)),
        Wrong::new(RULE, "a group from the start", |talk| {
            let answer = talk.forward();
            if talk.is(USERS.0, USERS.1) && answer.succeeded() {
                let id = answer.json()["id"].clone();
                let done = talk.arrange(|state| {
                    for user in state["ams"]["users"].as_array_mut().unwrap() {
                        if user["id"] == id {
                            user["groups"] = json!([1]);
                        }
                    }
                });
                if done {
                    talk.alters();
                }
            }
            answer
        }),
        over_refused(RULE, "a group is not enough", GROUPS, 403, |talk| {
            caller(talk).is_some_and(|caller| caller["groups"] == json!([1]))
        }),
    ]
}

fn opens() -> Vec<Wrong> {
    const RULE: &str = "ams.permission.opens-features";
    fn made(talk: &Talk<'_>) -> bool {
        caller(talk).is_some_and(|caller| caller["id"].as_i64() > Some(4))
    }
    fn refused() -> Answer {
        Answer::new(403, &json!({ "message": "Forbidden" }))
    }
    vec![
        Wrong::new(RULE, "never", |talk| {
            if made(talk) {
                talk.alters();
                return refused();
            }
            talk.forward()
        }),
        Wrong::new(RULE, "not at once", |talk| {
            let answer = talk.forward();
            if made(talk) && answer.succeeded() && talk.count("calls") == 0 {
                talk.alters();
                return refused();
            }
            answer
        }),
        Wrong::new(RULE, "what was opened stays open", |talk| {
            let call = format!("{} {}", talk.asked.method, talk.part(4));
            let answer = talk.forward();
            if !made(talk) {
                return answer;
            }
            if answer.succeeded() {
                talk.remember(&call, json!(true));
            }
            if answer.status == 403 && talk.recall(&call).is_some() {
                talk.alters();
                return talk.ask_as("ams-manager");
            }
            answer
        }),
        Wrong::new(RULE, "grants last, whatever else ends", |talk| {
            let answer = talk.forward();
            if made(talk) && talk.is(ASSIGN.0, ASSIGN.1) {
                if answer.succeeded() {
                    talk.remember("granted", json!(true));
                } else if talk.recall("granted").is_some() && answer.status == 403 {
                    talk.alters();
                    return talk.ask_as("ams-manager");
                }
            }
            answer
        }),
        Wrong::new(RULE, "the first group alone counts", |talk| {
            let member = caller(talk).unwrap_or_default();
            let groups = ids(&member, "groups");
            if !made(talk) || groups.len() < 2 {
                return talk.forward();
            }
            talk.alters();
            let set = |groups: &serde_json::Value| {
                talk.arrange(|state| {
                    for user in state["ams"]["users"].as_array_mut().unwrap() {
                        if user["id"] == member["id"] {
                            user["groups"] = groups.clone();
                        }
                    }
                })
            };
            set(&json!([groups[0]]));
            let answer = talk.forward();
            set(&json!(groups));
            answer
        }),
        Wrong::new(RULE, "one group opens all", |talk| {
            let answer = talk.forward();
            let member = caller(talk).unwrap_or_default();
            if made(talk) && answer.status == 403 && !ids(&member, "groups").is_empty() {
                talk.alters();
                let mut request: Request = talk.asked.clone();
                request.authorise("ams-manager");
                return talk.ask(&request);
            }
            answer
        }),
    ]
}
