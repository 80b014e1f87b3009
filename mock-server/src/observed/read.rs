//! Reads a recording, up to its last whole line. The form is that of `contract-tests`, of which this knows what
//! it needs and no more.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

/// The newest schema that is read. The oldest is the first whose lines name the rules: 1.1.
const KNOWN: (u32, u32) = (1, 1);

/// Why a text is no recording that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ObservedError {
    /// The first line is no header.
    #[error("line 1 is no header of a recording: {0}")]
    Header(String),
    /// A newer version of the tool wrote it.
    #[error("its schema is {0}, and this version reads up to {major}.{minor}; use a newer one", major = KNOWN.0, minor = KNOWN.1)]
    Newer(String),
    /// It does not say which rule a refusal is about.
    #[error("its schema is {0}, in which no line names a rule; record it again")]
    Older(String),
    /// A line in the middle cannot be read.
    #[error("line {line} is no exchange and no outcome: {fault}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        fault: String,
    },
}

/// A recording.
#[derive(Debug)]
pub(super) struct Recording {
    pub(super) header: Header,
    pub(super) exchanges: Vec<Exchange>,
}

/// Its first line.
#[derive(Debug, Deserialize)]
pub(super) struct Header {
    pub(super) target: String,
    pub(super) time: Timestamp,
}

#[derive(Deserialize)]
struct Versioned {
    schema: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Exchange(Box<Exchange>),
    Outcome {
        #[serde(rename = "verdict")]
        _verdict: String,
    },
}

/// One request with its answer.
#[derive(Debug, Deserialize)]
pub(super) struct Exchange {
    pub(super) scenario: String,
    pub(super) step: String,
    pub(super) request: Request,
    pub(super) response: Response,
    /// What the mock did at the same step; the same, where nothing is said.
    pub(super) mock: Option<Counterpart>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    #[serde(default)]
    pub(super) query: Value,
}

#[derive(Debug, Deserialize)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) body: Option<Value>,
}

/// What the mock did; status and body only where the target's differ.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Counterpart {
    /// That nothing is known of what the mock answers.
    #[serde(default)]
    pub(super) absent: bool,
    #[serde(default)]
    pub(super) assumptions: Vec<String>,
    pub(super) rule: Option<String>,
    pub(super) status: Option<u16>,
    pub(super) body: Option<Value>,
}

/// Reads a recording.
pub(super) fn recording(text: &str) -> Result<Recording, ObservedError> {
    let mut lines = text.lines().enumerate().peekable();
    let header = header(lines.next().map_or("", |(_, line)| line))?;
    let mut exchanges = Vec::new();
    while let Some((number, line)) = lines.next() {
        match serde_json::from_str(line) {
            Ok(Line::Exchange(exchange)) => exchanges.push(*exchange),
            Ok(Line::Outcome { .. }) => {}
            // The last line of an interrupted recording may be half a line.
            Err(_) if lines.peek().is_none() => {}
            Err(fault) => {
                return Err(ObservedError::Line {
                    line: number + 1,
                    fault: fault.to_string(),
                });
            }
        }
    }
    Ok(Recording { header, exchanges })
}

fn header(line: &str) -> Result<Header, ObservedError> {
    let wrong = |fault: serde_json::Error| ObservedError::Header(fault.to_string());
    let Versioned { schema } = serde_json::from_str(line).map_err(wrong)?;
    let parts = schema.split_once('.');
    let version = parts.and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)));
    match version {
        None => Err(ObservedError::Header(format!(
            "'{schema}' is no schema such as 1.1"
        ))),
        Some(version) if version > KNOWN => Err(ObservedError::Newer(schema)),
        Some(version) if version < KNOWN => Err(ObservedError::Older(schema)),
        Some(_) => serde_json::from_str(line).map_err(wrong),
    }
}
