//! Users, departments and permission groups: what is kept and what is listed.

use serde_json::{Value, json};

use super::{DEPARTMENTS, GROUPS, USERS, caller};
use crate::wrong::make::{altering, answered, asked, let_through, over_refused, requery, without};
use crate::wrong::server::{Talk, Wrong};

pub(super) fn all() -> Vec<Wrong> {
    [
        returned(),
        profile(),
        company(),
        companies(),
        otp(),
        parents(),
        owners(),
        visible(),
        filter(),
        flags(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What was kept of a creation, and what is answered, is changed.
fn kept(
    rule: &'static str,
    kind: &'static str,
    (method, path): (&'static str, &'static str),
    change: fn(&Talk<'_>, &mut Value),
) -> Wrong {
    Wrong::new(rule, kind, move |talk| {
        let mut answer = talk.forward();
        if !talk.is(method, path) || !answer.succeeded() {
            return answer;
        }
        let id = answer.json()["id"].clone();
        let list = talk.part(2).to_owned();
        let mut changed = false;
        let done = talk.arrange(|state| {
            for record in state["ams"][list.as_str()].as_array_mut().unwrap() {
                if record["id"] == id {
                    let before = record.clone();
                    change(talk, record);
                    changed = *record != before;
                }
            }
        });
        if done && changed {
            talk.alters();
            altering(talk, &mut answer, |body| change(talk, body));
        }
        answer
    })
}

fn returned() -> Vec<Wrong> {
    const RULE: &str = "ams.user.returns-id";
    vec![
        answered(RULE, "none", USERS, |_, body| without(body, "id")),
        answered(RULE, "null", USERS, |_, body| body["id"] = Value::Null),
        answered(RULE, "as a text", USERS, |_, body| {
            body["id"] = json!(body["id"].to_string())
        }),
        answered(RULE, "as a fraction", USERS, |_, body| {
            body["id"] = json!(body["id"].as_f64().unwrap_or_default() + 0.5);
        }),
        answered(RULE, "the same for all", USERS, |_, body| {
            body["id"] = json!(2)
        }),
        answered(RULE, "nobody's", USERS, |_, body| {
            body["id"] = json!(body["id"].as_i64().unwrap_or_default() + 1000);
        }),
        answered(RULE, "under another name", USERS, |_, body| {
            body["user_id"] = body["id"].clone();
            without(body, "id");
        }),
    ]
}

fn profile() -> Vec<Wrong> {
    const RULE: &str = "ams.user.profile";
    vec![
        kept(RULE, "names swapped", USERS, |_, user| {
            if user.get("profile").is_some() {
                user["profile"] = json!({ "name": user["surname"], "surname": user["name"] });
            }
        }),
        kept(RULE, "the e-mail address for a name", USERS, |_, user| {
            if user.get("profile").is_some() {
                user["profile"]["name"] = user["email"].clone();
            }
        }),
        asked(RULE, "no letters beyond ASCII", USERS, |_, body| {
            if body["surname"]
                .as_str()
                .is_some_and(|surname| !surname.is_ascii())
            {
                body["surname"] = json!("?berg");
            }
        }),
    ]
}

fn company() -> Vec<Wrong> {
    const RULE: &str = "ams.user.company-of-caller";
    fn sent(talk: &Talk<'_>) -> Value {
        talk.body()["company_id"].clone()
    }
    vec![
        kept(RULE, "as sent", USERS, |talk, user| {
            if sent(talk) == 42 {
                user["company_id"] = json!(42);
            }
        }),
        answered(RULE, "answered as sent", USERS, |talk, body| {
            if let Some(company) = talk.body().get("company_id") {
                body["company_id"] = company.clone();
            }
        }),
        kept(RULE, "none", USERS, |_, user| {
            user["company_id"] = Value::Null
        }),
        kept(RULE, "none unless sent", USERS, |talk, user| {
            if sent(talk).is_null() {
                user["company_id"] = Value::Null;
            }
        }),
        kept(RULE, "the other one", USERS, |talk, user| {
            if sent(talk).is_null() {
                user["company_id"] = json!(42);
            }
        }),
        over_refused(RULE, "must be sent", USERS, 422, |talk| {
            sent(talk).is_null()
        }),
        over_refused(RULE, "must not be sent", USERS, 422, |talk| {
            sent(talk) == 24
        }),
    ]
}

fn companies() -> Vec<Wrong> {
    const RULE: &str = "ams.user.company-must-exist";
    fn setup(talk: &Talk<'_>) -> bool {
        caller(talk).is_some_and(|caller| caller["company_id"].is_null())
    }
    vec![
        let_through(RULE, "a large number", |talk| {
            talk.body()["company_id"].as_i64() > Some(1000)
        }),
        let_through(RULE, "zero", |talk| talk.body()["company_id"] == 0),
        let_through(RULE, "a negative number", |talk| {
            talk.body()["company_id"].as_i64() < Some(0)
        }),
        let_through(RULE, "a neighbour", |talk| talk.body()["company_id"] == 25),
        over_refused(RULE, "none but 24", USERS, 422, |talk| {
            setup(talk) && talk.body()["company_id"] == 42
        }),
        over_refused(RULE, "not even 24", USERS, 422, |talk| {
            setup(talk) && talk.body()["company_id"] == 24
        }),
        Wrong::new(RULE, "none needed", |talk| {
            if talk.is(USERS.0, USERS.1) && setup(talk) && talk.body().get("company_id").is_none() {
                talk.alters();
                talk.asked.change(|body| body["company_id"] = json!(24));
            }
            talk.forward()
        }),
        kept(RULE, "another one kept", USERS, |talk, user| {
            if setup(talk) {
                let other = if talk.body()["company_id"] == 24 {
                    42
                } else {
                    24
                };
                user["company_id"] = json!(other);
            }
        }),
    ]
}

fn otp() -> Vec<Wrong> {
    const RULE: &str = "ams.user.mail-otp";
    let taken = |kind, when: fn(&Value) -> bool| {
        Wrong::new(RULE, kind, move |talk| {
            let otp = talk.body()["mail_otp"].clone();
            if talk.is(USERS.0, USERS.1) && when(&otp) {
                talk.alters();
                talk.asked.change(|body| body["mail_otp"] = json!(1));
            }
            talk.forward()
        })
    };
    vec![
        kept(RULE, "always 0", USERS, |_, user| {
            user["mail_otp"] = json!(0)
        }),
        kept(RULE, "always 1", USERS, |_, user| {
            user["mail_otp"] = json!(1)
        }),
        kept(RULE, "the other way round", USERS, |_, user| {
            if let Some(otp) = user["mail_otp"].as_i64() {
                user["mail_otp"] = json!(1 - otp);
            }
        }),
        answered(RULE, "as a boolean", USERS, |_, body| {
            if let Some(otp) = body["mail_otp"].as_i64() {
                body["mail_otp"] = json!(otp == 1);
            }
        }),
        taken("any number", |otp| {
            otp.as_i64().is_some_and(|otp| otp != 0 && otp != 1)
        }),
        taken("2", |otp| *otp == 2),
        taken("a negative number", |otp| otp.as_i64() < Some(0)),
        taken("any text", |otp| *otp == "on"),
        taken("a list", Value::is_array),
        taken("a fraction", |otp| *otp == 1.5),
    ]
}

fn parents() -> Vec<Wrong> {
    const RULE: &str = "ams.department.parent-exists";
    vec![
        let_through(RULE, "a large number", |talk| {
            talk.body()["parent_id"].as_i64() > Some(1000)
        }),
        let_through(RULE, "zero", |talk| talk.body()["parent_id"] == 0),
        asked(RULE, "lost", DEPARTMENTS, |_, body| {
            without(body, "parent_id")
        }),
        kept(RULE, "another one", DEPARTMENTS, |_, department| {
            if !department["parent_id"].is_null() {
                department["parent_id"] = json!(1);
            }
        }),
        kept(
            RULE,
            "one where none is named",
            DEPARTMENTS,
            |talk, department| {
                if talk.body().get("parent_id").is_none_or(Value::is_null) {
                    department["parent_id"] = json!(1);
                }
            },
        ),
        over_refused(RULE, "one level alone", DEPARTMENTS, 422, |talk| {
            let parent = talk.body()["parent_id"].clone();
            super::record(talk, "departments", &parent)
                .is_some_and(|parent| !parent["parent_id"].is_null())
        }),
        over_refused(RULE, "no parents", DEPARTMENTS, 422, |talk| {
            talk.body()["parent_id"].is_i64()
        }),
        over_refused(RULE, "a parent always", DEPARTMENTS, 422, |talk| {
            talk.body().get("parent_id").is_none_or(Value::is_null)
        }),
    ]
}

fn owners() -> Vec<Wrong> {
    const RULE: &str = "ams.department.company-of-caller";
    vec![
        kept(RULE, "as sent", DEPARTMENTS, |talk, department| {
            if talk.body()["company_id"] == 42 {
                department["company_id"] = json!(42);
            }
        }),
        answered(RULE, "answered as sent", DEPARTMENTS, |talk, body| {
            if let Some(company) = talk.body().get("company_id") {
                body["company_id"] = company.clone();
            }
        }),
        kept(RULE, "none", DEPARTMENTS, |_, department| {
            department["company_id"] = Value::Null
        }),
        kept(RULE, "none unless sent", DEPARTMENTS, |talk, department| {
            if talk.body().get("company_id").is_none() {
                department["company_id"] = Value::Null;
            }
        }),
        over_refused(RULE, "another one refused", DEPARTMENTS, 422, |talk| {
            talk.body()["company_id"] == 42
        }),
        over_refused(RULE, "must be sent", DEPARTMENTS, 422, |talk| {
            talk.body().get("company_id").is_none()
        }),
    ]
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
        answered(RULE, "as numbers", GROUPS, |_, body| {
            each(body, |group| group["editable"] = json!(1))
        }),
        answered(RULE, "as texts", GROUPS, |_, body| {
            each(body, |group| group["deletable"] = json!("no"))
        }),
        answered(RULE, "general ones editable", GROUPS, |_, body| {
            each(body, |group| group["editable"] = json!(true));
        }),
        answered(RULE, "general ones deletable", GROUPS, |_, body| {
            each(body, |group| group["deletable"] = json!(true));
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
