//! What a SARIF report can name: the rules and open questions of the cases, and what can fail on our side.

use serde_json::{Value, json};

use super::super::words;
use super::format::{Configuration, Level, Text};

pub(in crate::report) use super::format::Descriptor;
use mock_server::{Assumption, Rule};

pub(super) const INSTRUMENT_FAILED: &str = "instrument-failed";
pub(super) const CONTRADICTION: &str = "contradiction";
pub(super) const STOPPED: &str = "stopped";
pub(super) const NOTHING_SEEN: &str = "nothing-observed";

/// Every rule and open question of these, once.
pub(in crate::report) fn rules<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<Descriptor> {
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter()
        .map(|id| match (words::rule(id), words::assumption(id)) {
            (Some(known), _) => rule(known),
            (None, Some(known)) => assumption(known),
            (None, None) => plain(id, id, Level::Error),
        })
        .collect()
}

fn rule(rule: &Rule) -> Descriptor {
    Descriptor {
        full_description: Some(Text::plain(rule.text)),
        help: Some(Text {
            text: format!("{}\n\n\"{}\"\nSource: {}", rule.text, rule.quote, rule.page),
            markdown: Some(format!(
                "{}\n\n> {}\n\nSource: `{}` ({})",
                rule.text,
                rule.quote,
                rule.page,
                rule.basis.name()
            )),
        }),
        properties: json!({
            "tags": ["contract", rule.api(), rule.basis.name()],
            "basis": rule.basis.name(),
            "source": rule.page,
            "quote": rule.quote,
        }),
        ..plain(rule.id, rule.text, Level::Error)
    }
}

fn assumption(assumption: &Assumption) -> Descriptor {
    let known = words::known_answers(assumption);
    Descriptor {
        full_description: Some(Text::plain(assumption.question)),
        help: Some(Text::plain(format!(
            "{}\nNo document answers this. Known answers: {known}.",
            assumption.question
        ))),
        properties: json!({ "tags": ["contract", assumption.api(), "assumption"] }),
        ..plain(assumption.id, assumption.question, Level::Note)
    }
}

/// What can fail on our side.
pub(super) fn notifications() -> Vec<Descriptor> {
    [
        (
            INSTRUMENT_FAILED,
            "Our side, the network or the credentials failed: nothing is known about the rule.",
        ),
        (
            CONTRADICTION,
            "The mock says one thing about an open question and does another.",
        ),
        (STOPPED, "The run ended before its work was done."),
        (NOTHING_SEEN, "The run observed nothing."),
    ]
    .into_iter()
    .map(|(id, text)| plain(id, text, Level::Error))
    .collect()
}

pub(in crate::report) fn plain(id: &str, text: &str, level: Level) -> Descriptor {
    Descriptor {
        id: id.to_owned(),
        short_description: Text::plain(text),
        full_description: None,
        help: None,
        default_configuration: Configuration { level },
        properties: Value::Null,
    }
}
