//! The scenarios of both APIs, and small changes to bodies that they share.

pub(crate) mod amili;
pub(crate) mod ams;

use serde_json::Value;

/// The body with one more or another field.
fn with(mut body: Value, field: &str, value: Value) -> Value {
    if let Some(members) = body.as_object_mut() {
        members.insert(field.to_owned(), value);
    }
    body
}

/// The body without these fields.
fn without(mut body: Value, fields: &[&str]) -> Value {
    if let Some(members) = body.as_object_mut() {
        members.retain(|field, _| !fields.contains(&field.as_str()));
    }
    body
}
