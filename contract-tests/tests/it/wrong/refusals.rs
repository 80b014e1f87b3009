//! Breakages that any rule which refuses can suffer: what must be refused is accepted, or is refused in
//! another way, and what is right is refused.

use mock_server::Rule;
use serde_json::{Value, json};

use super::accept::{Keeping, accepted};
use super::questions;
use super::server::{Talk, Wrong};
use crate::wire::Answer;

/// How a refusal is answered instead; none where that makes no difference.
type Instead = fn(&Talk<'_>, &Answer, &'static Rule) -> Option<Answer>;

const KINDS: [(&str, Instead); 8] = [
    ("accepts", |talk, _, _| {
        accepted(talk, Keeping::All).or_else(|| accepted(talk, Keeping::Nothing))
    }),
    ("accepts and forgets", |talk, _, _| {
        accepted(talk, Keeping::Nothing)
    }),
    ("refuses and keeps", |talk, refusal, _| {
        accepted(talk, Keeping::All).map(|_| refusal.clone())
    }),
    ("status", |_, refusal, _| {
        let status = other_status(refusal.status);
        Some(with_status(refusal.clone(), status))
    }),
    ("fails", |_, refusal, _| {
        Some(with_status(refusal.clone(), 500))
    }),
    ("bare", |_, refusal, _| {
        Some(Answer::new(refusal.status, &json!({})))
    }),
    ("blames another", |_, refusal, rule| {
        Some(blaming_another(refusal.clone(), rule))
    }),
    ("gives no reason", |_, refusal, _| without_reason(refusal)),
];

/// Every breakage of the kinds here for this rule; none for a rule that refuses nothing.
pub(super) fn of(rule: &'static Rule) -> Vec<Wrong> {
    let refusals = KINDS.iter().map(|(kind, instead)| {
        Wrong::new(rule.id, kind, move |talk| {
            let refusal = talk.forward();
            if refusal.header("x-mock-rule") != Some(rule.id) {
                return refusal;
            }
            let Some(answer) = instead(talk, &refusal, rule) else {
                return refusal;
            };
            talk.alters();
            answer
        })
    });
    let second = Wrong::new(rule.id, "accepts the second", move |talk| {
        accepts_the_second(talk, rule)
    });
    let neighbours = Wrong::new(rule.id, "refuses what is right", move |talk| {
        refuses_what_is_right(talk, rule)
    });
    let all = refusals.chain([second, neighbours]);
    all.filter(|wrong| questions::has_room(rule, wrong.kind))
        .collect()
}

fn other_status(status: u16) -> u16 {
    match status {
        401 => 403,
        400 | 403 | 405 | 412 => 409,
        404 => 410,
        409 | 422 => 400,
        other => other + 1,
    }
}

/// The refusal without what it blames; none where it blames nothing.
fn without_reason(refusal: &Answer) -> Option<Answer> {
    let mut body = refusal.json();
    let error = body.pointer_mut("/_error").and_then(Value::as_object_mut);
    let details = error.and_then(|error| error.remove("details"));
    let members = body.as_object_mut()?;
    let others = ["_issues", "code", "errors"].map(|key| members.remove(key));
    let blamed = details.is_some() || others.iter().any(Option::is_some);
    blamed.then(|| Answer::new(refusal.status, &body))
}

fn with_status(mut answer: Answer, status: u16) -> Answer {
    answer.status = status;
    if answer.json().pointer("/_error/code").is_some() {
        answer.change(|body| body["_error"]["code"] = json!(status));
    }
    answer
}

/// Another field, or another code.
fn blaming_another(mut refusal: Answer, rule: &'static Rule) -> Answer {
    let error = rule.refused_as.map_or("", |refused| refused.error);
    if rule.api() == "ams" {
        let other = match error {
            "permission.010" => "permission.011",
            "permission.011" | "user.002" => "permission.010",
            "Unauthenticated" => "Forbidden",
            "Forbidden" => "Unauthenticated",
            _ => "user.002",
        };
        let text = String::from_utf8(refusal.body).unwrap();
        refusal.body = text.replace(error, other).into_bytes();
        return refusal;
    }
    refusal.change(|body| {
        for place in ["/_error/details", "/_issues"] {
            if let Some(members) = body.pointer_mut(place).and_then(Value::as_object_mut) {
                members.clear();
                members.insert("nothing".to_owned(), json!("required field"));
            }
        }
        if body.get("_issues").is_none() {
            // Where there are no fields to blame, the code is told wrongly.
            body["_error"]["code"] = json!(418);
        }
    });
    refusal
}

/// Every other breach is let through: the rule is there, and does not hold.
fn accepts_the_second(talk: &Talk<'_>, rule: &'static Rule) -> Answer {
    let refusal = talk.forward();
    if refusal.header("x-mock-rule") != Some(rule.id) || talk.count("refused").is_multiple_of(2) {
        return refusal;
    }
    match accepted(talk, Keeping::Nothing) {
        Some(answer) => {
            talk.alters();
            answer
        }
        None => refusal,
    }
}

/// Once the rule has refused a call, it refuses every such call.
fn refuses_what_is_right(talk: &Talk<'_>, rule: &'static Rule) -> Answer {
    let call = format!("{} {}", talk.asked.method, talk.part(0));
    let known = talk.recall(&call);
    let writes = talk.asked.method != "GET";
    let before = (known.is_some() && writes).then(|| talk.state());
    let answer = talk.forward();
    if answer.header("x-mock-rule") == Some(rule.id) {
        let body = answer.json();
        talk.remember(&call, json!({ "status": answer.status, "body": body }));
    }
    match known {
        Some(known) if answer.succeeded() => {
            if let Some(before) = before {
                talk.rewind(&before);
            }
            talk.alters();
            let status = known["status"]
                .as_u64()
                .and_then(|status| status.try_into().ok());
            Answer::new(status.unwrap(), &known["body"])
        }
        _ => answer,
    }
}
