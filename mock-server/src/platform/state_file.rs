//! The state file: every space of a server, written whole or not at all.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::space::Saved;

/// What the file calls itself.
const FORMAT: &str = "mock-server state";
/// The form of the file that this version writes, and the newest that it reads.
const SCHEMA: u64 = 1;

/// The content of a state file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StateFile {
    format: String,
    schema: u64,
    /// The version that wrote it.
    version: String,
    /// The spaces by name.
    pub(crate) spaces: BTreeMap<String, Saved>,
}

/// Why a state file cannot be used, or not be written. It is left as it is.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// It cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(std::io::Error),
    /// It is no state file, or a damaged one.
    #[error("is no whole state file: {0}")]
    Damaged(String),
    /// A newer version wrote it.
    #[error(
        "was written in schema {found} by mock-server {version}; this one reads up to schema {SCHEMA}"
    )]
    Newer {
        /// The schema of the file.
        found: u64,
        /// The version that wrote it.
        version: String,
    },
    /// It cannot be written.
    #[error("cannot be written: {0}")]
    Unwritable(std::io::Error),
}

impl StateFile {
    /// The content for these spaces.
    pub(crate) fn of(spaces: BTreeMap<String, Saved>) -> Self {
        Self {
            format: FORMAT.to_owned(),
            schema: SCHEMA,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            spaces,
        }
    }

    /// Reads a file; `None` when there is none, and one could be made.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, StateError> {
        let is_other = std::fs::metadata(path).is_ok_and(|known| !known.is_file());
        if is_other {
            let told = std::io::Error::other("it is no regular file");
            return Err(StateError::Unreadable(told));
        }
        crate::files::prepare(path).map_err(StateError::Unwritable)?;
        match std::fs::read(path) {
            Ok(text) => Self::parse(&text).map(Some),
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(fault) => Err(StateError::Unreadable(fault)),
        }
    }

    pub(crate) fn parse(text: &[u8]) -> Result<Self, StateError> {
        let damaged = |fault: serde_json::Error| StateError::Damaged(fault.to_string());
        let content: Value = serde_json::from_slice(text).map_err(damaged)?;
        if content["format"] != FORMAT {
            let told = format!("\"format\" must be \"{FORMAT}\", not {}", content["format"]);
            return Err(StateError::Damaged(told));
        }
        // A newer form may have other parts, so that this is looked at before the parts are.
        if let Some(found) = content["schema"].as_u64().filter(|found| *found > SCHEMA) {
            let version = content["version"]
                .as_str()
                .unwrap_or("of an unknown version");
            return Err(StateError::Newer {
                found,
                version: version.to_owned(),
            });
        }
        serde_json::from_value(content).map_err(damaged)
    }

    /// Writes the file so that it is at any moment the old one or the new one, never a part of either.
    pub(crate) fn write(&self, path: &Path) -> Result<(), StateError> {
        let text =
            serde_json::to_vec(self).map_err(|fault| StateError::Unwritable(fault.into()))?;
        crate::files::write_whole(path, &text).map_err(StateError::Unwritable)
    }
}
