//! Differences that are known and excused for a time, each by its fingerprint.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Comparison, Difference, Level};

/// Why a file of excuses cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AcceptError {
    /// It cannot be read.
    #[error("{file}: {error}")]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// It is not of the form.
    #[error(
        "{file}: must be TOML of entries such as [[accept]] fingerprint = \"…\", reason = \"…\", until = \"2027-01-31\": {error}"
    )]
    Form {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        error: Box<toml::de::Error>,
    },
}

/// One excuse.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// The difference that it excuses.
    pub(crate) fingerprint: String,
    /// Why.
    pub(crate) reason: String,
    /// The last day on which it does.
    pub(crate) until: Date,
}

/// The excuses of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Accepted {
    #[serde(default)]
    accept: Vec<Entry>,
}

/// A comparison in the light of the excuses.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Judged {
    /// The differences that nothing excuses.
    pub(crate) differences: Vec<Difference>,
    /// Those that are excused, with the reason.
    pub(crate) excused: Vec<Excused>,
    /// What is wrong with the excuses themselves.
    pub(crate) stale: Vec<String>,
}

/// A difference that is excused.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Excused {
    /// The difference.
    pub(crate) difference: Difference,
    /// Why it is excused.
    pub(crate) reason: String,
    /// Until when.
    pub(crate) until: Date,
}

impl Accepted {
    /// Reads a file of excuses.
    ///
    /// # Errors
    /// When there is no such file, or not of that form.
    pub(crate) fn read(file: &Path) -> Result<Self, AcceptError> {
        let text = std::fs::read_to_string(file).map_err(|error| AcceptError::File {
            file: file.to_owned(),
            error,
        })?;
        Self::parse(file, &text)
    }

    /// The same from the text of the file.
    pub(crate) fn parse(file: &Path, text: &str) -> Result<Self, AcceptError> {
        toml::from_str(text).map_err(|error| AcceptError::Form {
            file: file.to_owned(),
            error: Box::new(error),
        })
    }

    /// Sets the excused differences apart. An entry that excuses nothing or is past its date is told.
    pub(crate) fn judge(&self, comparison: &Comparison, today: Date) -> Judged {
        let mut judged = Judged {
            differences: Vec::new(),
            excused: Vec::new(),
            stale: Vec::new(),
        };
        let excuse = |difference: &Difference| {
            let mut entries = self.accept.iter().filter(|entry| today <= entry.until);
            entries.find(|entry| entry.fingerprint == difference.fingerprint)
        };
        for difference in &comparison.differences {
            match excuse(difference) {
                Some(entry) => judged.excused.push(Excused {
                    difference: difference.clone(),
                    reason: entry.reason.clone(),
                    until: entry.until,
                }),
                None => judged.differences.push(difference.clone()),
            }
        }
        judged.stale = self
            .accept
            .iter()
            .filter_map(|entry| stale(entry, comparison, today))
            .collect();
        judged
    }
}

fn stale(entry: &Entry, comparison: &Comparison, today: Date) -> Option<String> {
    let Entry {
        fingerprint,
        reason,
        until,
    } = entry;
    let mut differences = comparison.differences.iter();
    if today > *until {
        return Some(format!(
            "{fingerprint} ({reason}) was excused until {until} only"
        ));
    }
    let excuses = differences.any(|difference| difference.fingerprint == *fingerprint);
    (!excuses).then(|| format!("{fingerprint} ({reason}) excuses nothing any more"))
}

impl Judged {
    /// Whether there is a difference of this level or a worse one, or an excuse that is none.
    pub(crate) fn fails_at(&self, level: Level) -> bool {
        let mut differences = self.differences.iter();
        !self.stale.is_empty() || differences.any(|difference| difference.level >= level)
    }
}
