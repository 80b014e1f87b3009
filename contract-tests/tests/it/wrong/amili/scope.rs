//! Who may do what: tokens, foreign accounts, roles.

use serde_json::json;

use crate::wire::Answer;
use crate::wrong::make::{let_through, let_through_all, over_refused};
use crate::wrong::server::{Talk, Wrong};

pub(super) fn all() -> Vec<Wrong> {
    [
        tokens(),
        foreign(),
        roles(),
        admins(),
        users(),
        cases(),
        ended(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn key<'t>(talk: &'t Talk<'_>) -> &'t str {
    talk.asked.header("x-api-key").unwrap_or_default()
}

fn tokens() -> Vec<Wrong> {
    const RULE: &str = "amili.auth.token-required";
    vec![
        let_through(RULE, "for lists", |talk| {
            talk.asked.method == "GET" && talk.part(1).is_empty()
        }),
        let_through(RULE, "for items", |talk| {
            talk.asked.method == "GET" && !talk.part(1).is_empty()
        }),
        let_through(RULE, "for groups", |talk| talk.part(0) == "access--groups"),
        let_through(RULE, "for users", |talk| talk.is("GET", "/users")),
        let_through(RULE, "for new creditors", |talk| {
            talk.is("POST", "/creditors")
        }),
        let_through(RULE, "for new users", |talk| talk.is("POST", "/users")),
        let_through(RULE, "for changes", |talk| talk.asked.method == "PATCH"),
        let_through(RULE, "for deletions", |talk| talk.asked.method == "DELETE"),
        let_through(RULE, "for accounts", |talk| talk.part(0) == "accounts"),
        let_through(RULE, "for cases", |talk| talk.part(0) == "cases"),
        let_through(RULE, "for registrations", |talk| {
            talk.is("POST", "/case--registrations")
        }),
        let_through(RULE, "for payments", |talk| {
            talk.is("POST", "/creditor--payments")
        }),
        let_through(RULE, "without any", |talk| {
            talk.asked.header("x-api-key").is_none()
        }),
        let_through(RULE, "with an empty one", |talk| {
            talk.asked.header("x-api-key") == Some("")
        }),
        let_through(RULE, "with any", |talk| !key(talk).is_empty()),
        let_through(RULE, "that begins rightly", |talk| {
            key(talk).starts_with("amili-api-user")
        }),
        let_through(RULE, "of the other API", |talk| {
            key(talk).starts_with("ams")
        }),
    ]
}

fn foreign() -> Vec<Wrong> {
    const RULE: &str = "amili.scope.foreign-account";
    fn by_other(talk: &Talk<'_>) -> bool {
        key(talk) == "amili-other-account"
    }
    let invisible = |kind, method: &'static str, path: &'static str| {
        Wrong::new(RULE, kind, move |talk| {
            if talk.is(method, path) && by_other(talk) {
                let answer = talk.ask_as("amili-api-user");
                if answer.succeeded() {
                    talk.alters();
                    return answer;
                }
            }
            talk.forward()
        })
    };
    vec![
        let_through(RULE, "creditors", |talk| talk.part(0) == "creditors"),
        let_through(RULE, "users", |talk| talk.part(0) == "users"),
        let_through(RULE, "inactive creditors", |talk| {
            talk.body()["is_active"] == false
        }),
        let_through(RULE, "active creditors", |talk| {
            talk.body()["is_active"] == true
        }),
        let_through(RULE, "by the other account", by_other),
        let_through(RULE, "by the own account", |talk| !by_other(talk)),
        let_through(RULE, "case registrations", |talk| {
            talk.part(0) == "case--registrations"
        }),
        let_through(RULE, "invoice registrations", |talk| {
            talk.part(0) == "invoice--registrations"
        }),
        let_through(RULE, "payments", |talk| {
            talk.part(0) == "creditor--payments"
        }),
        invisible("changes", "PATCH", "/creditors/*"),
        invisible("deletions", "DELETE", "/creditors/*"),
        Wrong::new(RULE, "deletions told as undone", |talk| {
            let before = talk.forward();
            if talk.is("DELETE", "/creditors/*") && by_other(talk) {
                talk.alters();
                talk.ask_as("amili-api-user");
            }
            before
        }),
        over_refused(RULE, "the own account", ("POST", "/users"), 403, |talk| {
            by_other(talk) && talk.body()["account"] == "6662fb1df4d1eaf404cb0900"
        }),
    ]
}

/// The type of the caller's first group, by the owner of the token.
fn role(talk: &Talk<'_>) -> String {
    let state = talk.state();
    let find = |list: &serde_json::Value, key: &str, wanted: &serde_json::Value| {
        let mut list = list.as_array().unwrap().iter();
        list.find(|entry| entry[key] == *wanted)
            .cloned()
            .unwrap_or_default()
    };
    let token = find(&state["tokens"], "token", &json!(key(talk)));
    let user = find(&state["amili"]["users"], "_id", &token["user"]);
    let group = &user["data_access"][0]["access_group"];
    let group = find(&state["amili"]["access--groups"], "_id", group);
    group["type"].as_str().unwrap_or_default().to_owned()
}

fn roles() -> Vec<Wrong> {
    const RULE: &str = "amili.scope.account-roles";
    vec![
        let_through(RULE, "creations", |talk| talk.asked.method == "POST"),
        let_through(RULE, "creations by admins", |talk| {
            talk.asked.method == "POST" && role(talk) == "admin"
        }),
        let_through(RULE, "creations by users", |talk| {
            talk.asked.method == "POST" && role(talk) == "user"
        }),
        let_through(RULE, "inactive creditors", |talk| {
            talk.body()["is_active"] == false
        }),
        let_through(RULE, "deletions", |talk| talk.asked.method == "DELETE"),
        Wrong::new(RULE, "deletions of others", |talk| {
            if talk.is("DELETE", "/creditors/*") && matches!(role(talk).as_str(), "admin" | "user")
            {
                let answer = talk.ask_as("amili-api-user");
                if answer.succeeded() {
                    talk.alters();
                    return answer;
                }
            }
            talk.forward()
        }),
        over_refused(RULE, "account_admin", ("POST", "/creditors"), 403, |talk| {
            role(talk) == "account_admin"
        }),
    ]
}

fn admins() -> Vec<Wrong> {
    const RULE: &str = "amili.scope.admin-manages";
    fn groups(talk: &Talk<'_>) -> usize {
        talk.body()["data_access"].as_array().map_or(0, Vec::len)
    }
    vec![
        let_through(RULE, "one foreign group", |talk| groups(talk) == 1),
        let_through(RULE, "the first own", |talk| groups(talk) == 2),
        let_through(RULE, "no group", |talk| groups(talk) == 0),
        let_through(RULE, "a group of the account", |talk| {
            let body = talk.body();
            let last = body["data_access"]
                .as_array()
                .and_then(|list| list.last())
                .cloned();
            let state = talk.state();
            let groups = state["amili"]["access--groups"].as_array().unwrap();
            groups.iter().any(|group| {
                Some(&group["_id"]) == last.as_ref().map(|last| &last["access_group"])
                    && group["type"] == "account_admin"
            })
        }),
        over_refused(
            RULE,
            "no users of the own",
            ("POST", "/users"),
            403,
            |talk| role(talk) == "admin",
        ),
        over_refused(RULE, "no second admin", ("POST", "/users"), 403, |talk| {
            let body = talk.body();
            let state = talk.state();
            let groups = state["amili"]["access--groups"].as_array().unwrap();
            role(talk) == "admin"
                && groups.iter().any(|group| {
                    group["_id"] == body["data_access"][0]["access_group"]
                        && group["type"] == "admin"
                })
        }),
        Wrong::new(RULE, "changes of others", |talk| {
            if talk.is("PATCH", "/creditors/*") && role(talk) == "admin" {
                let answer = talk.ask_as("amili-api-user");
                if answer.succeeded() {
                    talk.alters();
                    return answer;
                }
            }
            talk.forward()
        }),
        over_refused(
            RULE,
            "no changes of the own",
            ("PATCH", "/creditors/*"),
            403,
            |talk| role(talk) == "admin",
        ),
    ]
}

fn users() -> Vec<Wrong> {
    const RULE: &str = "amili.scope.user-handles-cases";
    vec![
        let_through(RULE, "new users", |talk| talk.is("POST", "/users")),
        let_through(RULE, "new admins", |talk| {
            talk.is("POST", "/users") && talk.body()["data_access"] != json!([])
        }),
        let_through_all(RULE, "changes", ("PATCH", "/creditors/*"), |talk| {
            role(talk) == "user"
        }),
        over_refused(
            RULE,
            "no sight of the creditor",
            ("GET", "/creditors/*"),
            403,
            |talk| role(talk) == "user",
        ),
    ]
}

fn cases() -> Vec<Wrong> {
    const RULE: &str = "amili.scope.cases-of-own-creditor";
    let own = |kind, path: &'static str| {
        Wrong::new(RULE, kind, move |talk| {
            if talk.is("POST", path) && matches!(role(talk).as_str(), "admin" | "user") {
                talk.alters();
                let error = json!({ "code": 403, "message": "x" });
                return Answer::new(403, &json!({ "_status": "ERR", "_error": error }));
            }
            talk.forward()
        })
    };
    vec![
        let_through(RULE, "for admins", |talk| role(talk) == "admin"),
        let_through(RULE, "for users", |talk| role(talk) == "user"),
        let_through(RULE, "cases", |talk| talk.part(0) == "case--registrations"),
        let_through(RULE, "invoices", |talk| {
            talk.part(0) == "invoice--registrations"
        }),
        let_through(RULE, "payments", |talk| {
            talk.part(0) == "creditor--payments"
        }),
        let_through(RULE, "creditings", |talk| {
            talk.part(0) == "creditor--creditings"
        }),
        own("no cases of the own", "/case--registrations"),
        own("no invoices of the own", "/invoice--registrations"),
        own("no payments of the own", "/creditor--payments"),
        own("no creditings of the own", "/creditor--creditings"),
    ]
}

fn ended() -> Vec<Wrong> {
    const RULE: &str = "amili.auth.renewal";
    vec![let_through(RULE, "for ever", |_| true)]
}
