//! Departments and groups of users: what an assignment does.

use serde_json::{Value, json};

use super::{ASSIGN, LINK, caller, ids, powers, target};
use crate::wire::Answer;
use crate::wrong::accept::{Keeping, accepted};
use crate::wrong::make::{answered, asked, let_through, over_refused};
use crate::wrong::server::{Talk, Wrong};

pub(super) fn all() -> Vec<Wrong> {
    [links(), known(), replaces(), own(), power()]
        .into_iter()
        .flatten()
        .collect()
}

fn change_list(body: &mut Value, member: &str, change: impl FnOnce(&mut Vec<Value>)) {
    if let Some(list) = body.get_mut(member).and_then(Value::as_array_mut) {
        change(list);
    }
}

/// After a success, users other than the target get what it got.
fn leaking(
    rule: &'static str,
    (method, path): (&'static str, &'static str),
    member: &'static str,
) -> Wrong {
    Wrong::new(rule, "everybody's", move |talk| {
        let answer = talk.forward();
        if talk.is(method, path) && answer.succeeded() {
            let list = talk.body()[member].clone();
            let done = talk.arrange(|state| {
                for user in state["ams"]["users"].as_array_mut().unwrap() {
                    if user["id"].as_i64() > Some(4) {
                        user[member] = list.clone();
                    }
                }
            });
            if done {
                talk.alters();
            }
        }
        answer
    })
}

fn links() -> Vec<Wrong> {
    const RULE: &str = "ams.user-department.links";
    vec![
        asked(RULE, "the first alone", LINK, |_, body| {
            change_list(body, "departments", |list| list.truncate(1));
        }),
        asked(RULE, "the last alone", LINK, |_, body| {
            change_list(body, "departments", |list| {
                drop(list.drain(..list.len().saturating_sub(1)))
            });
        }),
        asked(RULE, "two at most", LINK, |_, body| {
            change_list(body, "departments", |list| list.truncate(2));
        }),
        Wrong::new(RULE, "none", |talk| {
            if talk.is(LINK.0, LINK.1) {
                let before = talk.state();
                let answer = talk.forward();
                if answer.succeeded() {
                    talk.rewind(&before);
                    talk.alters();
                }
                return answer;
            }
            talk.forward()
        }),
        over_refused(RULE, "one at a time", LINK, 422, |talk| {
            ids(&talk.body(), "departments").len() > 1
        }),
        over_refused(RULE, "never one alone", LINK, 422, |talk| {
            ids(&talk.body(), "departments").len() == 1
        }),
        answered(RULE, "one too few answered", LINK, |_, body| {
            change_list(body, "departments", |list| drop(list.pop()));
        }),
        leaking(RULE, LINK, "departments"),
    ]
}

/// Whether the entry at a place of the list is refused alone.
fn known() -> Vec<Wrong> {
    const DEPARTMENTS: &str = "ams.user-department.departments-exist";
    const GROUPS: &str = "ams.permission.group-exists";
    fn unknown(id: &Value) -> bool {
        id.as_i64() > Some(1000)
    }
    fn list(talk: &Talk<'_>) -> Vec<Value> {
        let member = if talk.part(2) == "user" {
            "groups"
        } else {
            "departments"
        };
        ids(&talk.body(), member)
    }
    let judged = |rule| {
        [
            let_through(rule, "the first alone judged", |talk| {
                list(talk).first().is_some_and(|id| !unknown(id))
            }),
            let_through(rule, "the last alone judged", |talk| {
                list(talk).last().is_some_and(|id| !unknown(id))
            }),
            let_through(rule, "one known is enough", |talk| {
                list(talk).iter().any(|id| !unknown(id))
            }),
            let_through(rule, "alone", |talk| list(talk).len() == 1),
        ]
    };
    let partly = |rule| {
        Wrong::new(rule, "the known kept", move |talk| {
            let refusal = talk.forward();
            if refusal.header("x-mock-rule") == Some(rule)
                && list(talk).iter().any(|id| !unknown(id))
                && accepted(talk, Keeping::All).is_some()
            {
                talk.alters();
            }
            refusal
        })
    };
    let emptied = Wrong::new(GROUPS, "everything taken away", |talk| {
        let refusal = talk.forward();
        if refusal.header("x-mock-rule") == Some(GROUPS) {
            let id: i64 = talk.part(3).parse().unwrap();
            talk.arrange(|state| {
                for user in state["ams"]["users"].as_array_mut().unwrap() {
                    if user["id"] == id {
                        user["groups"] = json!([]);
                    }
                }
            });
            talk.alters();
        }
        refusal
    });
    let mut all: Vec<Wrong> = [judged(DEPARTMENTS), judged(GROUPS)]
        .into_iter()
        .flatten()
        .collect();
    all.extend([partly(DEPARTMENTS), partly(GROUPS), emptied]);
    all
}

