//! Every event of a run as one JSON document.

use serde_json::{Value, json};

use crate::event::Event;

/// The version of the document's form: a new field is a new minor, a changed one a new major.
const SCHEMA: &str = "1.0";

/// Collects events.
#[derive(Debug, Default)]
pub(crate) struct Json {
    events: Vec<Value>,
}

impl Json {
    pub(crate) fn tell(&mut self, event: Event<'_>) {
        // Events hold nothing that cannot be written as JSON.
        self.events.extend(serde_json::to_value(event));
    }

    pub(crate) fn document(self) -> String {
        let document = json!({ "schema": SCHEMA, "events": self.events });
        format!("{document:#}\n")
    }
}
