//! One difference, and the fingerprint by which it is known again.

use aws_lc_rs::digest;
use serde::Serialize;
use serde_json::Value;

use super::Level;

/// How much of a digest makes a fingerprint.
const LENGTH: usize = 6;

/// What kind of difference it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// It was there and is gone.
    Missing,
    /// It was not there.
    Unexpected,
    /// Its JSON type is another, or an id is none any more.
    Type,
    /// Its value is another.
    Value,
    /// The same things stand in another order.
    Order,
}

impl Kind {
    /// What has become of the place.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unexpected => "unexpected",
            Self::Type => "of another type",
            Self::Value => "of another value",
            Self::Order => "in another order",
        }
    }
}

/// One difference between two recordings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Difference {
    /// How much it matters.
    pub(crate) level: Level,
    /// The scenario.
    pub(crate) scenario: String,
    /// The step; empty where it is about the scenario as a whole.
    pub(crate) step: String,
    /// `status`, `header NAME`, `exchange`, `verdict`, or `body` with a JSON pointer.
    pub(crate) place: String,
    /// What kind it is.
    pub(crate) kind: Kind,
    /// The value in the old recording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) old: Option<Value>,
    /// The value in the new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) new: Option<Value>,
    /// The rules or the open question that the scenario is about.
    pub(crate) rules: Vec<String>,
    /// Known again by this: the same difference has the same one in every comparison.
    pub(crate) fingerprint: String,
}

impl Difference {
    /// A side of it in a line of text, of so many letters at the most.
    pub(crate) fn shown(side: Option<&Value>, most: usize) -> String {
        let text = side.map_or_else(|| "nothing".to_owned(), Value::to_string);
        match text.char_indices().nth(most) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    }
}

/// Where a difference is.
#[derive(Debug, Clone)]
pub(super) struct Where<'a> {
    pub(super) scenario: &'a str,
    pub(super) step: &'a str,
    pub(super) rules: &'a [String],
}

impl<'a> Where<'a> {
    pub(super) fn at(scenario: &'a str, step: &'a str, rules: &'a [String]) -> Self {
        Self {
            scenario,
            step,
            rules,
        }
    }

    /// A difference there.
    pub(super) fn differs(
        &self,
        level: Level,
        kind: Kind,
        place: impl Into<String>,
        old: Option<Value>,
        new: Option<Value>,
    ) -> Difference {
        let place = place.into();
        Difference {
            fingerprint: self.fingerprint(kind, &place, &old, &new),
            level,
            scenario: self.scenario.to_owned(),
            step: self.step.to_owned(),
            place,
            kind,
            old,
            new,
            rules: self.rules.to_vec(),
        }
    }

    fn fingerprint(
        &self,
        kind: Kind,
        place: &str,
        old: &Option<Value>,
        new: &Option<Value>,
    ) -> String {
        let text = serde_json::json!([self.scenario, self.step, place, kind, old, new]).to_string();
        let digest = digest::digest(&digest::SHA256, text.as_bytes());
        let bytes = digest.as_ref().iter().take(LENGTH);
        bytes.map(|byte| format!("{byte:02x}")).collect()
    }
}
