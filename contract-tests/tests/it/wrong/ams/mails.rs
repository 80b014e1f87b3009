//! Mails to new users. Whether one is sent is altered by the preference that the mock reads.

use serde_json::{Value, json};

use super::{USERS, caller, record};
use crate::wrong::server::{Talk, Wrong};

const RULE: &str = "ams.user.mail-on-creation";
const KEY: &str = "send_email_on_user_account_created";

/// The mock sees this preference instead, while it makes a user.
fn with_preference(
    kind: &'static str,
    preference: fn(&Talk<'_>, &Value) -> Option<Value>,
) -> Wrong {
    Wrong::new(RULE, kind, move |talk| {
        if !talk.is(USERS.0, USERS.1) {
            return talk.forward();
        }
        let company = caller(talk).map(|caller| caller["company_id"].clone());
        let company = company.filter(|company| !company.is_null());
        let company = company.unwrap_or_else(|| talk.body()["company_id"].clone());
        let Some(known) = record(talk, "companies", &company) else {
            return talk.forward();
        };
        let Some(other) = preference(talk, &known["preferences"][KEY]) else {
            return talk.forward();
        };
        let set = |value: &Value| {
            talk.arrange(|state| {
                for each in state["ams"]["companies"].as_array_mut().unwrap() {
                    if each["id"] == company {
                        each["preferences"][KEY] = value.clone();
                    }
                }
            })
        };
        talk.alters();
        set(&other);
        let answer = talk.forward();
        set(&known["preferences"][KEY]);
        answer
    })
}

pub(super) fn all() -> Vec<Wrong> {
    fn off(preference: &Value) -> bool {
        *preference == 0 || *preference == "0"
    }
    vec![
        with_preference("never", |_, known| (!off(known)).then(|| json!(0))),
        with_preference("always", |_, known| off(known).then(|| json!(1))),
        with_preference("the other way round", |_, known| {
            Some(json!(i32::from(off(known))))
        }),
        with_preference("only for 1", |_, known| {
            (*known != 1 && !off(known)).then(|| json!(0))
        }),
        with_preference("only for numbers", |_, known| {
            (known.is_string() && !off(known)).then(|| json!(0))
        }),
        with_preference("for the text 0, too", |_, known| {
            (*known == "0").then(|| json!(1))
        }),
        with_preference("by the company sent", |talk, known| {
            let sent = record(talk, "companies", &talk.body()["company_id"])?;
            let other = sent["preferences"][KEY].clone();
            (other != *known).then_some(other)
        }),
        with_preference("never by who has no company", |talk, known| {
            let caller = caller(talk)?;
            (caller["company_id"].is_null() && !off(known)).then(|| json!(0))
        }),
    ]
}
