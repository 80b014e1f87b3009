//! New users who are more than a login.

use serde_json::{Value, json};

use super::{USERS, caller, ids};
use crate::wrong::make::{altering, over_refused};
use crate::wrong::server::{Talk, Wrong};

const RULE: &str = "ams.user.login-entry";

/// A new user has these groups or departments from the start, told in the answer or not.
fn begins_with(
    kind: &'static str,
    list: &'static str,
    told: bool,
    of: fn(&Talk<'_>) -> Vec<Value>,
) -> Wrong {
    Wrong::new(RULE, kind, move |talk| {
        let mut answer = talk.forward();
        if !talk.is(USERS.0, USERS.1) || !answer.succeeded() {
            return answer;
        }
        let (id, begins_with) = (answer.json()["id"].clone(), json!(of(talk)));
        if begins_with == json!([]) {
            return answer;
        }
        let done = talk.arrange(|state| {
            for user in state["ams"]["users"].as_array_mut().unwrap() {
                if user["id"] == id {
                    user[list] = begins_with.clone();
                }
            }
        });
        if done {
            talk.alters();
            if told {
                altering(talk, &mut answer, |body| body[list] = begins_with);
            }
        }
        answer
    })
}

pub(super) fn all() -> Vec<Wrong> {
    fn setup(talk: &Talk<'_>) -> bool {
        caller(talk).is_some_and(|caller| caller["company_id"].is_null())
    }
    fn if_(holds: bool, id: i64) -> Vec<Value> {
        holds.then(|| json!(id)).into_iter().collect()
    }
    vec![
        begins_with("in a department", "departments", false, |_| if_(true, 1)),
        begins_with("in a department, and tells", "departments", true, |_| {
            if_(true, 1)
        }),
        begins_with("in a group", "groups", false, |_| if_(true, 1)),
        begins_with("in a group, and tells", "groups", true, |_| if_(true, 1)),
        begins_with("in the caller's groups", "groups", false, |talk| {
            ids(&caller(talk).unwrap_or_default(), "groups")
        }),
        begins_with("in a department by setup", "departments", false, |talk| {
            if_(setup(talk), 1)
        }),
        begins_with("in a group by setup", "groups", false, |talk| {
            if_(setup(talk), 1)
        }),
        begins_with(
            "in a department if OTP is on",
            "departments",
            false,
            |talk| if_(talk.body()["mail_otp"] == 1, 2),
        ),
        begins_with(
            "in a group where the company is sent",
            "groups",
            false,
            |talk| if_(talk.body()["company_id"].is_i64(), 1),
        ),
        over_refused(RULE, "a group must be named", USERS, 422, |talk| {
            talk.body().get("groups").is_none()
        }),
    ]
}
