//! What differs between two JSON values.

use serde_json::{Map, Value};

use super::Kind;

/// How deep values are looked into; recordings hold nothing deeper.
const DEEPEST: usize = 64;

/// A difference inside a value: where, of which kind, and both sides.
pub(super) struct Inside {
    pub(super) pointer: String,
    pub(super) kind: Kind,
    pub(super) old: Option<Value>,
    pub(super) new: Option<Value>,
}

/// Everything that differs between two values.
pub(super) fn differing(old: &Value, new: &Value) -> Vec<Inside> {
    let mut found = Vec::new();
    compare(old, new, String::new(), 0, &mut found);
    found
}

fn compare(old: &Value, new: &Value, pointer: String, depth: usize, found: &mut Vec<Inside>) {
    if old == new {
        return;
    }
    match (old, new) {
        (Value::Object(old), Value::Object(new)) if depth < DEEPEST => {
            members(old, new, &pointer, depth, found);
        }
        (Value::Array(old), Value::Array(new)) if depth < DEEPEST => {
            elements(old, new, &pointer, depth, found);
        }
        _ => found.push(Inside {
            kind: if type_of(old) == type_of(new) {
                Kind::Value
            } else {
                Kind::Type
            },
            pointer,
            old: Some(old.clone()),
            new: Some(new.clone()),
        }),
    }
}

fn members(
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    pointer: &str,
    depth: usize,
    found: &mut Vec<Inside>,
) {
    for (key, before) in old {
        let place = format!("{pointer}/{}", escaped(key));
        match new.get(key) {
            Some(after) => compare(before, after, place, depth + 1, found),
            None => found.push(missing(place, before)),
        }
    }
    for (key, after) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        found.push(unexpected(format!("{pointer}/{}", escaped(key)), after));
    }
}

fn elements(old: &[Value], new: &[Value], pointer: &str, depth: usize, found: &mut Vec<Inside>) {
    if is_reordered(old, new) {
        found.push(Inside {
            pointer: pointer.to_owned(),
            kind: Kind::Order,
            old: Some(Value::from(old)),
            new: Some(Value::from(new)),
        });
        return;
    }
    let (before, after) = unmatched(old, new);
    let paired = before.len().min(after.len());
    for (&(place, left), &(_, right)) in before.iter().zip(&after) {
        compare(left, right, format!("{pointer}/{place}"), depth + 1, found);
    }
    for (place, left) in &before[paired..] {
        found.push(missing(format!("{pointer}/{place}"), left));
    }
    for (place, right) in &after[paired..] {
        found.push(unexpected(format!("{pointer}/{place}"), right));
    }
}

/// An element with its place.
type Placed<'a> = (usize, &'a Value);

/// The elements of two lists that the other does not have, with their places: one that is gone from the
/// middle makes no difference of those behind it.
fn unmatched<'a>(old: &'a [Value], new: &'a [Value]) -> (Vec<Placed<'a>>, Vec<Placed<'a>>) {
    let mut after: Vec<Placed<'a>> = new.iter().enumerate().collect();
    let mut before = Vec::new();
    for (place, value) in old.iter().enumerate() {
        match after.iter().position(|(_, other)| *other == value) {
            Some(found) => {
                after.remove(found);
            }
            None => before.push((place, value)),
        }
    }
    (before, after)
}

fn is_reordered(old: &[Value], new: &[Value]) -> bool {
    let (before, after) = unmatched(old, new);
    before.is_empty() && after.is_empty()
}

fn missing(pointer: String, old: &Value) -> Inside {
    Inside {
        pointer,
        kind: Kind::Missing,
        old: Some(old.clone()),
        new: None,
    }
}

fn unexpected(pointer: String, new: &Value) -> Inside {
    Inside {
        pointer,
        kind: Kind::Unexpected,
        old: None,
        new: Some(new.clone()),
    }
}

/// The type of a value. An id that is a whole number is marked in its symbol.
fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(text) if text.starts_with("{{#") => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// A key as a JSON pointer writes it.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
