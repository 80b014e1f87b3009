//! Users and departments: what is kept of them.

use serde_json::{Value, json};

use super::{DEPARTMENTS, USERS, caller};
use crate::wrong::make::{altering, answered, asked, let_through, over_refused, without};
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
