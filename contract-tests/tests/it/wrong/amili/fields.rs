//! Bodies and paths that are refused whatever they are about.

use serde_json::{Value, json};

use crate::wire::Answer;
use crate::wrong::make::{altering, asked, let_through};
use crate::wrong::server::{Talk, Wrong};

pub(super) fn all() -> Vec<Wrong> {
    [
        required(),
        types(),
        readable(),
        content_type(),
        paths(),
        items(),
        methods(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn users(talk: &Talk<'_>) -> bool {
    talk.part(0) == "users"
}

fn creditors(talk: &Talk<'_>) -> bool {
    talk.part(0) == "creditors"
}

fn lacks(talk: &Talk<'_>, field: &str) -> bool {
    talk.body().get(field).is_none()
}

fn required() -> Vec<Wrong> {
    const RULE: &str = "amili.body.required-fields";
    vec![
        let_through(RULE, "users without an account", |talk| {
            users(talk) && lacks(talk, "account")
        }),
        let_through(RULE, "users without a name", |talk| {
            users(talk) && lacks(talk, "name")
        }),
        let_through(RULE, "creditors without an account", |talk| {
            creditors(talk) && lacks(talk, "account")
        }),
        let_through(RULE, "creditors without a name", |talk| {
            creditors(talk) && lacks(talk, "name")
        }),
        let_through(RULE, "inactive ones", |talk| {
            creditors(talk) && talk.body()["is_active"] == false
        }),
        let_through(RULE, "an empty body", |talk| talk.body() == json!({})),
        asked(RULE, "a name by default", ("POST", "/users"), |_, body| {
            if body.get("name").is_none() {
                body["name"] = json!("New user");
            }
        }),
    ]
}

fn types() -> Vec<Wrong> {
    const RULE: &str = "amili.body.field-types";
    fn texts(talk: &Talk<'_>, body: &mut Value) {
        let _ = talk;
        for field in [
            "name",
            "description",
            "organization_no",
            "standard_debt_description",
            "oauth_type",
        ] {
            if let Some(value) = body.get_mut(field)
                && (value.is_number() || value.is_boolean())
            {
                *value = json!(value.to_string());
            }
        }
    }
    vec![
        asked(RULE, "numbers for texts", ("POST", "/creditors"), texts),
        asked(
            RULE,
            "numbers for texts of users",
            ("POST", "/users"),
            texts,
        ),
        asked(
            RULE,
            "numbers for texts in changes",
            ("PATCH", "/creditors/*"),
            texts,
        ),
        asked(
            RULE,
            "texts for booleans",
            ("POST", "/creditors"),
            |_, body| {
                if body["is_active"] == "yes" || body["is_active"] == 2 {
                    body["is_active"] = json!(true);
                }
            },
        ),
        asked(
            RULE,
            "texts for booleans of users",
            ("POST", "/users"),
            |_, body| {
                if body["is_enabled"] == "yes" {
                    body["is_enabled"] = json!(true);
                }
            },
        ),
        let_through(RULE, "null", |talk| talk.body()["name"].is_null()),
        let_through(RULE, "an account of another form", |talk| {
            talk.body()["account"]
                .as_str()
                .is_none_or(|account| account.len() != 24)
        }),
        let_through(RULE, "an address as a text", |talk| {
            talk.body()["sender_address"].is_string()
        }),
        let_through(RULE, "an address as a list", |talk| {
            talk.body()["invoice_address"].is_array()
        }),
        let_through(RULE, "inside an address", |talk| {
            let body = talk.body();
            ["sender_address", "invoice_address"]
                .iter()
                .any(|field| !body[field]["city"].is_string())
                && creditors(talk)
        }),
        let_through(RULE, "payout details as a text", |talk| {
            talk.body()["payout_details"].is_string()
        }),
        let_through(RULE, "an e-mail address", |talk| {
            users(talk) && !talk.body()["email_data"]["email"].is_string()
        }),
        let_through(RULE, "one group for a list", |talk| {
            talk.body()["data_access"].is_object()
        }),
        let_through(RULE, "ids for entries", |talk| {
            talk.body()["data_access"][0].is_string()
        }),
        let_through(RULE, "a group of another form", |talk| {
            talk.body()["data_access"][0]
                .get("access_group")
                .is_some_and(|id| id.as_str() == Some("x") || id.is_number())
        }),
        let_through(RULE, "changes", |talk| talk.asked.method == "PATCH"),
        let_through(RULE, "of registrations", |talk| {
            talk.part(0) == "case--registrations"
        }),
        let_through(RULE, "of invoices", |talk| {
            talk.part(0) == "invoice--registrations"
        }),
        let_through(RULE, "of payments", |talk| {
            talk.part(0) == "creditor--payments"
        }),
    ]
}

fn readable() -> Vec<Wrong> {
    const RULE: &str = "amili.body.readable";
    vec![
        let_through(RULE, "of users", users),
        let_through(RULE, "nothing at all", |talk| talk.asked.body.is_empty()),
        let_through(RULE, "cut short", |talk| talk.asked.body.len() > 40),
        let_through(RULE, "plain words", |talk| {
            talk.asked.body.starts_with(b"name")
        }),
        let_through(RULE, "single quotes", |talk| {
            talk.asked.body.starts_with(b"{'")
        }),
        let_through(RULE, "changes", |talk| talk.asked.method == "PATCH"),
        Wrong::new(RULE, "mends what is cut short", |talk| {
            let cut = talk.asked.body.len() > 40 && !talk.asked.body.ends_with(b"}}");
            if talk.asked.method == "POST" && cut && talk.body().is_null() {
                talk.alters();
                talk.asked.body.push(b'}');
            }
            talk.forward()
        }),
    ]
}

fn content_type() -> Vec<Wrong> {
    const RULE: &str = "amili.body.content-type";
    fn as_json(talk: &mut Talk<'_>) -> Answer {
        talk.alters();
        talk.asked.set_header("Content-Type", "application/json");
        talk.forward()
    }
    let taken = |kind, when: fn(&Talk<'_>) -> bool| {
        Wrong::new(RULE, kind, move |talk| {
            let refusal = talk.forward();
            match refusal.header("x-mock-rule") == Some(RULE) && when(talk) {
                true => as_json(talk),
                false => refusal,
            }
        })
    };
    vec![
        taken("any", |_| true),
        taken("none", |talk| talk.asked.header("content-type").is_none()),
        taken("plain text", |talk| {
            talk.asked.header("content-type") == Some("text/plain")
        }),
        taken("another kind of JSON", |talk| {
            talk.asked
                .header("content-type")
                .is_some_and(|kind| kind.contains("json"))
        }),
        taken("of users", users),
        taken("of changes", |talk| talk.asked.method == "PATCH"),
        Wrong::new(RULE, "none with a charset", |talk| {
            let named = talk
                .asked
                .header("content-type")
                .is_some_and(|kind| kind.contains("charset"));
            if named {
                talk.alters();
                talk.asked.set_header("Content-Type", "text/plain");
            }
            talk.forward()
        }),
    ]
}

fn paths() -> Vec<Wrong> {
    const RULE: &str = "amili.path.known";
    vec![
        Wrong::new(RULE, "whatever the letter case", |talk| {
            let refusal = talk.forward();
            if refusal.header("x-mock-rule") == Some(RULE) {
                talk.alters();
                talk.asked.path = talk.asked.path.to_lowercase();
                return talk.forward();
            }
            refusal
        }),
        let_through(RULE, "an id of another form", |talk| {
            !talk.part(1).is_empty()
        }),
        let_through(RULE, "a short id", |talk| talk.part(1).len() == 23),
        let_through(RULE, "a long id", |talk| talk.part(1).len() == 25),
        let_through(RULE, "an id of users", users),
        let_through(RULE, "for writes", |talk| talk.asked.method == "POST"),
        Wrong::new(RULE, "422 for an id of another form", |talk| {
            let mut refusal = talk.forward();
            if refusal.header("x-mock-rule") == Some(RULE) && !talk.part(1).is_empty() {
                talk.alters();
                refusal.status = 422;
                refusal.change(|body| body["_error"]["code"] = json!(422));
            }
            refusal
        }),
        Wrong::new(RULE, "401 before it", |talk| {
            let refusal = talk.forward();
            let known = talk.asked.header("x-api-key").is_some();
            if refusal.header("x-mock-rule") == Some(RULE) && !known {
                talk.alters();
                let error = json!({ "code": 401, "message": "Please provide proper credentials" });
                return Answer::new(401, &json!({ "_status": "ERR", "_error": error }));
            }
            refusal
        }),
    ]
}

fn items() -> Vec<Wrong> {
    const RULE: &str = "amili.item.exists";
    vec![
        let_through(RULE, "of creditors", creditors),
        let_through(RULE, "of users", users),
        let_through(RULE, "of groups", |talk| talk.part(0) == "access--groups"),
        let_through(RULE, "of accounts", |talk| talk.part(0) == "accounts"),
        let_through(RULE, "of cases", |talk| talk.part(0) == "cases"),
        let_through(RULE, "of customers", |talk| talk.part(0) == "customers"),
        let_through(RULE, "changes", |talk| talk.asked.method == "PATCH"),
        Wrong::new(RULE, "any document with that id", |talk| {
            let refusal = talk.forward();
            if refusal.header("x-mock-rule") == Some(RULE) && talk.asked.method == "GET" {
                for resource in ["creditors", "access--groups", "users"] {
                    let path = format!("/{resource}/{}", talk.part(1));
                    let found = talk.read_as("amili-api-user", &path);
                    if found.succeeded() {
                        talk.alters();
                        return found;
                    }
                }
            }
            refusal
        }),
        Wrong::new(RULE, "an empty list", |talk| {
            let refusal = talk.forward();
            if refusal.header("x-mock-rule") == Some(RULE) {
                talk.alters();
                let meta = json!({ "page": 1, "max_results": 25, "total": 0 });
                return Answer::new(200, &json!({ "_items": [], "_meta": meta }));
            }
            refusal
        }),
        Wrong::new(RULE, "an item in a list", |talk| {
            let mut answer = talk.forward();
            if talk.is("GET", "/users/*") && answer.succeeded() {
                altering(talk, &mut answer, |body| {
                    let item = body.take();
                    *body = json!({ "_items": [item] });
                });
            }
            answer
        }),
        Wrong::new(RULE, "an item unlike the list's", |talk| {
            let mut answer = talk.forward();
            if talk.is("GET", "/creditors/*") && answer.succeeded() {
                altering(talk, &mut answer, |body| {
                    crate::wrong::make::without(body, "description")
                });
            }
            answer
        }),
        Wrong::new(RULE, "the first for any", |talk| {
            let mut answer = talk.forward();
            if talk.is("GET", "/access--groups/*") && answer.succeeded() {
                let first = talk.read_as("amili-api-user", "/access--groups").json();
                altering(talk, &mut answer, |body| *body = first["_items"][0].clone());
            }
            answer
        }),
    ]
}

fn methods() -> Vec<Wrong> {
    const RULE: &str = "amili.method.offered";
    vec![
        let_through(RULE, "PUT", |talk| talk.asked.method == "PUT"),
        let_through(RULE, "DELETE of lists", |talk| {
            talk.asked.method == "DELETE"
        }),
        let_through(RULE, "DELETE of users", |talk| {
            talk.is("DELETE", "/users/*")
        }),
        let_through(RULE, "PATCH of users", |talk| talk.is("PATCH", "/users/*")),
        let_through(RULE, "PATCH of lists", |talk| {
            talk.is("PATCH", "/creditors")
        }),
        let_through(RULE, "POST to items", |talk| {
            talk.asked.method == "POST" && !talk.part(1).is_empty()
        }),
        let_through(RULE, "POST of groups", |talk| {
            talk.is("POST", "/access--groups")
        }),
        Wrong::new(RULE, "everything deleted", |talk| {
            let refusal = talk.forward();
            if talk.is("DELETE", "/users") && refusal.status == 405 {
                talk.alters();
                talk.arrange(|state| {
                    let users = state["amili"]["users"].as_array_mut().unwrap();
                    users.retain(|user| !user["name"].as_str().unwrap().starts_with("ct-"));
                });
            }
            refusal
        }),
        Wrong::new(RULE, "401 before it", |talk| {
            let refusal = talk.forward();
            if refusal.header("x-mock-rule") == Some(RULE)
                && talk.asked.header("x-api-key").is_none()
            {
                talk.alters();
                let error = json!({ "code": 401, "message": "Please provide proper credentials" });
                return Answer::new(401, &json!({ "_status": "ERR", "_error": error }));
            }
            refusal
        }),
    ]
}
