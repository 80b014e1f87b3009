//! The forms that breakages come in, so that the tables of them say only what is broken.

use form_urlencoded::{Serializer, parse};
use serde_json::{Value, json};

use super::accept::{Keeping, accepted};
use super::server::{Talk, Wrong};
use crate::wire::Answer;

/// What the rule refuses is accepted where this holds.
pub(super) fn let_through(
    rule: &'static str,
    kind: &'static str,
    when: fn(&Talk<'_>) -> bool,
) -> Wrong {
    Wrong::new(rule, kind, move |talk| {
        let refusal = talk.forward();
        if refusal.header("x-mock-rule") != Some(rule) || !when(talk) {
            return refusal;
        }
        let answer = accepted(talk, Keeping::All).or_else(|| accepted(talk, Keeping::Nothing));
        answer.map_or(refusal, |answer| {
            talk.alters();
            answer
        })
    })
}

/// Such calls are accepted whichever rule refuses them.
pub(super) fn let_through_all(
    rule: &'static str,
    kind: &'static str,
    (method, path): (&'static str, &'static str),
    when: fn(&Talk<'_>) -> bool,
) -> Wrong {
    Wrong::new(rule, kind, move |talk| {
        let refusal = talk.forward();
        if refusal.succeeded() || !talk.is(method, path) || !when(talk) {
            return refusal;
        }
        let answer = accepted(talk, Keeping::All).or_else(|| accepted(talk, Keeping::Nothing));
        answer.map_or(refusal, |answer| {
            talk.alters();
            answer
        })
    })
}

/// What is right is refused where this holds.
pub(super) fn over_refused(
    rule: &'static str,
    kind: &'static str,
    (method, path): (&'static str, &'static str),
    status: u16,
    when: fn(&Talk<'_>) -> bool,
) -> Wrong {
    Wrong::new(rule, kind, move |talk| {
        if !talk.is(method, path) || !when(talk) {
            return talk.forward();
        }
        talk.alters();
        let error = json!({ "code": status, "message": "refused", "details": {} });
        let body =
            json!({ "_status": "ERR", "_error": error, "_issues": {}, "message": "refused" });
        Answer::new(status, &body)
    })
}

/// A success is answered otherwise.
pub(super) fn answered(
    rule: &'static str,
    kind: &'static str,
    (method, path): (&'static str, &'static str),
    change: fn(&Talk<'_>, &mut Value),
) -> Wrong {
    Wrong::new(rule, kind, move |talk| {
        let mut answer = talk.forward();
        if talk.is(method, path) && answer.succeeded() && !answer.body.is_empty() {
            altering(talk, &mut answer, |body| change(talk, body));
        }
        answer
    })
}

/// A request is taken for another: what is kept differs from what was sent.
pub(super) fn asked(
    rule: &'static str,
    kind: &'static str,
    (method, path): (&'static str, &'static str),
    change: fn(&Talk<'_>, &mut Value),
) -> Wrong {
    Wrong::new(rule, kind, move |talk| {
        let sent = talk.body();
        if talk.is(method, path) && sent.is_object() {
            let mut other = sent.clone();
            change(talk, &mut other);
            if other != sent {
                talk.alters();
                talk.asked.body = other.to_string().into_bytes();
            }
        }
        talk.forward()
    })
}

/// A list is asked for with another query.
pub(super) fn queried(
    rule: &'static str,
    kind: &'static str,
    path: &'static str,
    change: fn(&mut Vec<(String, String)>),
) -> Wrong {
    Wrong::new(rule, kind, move |talk| {
        if talk.is("GET", path) {
            requery(talk, change);
        }
        talk.forward()
    })
}

/// Changes the query of a request.
pub(super) fn requery(talk: &mut Talk<'_>, change: impl FnOnce(&mut Vec<(String, String)>)) {
    let (path, query) = talk
        .asked
        .path
        .split_once('?')
        .unwrap_or((&talk.asked.path, ""));
    let mut pairs: Vec<(String, String)> = parse(query.as_bytes()).into_owned().collect();
    let before = pairs.clone();
    change(&mut pairs);
    if pairs == before {
        return;
    }
    talk.alters();
    let query = Serializer::new(String::new()).extend_pairs(&pairs).finish();
    let mark = if query.is_empty() { "" } else { "?" };
    talk.asked.path = format!("{path}{mark}{query}");
}

/// A condition of a list, read and written.
pub(super) fn filter(pairs: &mut [(String, String)], change: impl FnOnce(&mut Value)) {
    if let Some((_, text)) = pairs.iter_mut().find(|(key, _)| key == "where")
        && let Ok(mut value) = serde_json::from_str(text)
    {
        change(&mut value);
        *text = value.to_string();
    }
}

/// Documents of a resource look otherwise, in lists and alone.
pub(super) fn shown(
    rule: &'static str,
    kind: &'static str,
    resource: &'static str,
    change: fn(&mut Value),
) -> Wrong {
    Wrong::new(rule, kind, move |talk| {
        let mut answer = talk.forward();
        if talk.asked.method == "GET" && talk.part(0) == resource && answer.succeeded() {
            altering(talk, &mut answer, |body| {
                match body.get_mut("_items").and_then(Value::as_array_mut) {
                    Some(items) => items.iter_mut().for_each(change),
                    None => change(body),
                }
            });
        }
        answer
    })
}

/// Lists of a resource are changed as a whole, and tell how many they show.
pub(super) fn listed(
    rule: &'static str,
    kind: &'static str,
    resource: &'static str,
    change: fn(&mut Vec<Value>),
) -> Wrong {
    Wrong::new(rule, kind, move |talk| {
        let mut answer = talk.forward();
        if talk.asked.method == "GET" && talk.part(0) == resource && answer.succeeded() {
            altering(talk, &mut answer, |body| {
                let Some(items) = body.get_mut("_items").and_then(Value::as_array_mut) else {
                    return;
                };
                let before = items.len();
                change(items);
                let more = items.len() as i64 - before as i64;
                let total = body["_meta"]["total"].as_i64().unwrap_or_default();
                body["_meta"]["total"] = json!(total + more);
            });
        }
        answer
    })
}

/// Changes an answer, and notes it if that made a difference.
pub(super) fn altering(talk: &Talk<'_>, answer: &mut Answer, change: impl FnOnce(&mut Value)) {
    let before = answer.json();
    let mut body = before.clone();
    change(&mut body);
    if body != before {
        talk.alters();
        answer.body = body.to_string().into_bytes();
    }
}

/// Takes a member away.
pub(super) fn without(document: &mut Value, field: &str) {
    if let Some(members) = document.as_object_mut() {
        members.remove(field);
    }
}

/// Gives a member another value, if it is there.
pub(super) fn replaced(document: &mut Value, field: &str, value: Value) {
    if let Some(member) = document.get_mut(field) {
        *member = value;
    }
}
