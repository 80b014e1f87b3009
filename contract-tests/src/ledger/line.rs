//! The form of a ledger: JSON Lines, a header first. Knows no file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::scenario::Api;

/// The version of the form: a new field is a new minor, a changed one a new major.
pub(crate) const SCHEMA: &str = "1.0";

/// What a ledger says about its run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Header {
    pub(crate) schema: String,
    /// What names begin with, after `ct-`.
    pub(crate) run: String,
    pub(crate) target: String,
    /// The base URL of each API of the target.
    pub(crate) base_urls: BTreeMap<Api, String>,
    pub(crate) tool: String,
}

/// A document of a target. Two spaces of a mock may have the same ids.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Thing {
    pub(crate) api: Api,
    /// What its name begins with, and the name of its space on a mock.
    pub(crate) space: String,
    pub(crate) resource: String,
    pub(crate) id: String,
}

impl Thing {
    pub(crate) fn new(api: Api, space: &str, resource: &str, id: &str) -> Self {
        Self {
            api,
            space: space.to_owned(),
            resource: resource.to_owned(),
            id: id.to_owned(),
        }
    }
}

/// A request that is about to make something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Intent {
    pub(crate) api: Api,
    pub(crate) space: String,
    /// The caller, where it is not the default one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) role: Option<String>,
    pub(crate) step: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) resource: String,
    /// The names under which it can be found.
    pub(crate) names: Vec<String>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "kebab-case")]
pub(crate) enum Line {
    /// The first one.
    Opened(Header),
    /// A request that makes something is about to be sent.
    Intent {
        number: u64,
        #[serde(flatten)]
        intent: Intent,
    },
    /// It made this.
    Made {
        number: u64,
        #[serde(flatten)]
        thing: Thing,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// It made nothing, or nothing more than was noted: so it was answered, or it was looked for in vain.
    Settled { number: u64, because: String },
    /// A read has proved that this is gone.
    Gone {
        #[serde(flatten)]
        thing: Thing,
    },
    /// This stays, for the API offers no way to delete it.
    Left {
        #[serde(flatten)]
        thing: Thing,
    },
    /// Nothing that can be deleted is left.
    Finished {},
}

/// Whether this is no more than the beginning of a first line: nothing is sent before that line is whole.
pub(super) fn is_blank(bytes: &[u8]) -> bool {
    const BEGINNING: &[u8] = br#"{"line":"opened","#;
    let mut both = bytes.iter().zip(BEGINNING);
    !bytes.contains(&b'\n') && both.all(|(one, other)| one == other)
}

/// The lines, and how many bytes they take: a last one that was cut off is not among them.
pub(super) fn read(bytes: &[u8]) -> Result<(Vec<Line>, u64), String> {
    let end = bytes.iter().rposition(|byte| *byte == b'\n');
    let whole = end.map_or(0, |end| end + 1);
    let text = std::str::from_utf8(bytes.get(..whole).unwrap_or_default())
        .map_err(|_| "it is no text".to_owned())?;
    let mut lines = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let at = at + 1;
        let read = serde_json::from_str(line).map_err(|error| format!("line {at}: {error}"))?;
        lines.push(read);
    }
    match lines.first() {
        Some(Line::Opened(header)) => known(&header.schema)?,
        _ => return Err("it does not begin as a ledger does".to_owned()),
    }
    Ok((lines, whole as u64))
}

/// What a later version writes may mean something that this one would not do.
fn known(schema: &str) -> Result<(), String> {
    let parts = |text: &str| {
        let (major, minor) = text.split_once('.')?;
        Some((major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?))
    };
    match (parts(schema), parts(SCHEMA)) {
        (Some((major, minor)), Some((ours, newest))) if major == ours && minor <= newest => Ok(()),
        _ => Err(format!("its form {schema} is not {SCHEMA}")),
    }
}
