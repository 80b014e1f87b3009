//! What the `where` of a query is taken to ask, where assumptions read more into it than the framework does.

use serde_json::{Map, Value, json};

use super::access_groups;
use super::assumptions::{CreditorFilter, ValueTypes};
use super::eve::body::{self, Malformed};
use super::resource::Resource;
use super::store::Store;
use crate::platform::moment::Moment;

/// How deep lists of conditions are looked through; no reader of `where` goes deeper.
const DEEPEST: usize = body::DEEPEST;

/// The clause as it is read. What is no JSON object is left for the parser to judge.
pub(super) fn clause(
    store: &Store,
    moment: &mut Moment,
    resource: &Resource,
    text: &str,
) -> Result<Value, Malformed> {
    let mut asked = match body::read(text.as_bytes())? {
        Value::Object(asked) => asked,
        other => return Ok(other),
    };
    if holds_texts_of_others(&asked, 0) && moment.assumes::<ValueTypes>() == ValueTypes::Lenient {
        asked = lenient(asked, 0);
    }
    let names_creditor = resource.name == access_groups::RESOURCE.name
        && asked.get("creditor").is_some_and(Value::is_string);
    if names_creditor && moment.assumes::<CreditorFilter>() == CreditorFilter::AndAccounts {
        asked = access_groups::with_account_level(store, asked);
    }
    Ok(Value::Object(asked))
}

/// Whether a condition asks for a text that reads like a number or a boolean.
fn holds_texts_of_others(asked: &Map<String, Value>, depth: usize) -> bool {
    depth <= DEEPEST
        && asked.values().any(|value| match value {
            Value::String(text) => other_type(text).is_some(),
            Value::Array(conditions) => conditions.iter().any(|condition| {
                let condition = condition.as_object();
                condition.is_some_and(|condition| holds_texts_of_others(condition, depth + 1))
            }),
            _ => false,
        })
}

/// The same conditions, each of whose texts means what it reads like, too.
fn lenient(asked: Map<String, Value>, depth: usize) -> Map<String, Value> {
    let widened = |value: Value| match value {
        Value::String(text) => match other_type(&text) {
            Some(other) => json!({ "$in": [text, other] }),
            None => Value::String(text),
        },
        Value::Array(conditions) if depth < DEEPEST => {
            let conditions = conditions.into_iter().map(|condition| match condition {
                Value::Object(condition) => Value::Object(lenient(condition, depth + 1)),
                other => other,
            });
            Value::Array(conditions.collect())
        }
        other => other,
    };
    asked
        .into_iter()
        .map(|(key, value)| (key, widened(value)))
        .collect()
}

/// The number or boolean that a text reads like.
fn other_type(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    (value.is_boolean() || value.is_number()).then_some(value)
}
