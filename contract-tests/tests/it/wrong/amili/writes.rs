//! What every write has in common: its answer, ids, etags.

use serde_json::{Value, json};

use crate::wire::Answer;
use crate::wrong::make::{
    altering, answered, asked, let_through, over_refused, replaced, shown, without,
};
use crate::wrong::server::{Talk, Wrong};

const CREDITORS: (&str, &str) = ("POST", "/creditors");
const USERS: (&str, &str) = ("POST", "/users");
const PATCH: (&str, &str) = ("PATCH", "/creditors/*");

pub(super) fn all() -> Vec<Wrong> {
    [created(), free(), etags(), stays()]
        .into_iter()
        .flatten()
        .collect()
}

fn created() -> Vec<Wrong> {
    const RULE: &str = "amili.write.created";
    let status = |kind, (method, path): (&'static str, &'static str), status| {
        Wrong::new(RULE, kind, move |talk| {
            let mut answer = talk.forward();
            if talk.is(method, path) && answer.status == 201 {
                answer.status = status;
                talk.alters();
            }
            answer
        })
    };
    vec![
        status("200", CREDITORS, 200),
        status("200 for users", USERS, 200),
        status("202", CREDITORS, 202),
        answered(RULE, "with the document", CREDITORS, whole),
        answered(RULE, "with the document of a user", USERS, whole),
        answered(RULE, "no etag", CREDITORS, |_, body| without(body, "_etag")),
        answered(RULE, "no etag of a user", USERS, |_, body| {
            without(body, "_etag")
        }),
        answered(RULE, "no _status", CREDITORS, |_, body| {
            without(body, "_status")
        }),
        answered(RULE, "no _created", USERS, |_, body| {
            without(body, "_created")
        }),
        answered(RULE, "no _updated", CREDITORS, |_, body| {
            without(body, "_updated")
        }),
        answered(RULE, "another _status", CREDITORS, |_, body| {
            body["_status"] = json!("ok")
        }),
        answered(RULE, "_links beside", CREDITORS, |_, body| {
            body["_links"] = json!({})
        }),
        answered(RULE, "a short etag", CREDITORS, |_, body| {
            body["_etag"] = json!(body["_etag"].as_str().unwrap()[..32]);
        }),
        answered(RULE, "an id in capitals", CREDITORS, |_, body| {
            body["_id"] = json!(body["_id"].as_str().unwrap().to_uppercase());
        }),
        answered(RULE, "another id", CREDITORS, |_, body| {
            body["_id"] = json!("aaaaaaaaaaaaaaaaaaaaaaaa");
        }),
        answered(RULE, "another etag", CREDITORS, |_, body| {
            body["_etag"] = json!("0123456789012345678901234567890123456789");
        }),
        answered(RULE, "ISO dates", CREDITORS, |_, body| {
            body["_created"] = json!("2025-11-11T12:22:34Z");
            body["_updated"] = json!("2025-11-11T12:22:34Z");
        }),
        answered(RULE, "two dates", CREDITORS, |_, body| {
            body["_created"] = json!("Tue, 11 Nov 2025 12:22:34 GMT");
        }),
        shown(RULE, "another date when read", "creditors", |creditor| {
            replaced(creditor, "_created", json!("Tue, 11 Nov 2025 12:22:34 GMT"));
        }),
        shown(RULE, "no etag when read", "users", |user| {
            without(user, "_etag")
        }),
        answered(RULE, "in a list", CREDITORS, |_, body| {
            let one = body.take();
            *body = json!({ "_status": "OK", "_items": [one] });
        }),
        asked(RULE, "loses the description", CREDITORS, |_, body| {
            without(body, "description")
        }),
        asked(RULE, "loses the sign-in", USERS, |_, body| {
            without(body, "email_oauth")
        }),
        asked(RULE, "trims texts", CREDITORS, |_, body| {
            body["standard_debt_description"] = json!("Standard");
        }),
    ]
}

fn whole(talk: &Talk<'_>, body: &mut Value) {
    for (key, value) in talk.body().as_object().into_iter().flatten() {
        body[key] = value.clone();
    }
}

fn free() -> Vec<Wrong> {
    const RULE: &str = "amili.write.id-free";
    vec![
        let_through(RULE, "by users", |talk| talk.part(0) == "users"),
        let_through(RULE, "by creditors", |talk| talk.part(0) == "creditors"),
        let_through(RULE, "while the taker is chosen, too", |talk| {
            talk.body()["_id"]
                .as_str()
                .is_some_and(|id| id.starts_with("c7c7"))
        }),
        asked(RULE, "an id of the server's own", CREDITORS, |_, body| {
            without(body, "_id")
        }),
        answered(RULE, "another id told", CREDITORS, |talk, body| {
            if talk.body().get("_id").is_some() {
                body["_id"] = json!("aaaaaaaaaaaaaaaaaaaaaaaa");
            }
        }),
        Wrong::new(RULE, "replaces the document", |talk| {
            let refusal = talk.forward();
            if refusal.status != 409 {
                return refusal;
            }
            let (id, name) = (talk.body()["_id"].clone(), talk.body()["name"].clone());
            let list = format!("/amili/{}", talk.part(0));
            let done = talk.arrange(|state| {
                let documents = state.pointer_mut(&list).and_then(Value::as_array_mut);
                for document in documents.into_iter().flatten() {
                    if document["_id"] == id {
                        document["name"] = name.clone();
                    }
                }
            });
            if done {
                talk.alters();
            }
            refusal
        }),
    ]
}

