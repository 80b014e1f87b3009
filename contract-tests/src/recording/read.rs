//! Reads a recording, up to its last whole line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::format::{Header, Line, Recording, SCHEMA, Schema};

/// Why a file is no recording that can be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    /// The file cannot be read at all.
    #[error("{file}: {error}")]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The first line is no header of a recording.
    #[error("{file}: line 1 is no header of a recording: {error}")]
    Header {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// A newer version of the tool wrote it.
    #[error("{file}: its schema is {found}, and this version reads up to {known}; use a newer one")]
    Newer {
        /// The file.
        file: PathBuf,
        /// Its schema.
        found: String,
        /// The newest one known.
        known: String,
    },
    /// A line in the middle cannot be read.
    #[error("{file}: line {line} is no exchange and no outcome: {error}")]
    Line {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        error: serde_json::Error,
    },
}

/// Only the schema of a header, whatever else a newer version put there.
#[derive(serde::Deserialize)]
struct Versioned {
    schema: Schema,
}

impl Recording {
    /// Reads a recording. One that was interrupted ends with its last whole line.
    ///
    /// # Errors
    /// When there is no such file, when it is no recording, or one of a newer schema.
    pub(crate) fn read(file: &Path) -> Result<Self, ReadError> {
        let text = std::fs::read_to_string(file).map_err(|error| ReadError::File {
            file: file.to_owned(),
            error,
        })?;
        Self::parse(file, &text)
    }

    /// The same from the text of the file.
    pub(crate) fn parse(file: &Path, text: &str) -> Result<Self, ReadError> {
        let mut lines = text.lines();
        let header = header(file, lines.next().unwrap_or_default())?;
        let mut scenarios: BTreeMap<String, super::Recorded> = BTreeMap::new();
        let mut number = 1;
        while let Some(text) = lines.next() {
            number += 1;
            match serde_json::from_str(text) {
                Ok(Line::Exchange(seen)) => {
                    let scenario = scenarios.entry(seen.scenario.clone()).or_default();
                    scenario.exchanges.push(*seen);
                }
                Ok(Line::Outcome(outcome)) => {
                    let scenario = scenarios.entry(outcome.scenario.clone()).or_default();
                    scenario.outcome = Some(outcome);
                }
                // The last line of an interrupted recording may be half a line.
                Err(_) if lines.clone().next().is_none() => break,
                Err(error) => {
                    return Err(ReadError::Line {
                        file: file.to_owned(),
                        line: number,
                        error,
                    });
                }
            }
        }
        Ok(Self { header, scenarios })
    }
}

fn header(file: &Path, line: &str) -> Result<Header, ReadError> {
    let wrong = |error| ReadError::Header {
        file: file.to_owned(),
        error,
    };
    let Versioned { schema } = serde_json::from_str(line).map_err(wrong)?;
    if schema > SCHEMA {
        return Err(ReadError::Newer {
            file: file.to_owned(),
            found: schema.into(),
            known: SCHEMA.into(),
        });
    }
    serde_json::from_str(line).map_err(wrong)
}
