//! The form of a recording: JSON Lines, a header, then one exchange a line and one outcome a scenario.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The schema that this version writes. A reader takes no newer one.
pub(crate) const SCHEMA: Schema = Schema { major: 1, minor: 1 };

/// A version of the form: another major breaks readers, another minor adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Schema {
    pub(crate) major: u32,
    pub(crate) minor: u32,
}

impl From<Schema> for String {
    fn from(schema: Schema) -> Self {
        format!("{}.{}", schema.major, schema.minor)
    }
}

impl TryFrom<String> for Schema {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.split_once('.');
        let parsed = parts.and_then(|(major, minor)| {
            Some(Self {
                major: major.parse().ok()?,
                minor: minor.parse().ok()?,
            })
        });
        parsed.ok_or_else(|| format!("'{text}' is no schema such as 1.0"))
    }
}

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    /// The form of the lines that follow.
    pub(crate) schema: Schema,
    /// The target that was recorded.
    pub(crate) target: String,
    /// When the run began.
    pub(crate) time: jiff::Timestamp,
    /// The version of the tool.
    pub(crate) tool: String,
}

/// Any other line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Line {
    /// One request and its answer.
    Exchange(Box<Observed>),
    /// How a scenario ended; it stands behind the exchanges of that scenario.
    Outcome(Outcome),
}

/// One request and its answer. The fields stand in the order of their names, as `serde_json` writes the
/// keys of the values inside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Observed {
    /// Who called.
    pub(crate) caller: String,
    /// What the mock does at the same step; since schema 1.1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) mock: Option<Counterpart>,
    /// What was asked.
    pub(crate) request: Request,
    /// What came back.
    pub(crate) response: Response,
    /// The scenario.
    pub(crate) scenario: String,
    /// The step.
    pub(crate) step: String,
}

/// What the mock answers to the same request at the same step: by it a reader knows which rule an answer of
/// the target is about, for a real API names none. Left out where it says nothing: the mock refuses nothing and
/// answers the same.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Counterpart {
    /// That the mock was not asked this, so that nothing is known of what it answers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) absent: bool,
    /// The open questions that decided a refusal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) assumptions: Vec<String>,
    /// The body, where it differs from the target's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<Value>,
    /// The rule that refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rule: Option<String>,
    /// The status, where it differs from the target's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
}

/// What was asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Request {
    /// The body; text that is no JSON stands as a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<Value>,
    /// The headers that the step sets by itself.
    pub(crate) headers: BTreeMap<String, String>,
    /// The method.
    pub(crate) method: String,
    /// The path.
    pub(crate) path: String,
    /// The keys of the query.
    pub(crate) query: BTreeMap<String, Value>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Response {
    /// The body; text that is no JSON stands as a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<Value>,
    /// The headers that say something about the API.
    pub(crate) headers: BTreeMap<String, String>,
    /// The keys of each object of the body in the order in which they came, by the object's place.
    pub(crate) key_order: BTreeMap<String, Vec<String>>,
    /// The status.
    pub(crate) status: u16,
}

/// How a scenario ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Outcome {
    /// The answer that was given to an open question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) answer: Option<String>,
    /// Why nothing could be seen, or what was wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) because: Option<String>,
    /// The rules or the open question that it is about.
    pub(crate) proves: Vec<String>,
    /// The scenario.
    pub(crate) scenario: String,
    /// The verdict.
    pub(crate) verdict: String,
}

/// A whole recording.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Recording {
    /// Its first line.
    pub(crate) header: Header,
    /// Its scenarios, by name.
    pub(crate) scenarios: BTreeMap<String, Recorded>,
}

/// What was seen of one scenario.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Recorded {
    /// The exchanges, in order.
    pub(crate) exchanges: Vec<Observed>,
    /// How it ended; `None` where the recording breaks off before.
    pub(crate) outcome: Option<Outcome>,
}
