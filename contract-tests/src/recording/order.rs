//! Values with their keys sorted, and the order in which the keys came.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// How deep a body is looked into; nothing that a scenario asks for goes deeper.
const DEEPEST: usize = 64;

/// The same value with the keys of every object sorted.
pub(super) fn sorted(value: Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        Value::Object(members) => {
            let members: BTreeMap<String, Value> = members.into_iter().collect();
            let members = members.into_iter().map(|(key, value)| (key, sorted(value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        other => other,
    }
}

/// The keys of each object in a value, in their order. The elements of a list share a place, `*`: the first
/// of them that is an object tells the order there.
pub(super) fn of_keys(value: &Value) -> BTreeMap<String, Vec<String>> {
    let mut orders = BTreeMap::new();
    collect(value, String::new(), 0, &mut orders);
    orders
}

fn collect(value: &Value, place: String, depth: usize, orders: &mut BTreeMap<String, Vec<String>>) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(items) => {
            for item in items {
                collect(item, format!("{place}/*"), depth + 1, orders);
            }
        }
        Value::Object(members) if members.len() > 1 => {
            let keys = || members.keys().cloned().collect();
            orders.entry(place.clone()).or_insert_with(keys);
            inside(members, &place, depth, orders);
        }
        Value::Object(members) => inside(members, &place, depth, orders),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn inside(
    members: &Map<String, Value>,
    place: &str,
    depth: usize,
    orders: &mut BTreeMap<String, Vec<String>>,
) {
    for (key, member) in members {
        collect(member, format!("{place}/{key}"), depth + 1, orders);
    }
}
