//! The forms that the guides show: of ids, etags and dates, of creations and of refusals.

use jiff::fmt::rfc2822;
use serde_json::Value;

use crate::client::Answer;
use crate::verdict::Outcome;

const AUTOMATIC_KEYS: [&str; 5] = ["_id", "_created", "_updated", "_etag", "_status"];

/// A creation answers the five automatic keys and nothing else.
pub(super) fn creation(answer: &Answer) -> Outcome {
    answer.has_only_keys("", &AUTOMATIC_KEYS)?;
    answer.holds("/_status", "OK")?;
    answer.satisfies("an _id of 24 lower-case hex digits", |body| {
        hex(body, "_id", 24)
    })?;
    answer.satisfies("an _etag of 40 lower-case hex digits", |body| {
        hex(body, "_etag", 40)
    })?;
    answer.satisfies("_created and _updated as one date in GMT", |body| {
        date(body, "_created") && body.get("_created") == body.get("_updated")
    })
}

/// A refusal says so in its body, with its status.
pub(super) fn refusal(answer: &Answer, code: u16) -> Outcome {
    answer.holds("/_status", "ERR")?;
    answer.holds("/_error/code", code)
}

/// A refusal by validation names this field; one of another status says so in its body.
pub(super) fn problem(answer: &Answer, field: &str) -> Outcome {
    match answer.status() {
        422 => answer.names(field),
        status => refusal(answer, status),
    }
}

/// A refusal by validation names every one of these fields, or one of them alone: how many is an open
/// question.
pub(super) fn problems(answer: &Answer, fields: &[&str]) -> Outcome {
    let named = fields.iter().filter(|field| answer.names(field).is_ok());
    match (named.count(), fields) {
        (1, _) => Ok(()),
        (_, fields) => fields.iter().try_for_each(|field| answer.names(field)),
    }
}

fn hex(body: &Value, key: &str, digits: usize) -> bool {
    let text = body.get(key).and_then(Value::as_str).unwrap_or_default();
    let lower_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == digits && text.bytes().all(lower_hex)
}

fn date(body: &Value, key: &str) -> bool {
    let text = body.get(key).and_then(Value::as_str).unwrap_or_default();
    text.len() == "Tue, 11 Nov 2025 12:22:34 GMT".len()
        && text.ends_with(" GMT")
        && rfc2822::parse(text).is_ok()
}