fn etags() -> Vec<Wrong> {
    const RULE: &str = "amili.write.etag-current";
    vec![
        let_through(RULE, "by a change", |talk| talk.asked.method == "PATCH"),
        let_through(RULE, "by a deletion", |talk| talk.asked.method == "DELETE"),
        let_through(RULE, "an etag of zeros", |talk| {
            talk.asked
                .header("if-match")
                .is_some_and(|etag| etag.contains("00000000"))
        }),
        let_through(RULE, "an etag it once had", |talk| {
            talk.asked
                .header("if-match")
                .is_some_and(|etag| !etag.contains("00000000"))
        }),
        Wrong::new(RULE, "If-Match ignored", |talk| {
            let refusal = talk.forward();
            if refusal.status != 412 {
                return refusal;
            }
            talk.alters();
            match current(talk) {
                Some(etag) => {
                    talk.asked.set_header("If-Match", &etag);
                    talk.forward()
                }
                None => refusal,
            }
        }),
        Wrong::new(RULE, "done although refused", |talk| {
            let refusal = talk.forward();
            if refusal.status == 412
                && let Some(etag) = current(talk)
            {
                talk.alters();
                talk.asked.set_header("If-Match", &etag);
                talk.forward();
            }
            refusal
        }),
        Wrong::new(RULE, "the same etag after a change", |talk| {
            let before = current(talk);
            let mut answer = talk.forward();
            if talk.is(PATCH.0, PATCH.1)
                && answer.succeeded()
                && let Some(etag) = before
            {
                let id = talk.part(1).to_owned();
                talk.arrange(|state| {
                    for creditor in state["amili"]["creditors"].as_array_mut().unwrap() {
                        if creditor["_id"] == id.as_str() {
                            creditor["_etag"] = json!(etag);
                        }
                    }
                });
                altering(talk, &mut answer, |body| body["_etag"] = json!(etag));
            }
            answer
        }),
        answered(RULE, "another etag told", PATCH, |_, body| {
            body["_etag"] = json!("0123456789012345678901234567890123456789");
        }),
        answered(RULE, "no etag told", PATCH, |_, body| {
            without(body, "_etag")
        }),
        Wrong::new(RULE, "another etag with each read", |talk| {
            let mut answer = talk.forward();
            if talk.is("GET", "/creditors/*") && answer.succeeded() {
                let read = talk.count("read");
                altering(talk, &mut answer, |body| {
                    body["_etag"] = json!(format!("{read:040x}"))
                });
            }
            answer
        }),
        Wrong::new(RULE, "any etag refused", |talk| {
            if talk.asked.header("if-match").is_some() {
                talk.alters();
                talk.asked
                    .set_header("If-Match", "1111111111111111111111111111111111111111");
            }
            talk.forward()
        }),
        asked(RULE, "nothing changed", PATCH, |_, body| {
            without(body, "description")
        }),
        Wrong::new(RULE, "nothing deleted", |talk| {
            if talk.is("DELETE", "/creditors/*") {
                let read = talk.read_as("amili-api-user", &talk.asked.path);
                let etag = read.json()["_etag"].as_str().unwrap_or_default().to_owned();
                if talk
                    .asked
                    .header("if-match")
                    .is_some_and(|named| named.contains(&etag))
                {
                    talk.alters();
                    return Answer::new(204, &Value::Null);
                }
            }
            talk.forward()
        }),
    ]
}

/// The etag that the document has now.
fn current(talk: &Talk<'_>) -> Option<String> {
    let state = talk.state();
    let list = state["amili"][talk.part(0)].as_array()?;
    let document = list
        .iter()
        .find(|document| document["_id"] == talk.part(1))?;
    Some(document["_etag"].as_str()?.to_owned())
}

fn stays() -> Vec<Wrong> {
    const RULE: &str = "amili.write.id-stays";
    vec![
        asked(RULE, "ignored in silence", PATCH, |talk, body| {
            if body["_id"] != talk.part(1) {
                without(body, "_id");
            }
        }),
        over_refused(RULE, "not even repeated", PATCH, 400, |talk| {
            talk.body().get("_id").is_some()
        }),
        Wrong::new(RULE, "moves the document", |talk| {
            let refusal = talk.forward();
            let body = talk.body();
            if refusal.header("x-mock-rule") != Some(RULE) || talk.part(0) != "creditors" {
                return refusal;
            }
            let target = talk.part(1).to_owned();
            let done = talk.arrange(|state| {
                for creditor in state["amili"]["creditors"].as_array_mut().unwrap() {
                    if creditor["_id"] == target.as_str() {
                        creditor["_id"] = body["_id"].clone();
                    }
                }
                for group in state["amili"]["access--groups"].as_array_mut().unwrap() {
                    if group["creditor"] == target.as_str() {
                        group["creditor"] = body["_id"].clone();
                    }
                }
            });
            if done {
                talk.alters();
            }
            refusal
        }),
    ]
}
