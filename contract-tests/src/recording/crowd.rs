//! Lists that hold what others made. What a list of Amili shows beside a scenario's own records, and how much of
//! it, says nothing about the API: it grows from night to night. So of a list that does not ask for the
//! scenario's own records only its form is recorded.

use std::collections::BTreeSet;

use serde_json::Value;

use super::symbols::is_made_up;
use crate::client::Exchange;

/// What stands for what the list shows.
pub(super) const SOME: &str = "{{some}}";
/// The members that tell what the list shows.
const TELLING: [&str; 2] = ["/_items", "/_meta/total"];
/// The headers that do.
pub(super) const HEADERS: [&str; 2] = ["last-modified", "x-total-count"];

/// How deep bodies are looked into.
const DEEPEST: usize = 64;

/// What a scenario made: ids, and names and numbers of its own.
#[derive(Debug, Default)]
pub(super) struct Own(BTreeSet<String>);

impl Own {
    /// Takes note of what an exchange makes.
    pub(super) fn note(&mut self, exchange: &Exchange) {
        if exchange.method == "GET" {
            return;
        }
        let sent = exchange.sent.as_deref().unwrap_or_default();
        self.collect(sent, is_made_up);
        if exchange.method == "POST" && (200..300).contains(&exchange.status) {
            self.collect(&exchange.body, is_id);
        }
    }

    /// Whether an exchange lists more than what the scenario made.
    pub(super) fn is_among_others(&self, exchange: &Exchange) -> bool {
        let query = exchange.path.split_once('?').map_or("", |(_, query)| query);
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        let condition = pairs.find(|(key, _)| key == "where");
        !condition.is_some_and(|(_, text)| self.0.iter().any(|own| text.contains(own.as_str())))
    }

    fn collect(&mut self, text: &str, wanted: fn(&str) -> bool) {
        if let Ok(value) = serde_json::from_str(text) {
            self.take(&value, wanted, 0);
        }
    }

    fn take(&mut self, value: &Value, wanted: fn(&str) -> bool, depth: usize) {
        match value {
            Value::String(text) if wanted(text) => drop(self.0.insert(text.clone())),
            Value::Array(items) if depth < DEEPEST => {
                for item in items {
                    self.take(item, wanted, depth + 1);
                }
            }
            Value::Object(members) if depth < DEEPEST => {
                for member in members.values() {
                    self.take(member, wanted, depth + 1);
                }
            }
            _ => {}
        }
    }
}

/// A list without what it shows; true if the body is one.
pub(super) fn blur(body: &mut Value) -> bool {
    if !body.get("_items").is_some_and(Value::is_array) {
        return false;
    }
    for pointer in TELLING {
        if let Some(told) = body.pointer_mut(pointer) {
            *told = SOME.into();
        }
    }
    true
}

fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|letter| letter.is_ascii_hexdigit())
}