fn replaces() -> Vec<Wrong> {
    const RULE: &str = "ams.permission.replace-all";
    vec![
        asked(RULE, "adds", ASSIGN, |talk, body| {
            let kept = ids(&target(talk).unwrap_or_default(), "groups");
            change_list(body, "groups", |list| {
                for group in kept {
                    if !list.contains(&group) {
                        list.push(group);
                    }
                }
            });
        }),
        asked(RULE, "takes away one alone", ASSIGN, |talk, body| {
            let kept = ids(&target(talk).unwrap_or_default(), "groups");
            change_list(body, "groups", |list| {
                if list.len() == 1 && kept.len() == 1 && list[0] != kept[0] {
                    list.extend(kept);
                }
            });
        }),
        asked(
            RULE,
            "never takes away general ones",
            ASSIGN,
            |talk, body| {
                let kept = ids(&target(talk).unwrap_or_default(), "groups");
                change_list(body, "groups", |list| {
                    if kept.contains(&json!(1)) && !list.contains(&json!(1)) {
                        list.push(json!(1));
                    }
                });
            },
        ),
        asked(RULE, "the first alone kept", ASSIGN, |_, body| {
            change_list(body, "groups", |list| list.truncate(1));
        }),
        asked(RULE, "the last alone kept", ASSIGN, |_, body| {
            change_list(body, "groups", |list| {
                drop(list.drain(..list.len().saturating_sub(1)))
            });
        }),
        asked(RULE, "toggles", ASSIGN, |talk, body| {
            let kept = ids(&target(talk).unwrap_or_default(), "groups");
            change_list(body, "groups", |list| {
                if list.len() > 1 {
                    list.retain(|group| !kept.contains(group));
                }
            });
        }),
        Wrong::new(RULE, "nothing changes", |talk| {
            if talk.is(ASSIGN.0, ASSIGN.1)
                && target(talk).is_some_and(|user| !ids(&user, "groups").is_empty())
            {
                let before = talk.state();
                let answer = talk.forward();
                if answer.succeeded() {
                    talk.rewind(&before);
                    talk.alters();
                }
                return answer;
            }
            talk.forward()
        }),
        answered(RULE, "more answered", ASSIGN, |_, body| {
            change_list(body, "groups", |list| list.push(json!(3)));
        }),
        leaking(RULE, ASSIGN, "groups"),
    ]
}

