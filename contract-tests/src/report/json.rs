//! Every event of a run as one JSON document.

use serde_json::{Value, json};

use super::About;
use crate::event::Event;

/// The version of the document's form: a new field is a new minor, a changed one a new major.
const SCHEMA: &str = "1.1";

/// Collects events.
#[derive(Debug, Default)]
pub(super) struct Json {
    events: Vec<Value>,
}

impl Json {
    pub(super) fn tell(&mut self, event: Event<'_>) {
        // That time passes is for those who wait.
        if !matches!(event, Event::Walking) {
            // Events hold nothing that cannot be written as JSON.
            self.events.extend(serde_json::to_value(event));
        }
    }

    pub(super) fn document(&self, about: &About) -> String {
        let document = json!({
            "schema": SCHEMA,
            "tool": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
            "command": about.command,
            "target": about.target,
            "began": about.at,
            "events": self.events,
        });
        format!("{document:#}\n")
    }
}
