//! Small words for JSON Schema 2020-12.

use serde_json::{Map, Value, json};

/// Marks a schema that stands among the components of the document, under this name.
pub(super) const COMPONENT: &str = "x-component";

/// A schema that the document names; wherever it is used, it is referred to.
pub(crate) fn named(name: &str, mut schema: Value) -> Value {
    schema[COMPONENT] = name.into();
    schema
}

/// A schema that the document names elsewhere.
pub(crate) fn referred(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

pub(crate) fn text() -> Value {
    json!({ "type": "string" })
}

pub(crate) fn integer() -> Value {
    json!({ "type": "integer" })
}

/// An integer of 64 bits, which is as large as one that is sent can be.
pub(crate) fn integer_sent() -> Value {
    json!({ "type": "integer", "format": "int64", "minimum": i64::MIN, "maximum": i64::MAX })
}

pub(crate) fn boolean() -> Value {
    json!({ "type": "boolean" })
}

/// This value and no other.
pub(crate) fn only(value: impl Into<Value>) -> Value {
    json!({ "const": value.into() })
}

/// One of these texts.
pub(crate) fn one_of_texts(texts: &[&str]) -> Value {
    json!({ "type": "string", "enum": texts })
}

/// A text of this form.
pub(crate) fn matching(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

pub(crate) fn list(element: Value) -> Value {
    with(json!({ "type": "array" }), "items", element)
}

/// An object with free keys, each value of this form.
pub(crate) fn map(values: Value) -> Value {
    with(json!({ "type": "object" }), "additionalProperties", values)
}

/// An object with these members, each of which must be there.
pub(crate) fn object<'a>(members: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let members: Vec<(&str, Value)> = members.into_iter().collect();
    let required: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
    let required = json!(required);
    with(optional(members), "required", required)
}

/// An object that has the first of these members, and may have the others.
pub(crate) fn partly<'a>(
    has: impl IntoIterator<Item = (&'a str, Value)>,
    may_have: impl IntoIterator<Item = (&'a str, Value)>,
) -> Value {
    let mut form = object(has);
    if let Some(members) = form["properties"].as_object_mut() {
        members.extend(
            may_have
                .into_iter()
                .map(|(name, form)| (name.to_owned(), form)),
        );
    }
    form
}

/// An object with these members, none of which must be there.
pub(crate) fn optional<'a>(members: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let members = members.into_iter();
    let properties: Map<String, Value> = members
        .map(|(name, form)| (name.to_owned(), form))
        .collect();
    with(json!({ "type": "object" }), "properties", properties)
}

/// Any of these forms; of equal ones the first stands for all.
pub(crate) fn any_of(forms: impl IntoIterator<Item = Value>) -> Value {
    let mut unlike: Vec<Value> = Vec::new();
    for form in forms {
        if !unlike.contains(&form) {
            unlike.push(form);
        }
    }
    match <[Value; 1]>::try_from(unlike) {
        Ok([form]) => form,
        Err(forms) => with(json!({}), "anyOf", forms),
    }
}

/// The same form, or null.
pub(crate) fn or_null(mut form: Value) -> Value {
    match form.get("type").cloned() {
        Some(Value::String(name)) if form.get("enum").is_none() => {
            form["type"] = json!([name, "null"]);
            form
        }
        _ => json!({ "anyOf": [form, { "type": "null" }] }),
    }
}

/// The same object, which has no other members.
pub(crate) fn closed(form: Value) -> Value {
    with(form, "additionalProperties", false)
}

/// The same form with one more keyword. Unlike `json!` it takes the value as it is, without a copy.
pub(crate) fn with(mut form: Value, keyword: &str, value: impl Into<Value>) -> Value {
    form[keyword] = value.into();
    form
}