fn own() -> Vec<Wrong> {
    const RULE: &str = "ams.permission.no-self-change";
    fn kept(talk: &Talk<'_>) -> Vec<Value> {
        ids(&caller(talk).unwrap_or_default(), "groups")
    }
    let own_too = |kind, when: fn(&Talk<'_>) -> bool| {
        // Done by state: nobody else may grant as much.
        Wrong::new(RULE, kind, move |talk| {
            let refusal = talk.forward();
            if refusal.header("x-mock-rule") != Some(RULE) || !when(talk) {
                return refusal;
            }
            let (id, list) = (
                talk.part(3).parse::<i64>().unwrap(),
                talk.body()["groups"].clone(),
            );
            talk.arrange(|state| {
                for user in state["ams"]["users"].as_array_mut().unwrap() {
                    if user["id"] == id {
                        user["groups"] = list.clone();
                    }
                }
            });
            talk.alters();
            Answer::new(200, &json!({ "groups": list }))
        })
    };
    vec![
        own_too("fewer are fine", |talk| {
            let kept = kept(talk);
            let list = ids(&talk.body(), "groups");
            !list.is_empty()
                && list.len() < kept.len()
                && list.iter().all(|group| kept.contains(group))
        }),
        own_too("more are fine", |talk| {
            ids(&talk.body(), "groups").len() > kept(talk).len()
        }),
        own_too("who holds all may", |talk| kept(talk).contains(&json!(3))),
        own_too("the built-in alone may not", |talk| {
            talk.part(3).parse::<i64>().is_ok_and(|id| id > 4)
        }),
        own_too("the manager may", |talk| talk.part(3) == "2"),
        own_too("none are fine", |talk| {
            ids(&talk.body(), "groups").is_empty()
        }),
    ]
}

fn power() -> Vec<Wrong> {
    const RULE: &str = "ams.permission.no-more-power";
    fn list(talk: &Talk<'_>) -> Vec<Value> {
        ids(&talk.body(), "groups")
    }
    fn holds(talk: &Talk<'_>, group: &Value) -> bool {
        let caller = caller(talk).unwrap_or_default();
        let own: Vec<Value> = ids(&caller, "groups")
            .iter()
            .flat_map(|group| powers(talk, group))
            .collect();
        powers(talk, group).iter().all(|power| own.contains(power))
    }
    let stricter = |kind, when: fn(&Talk<'_>) -> bool| over_refused(RULE, kind, ASSIGN, 403, when);
    vec![
        let_through(RULE, "the last alone judged", |talk| {
            list(talk).last().is_some_and(|group| holds(talk, group))
        }),
        let_through(RULE, "the first alone judged", |talk| {
            list(talk).first().is_some_and(|group| holds(talk, group))
        }),
        let_through(RULE, "one held is enough", |talk| {
            list(talk).iter().any(|group| holds(talk, group))
        }),
        let_through(RULE, "general groups are free", |talk| {
            list(talk).iter().all(|group| {
                super::record(talk, "groups", group)
                    .is_some_and(|group| group["company_id"].is_null())
            })
        }),
        let_through(RULE, "as many permissions", |talk| {
            let caller = caller(talk).unwrap_or_default();
            let own: usize = ids(&caller, "groups")
                .iter()
                .map(|group| powers(talk, group).len())
                .sum();
            list(talk)
                .iter()
                .all(|group| powers(talk, group).len() <= own)
        }),
        let_through(RULE, "groups held by somebody", |talk| {
            let state = talk.state();
            let users = state["ams"]["users"].as_array().unwrap();
            list(talk).iter().all(|group| {
                users
                    .iter()
                    .any(|user| user["id"] != 1 && ids(user, "groups").contains(group))
            })
        }),
        let_through(RULE, "for managers with two groups", |talk| {
            ids(&caller(talk).unwrap_or_default(), "groups").len() > 1
        }),
        let_through(RULE, "for callers with one group", |talk| {
            ids(&caller(talk).unwrap_or_default(), "groups").len() == 1
        }),
        stricter("one own group must hold them all", |talk| {
            let caller = caller(talk).unwrap_or_default();
            let own = ids(&caller, "groups");
            let wanted: Vec<Value> = list(talk)
                .iter()
                .flat_map(|group| powers(talk, group))
                .collect();
            !own.iter().any(|group| {
                let held = powers(talk, group);
                wanted.iter().all(|power| held.contains(power))
            })
        }),
        stricter("the very groups held", |talk| {
            let own = ids(&caller(talk).unwrap_or_default(), "groups");
            list(talk).iter().any(|group| !own.contains(group))
        }),
        stricter("less than one's own", |talk| {
            let own = ids(&caller(talk).unwrap_or_default(), "groups");
            own.iter().all(|group| list(talk).contains(group))
        }),
    ]
}
