//! How much a difference matters to a client that was written by the documents.

use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;

use super::Kind;

/// How much a difference matters, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Level {
    /// Nothing that a client reads: the order of keys.
    Cosmetic,
    /// Something more than there was.
    Additive,
    /// Something else where the documents promise nothing in particular: another message or code, another
    /// status of the same class.
    Behaviour,
    /// A client that was written by the documents may fail.
    Breaking,
}

impl Level {
    /// Every level, the worst first.
    pub(crate) const ALL: [Self; 4] = [
        Self::Breaking,
        Self::Behaviour,
        Self::Additive,
        Self::Cosmetic,
    ];

    /// The level in words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Cosmetic => "cosmetic",
            Self::Additive => "additive",
            Self::Behaviour => "behaviour",
            Self::Breaking => "breaking",
        }
    }

    /// Of two statuses: another class is a rule enforced no longer, or newly.
    pub(super) fn of_statuses(old: u16, new: u16) -> Self {
        if old / 100 == new / 100 {
            Self::Behaviour
        } else {
            Self::Breaking
        }
    }

    /// Of a header.
    pub(super) fn of_header(name: &str, kind: Kind) -> Self {
        match kind {
            Kind::Unexpected => Self::Additive,
            // Without it a client does not know how to read the body.
            _ if name == "content-type" => Self::Breaking,
            Kind::Missing | Kind::Type | Kind::Value | Kind::Order => Self::Behaviour,
        }
    }

    /// Of something in a body.
    pub(super) fn of_body(
        pointer: &str,
        kind: Kind,
        old: Option<&Value>,
        new: Option<&Value>,
    ) -> Self {
        let problems = PROBLEMS.iter().any(|place| pointer.starts_with(place));
        match kind {
            // The problems that a refusal tells are its message.
            Kind::Missing | Kind::Unexpected if problems => Self::Behaviour,
            Kind::Missing | Kind::Type => Self::Breaking,
            Kind::Unexpected if in_list(pointer) => Self::Behaviour,
            Kind::Unexpected => Self::Additive,
            // Two known things that are not the same any more: a relation is broken.
            Kind::Value if is_symbol(old) && is_symbol(new) => Self::Breaking,
            Kind::Value | Kind::Order => Self::Behaviour,
        }
    }
}

/// Where refusals tell the problems of single fields. `_issues` is documented nowhere.
const PROBLEMS: [&str; 4] = ["/_error/details/", "/_issues", "/errors/", "/error/"];

fn in_list(pointer: &str) -> bool {
    let last = pointer.rsplit('/').next().unwrap_or_default();
    !last.is_empty() && last.bytes().all(|digit| digit.is_ascii_digit())
}

/// Whether a value is a thing known by its place, and not a time.
fn is_symbol(value: Option<&Value>) -> bool {
    let text = value.and_then(Value::as_str).unwrap_or_default();
    text.starts_with("{{") && text.ends_with("}}") && text != "{{now}}"
}
