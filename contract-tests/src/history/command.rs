//! `contract-tests history`: a folder of recordings, and the exit status that tells whether the newest ones
//! moved.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{History, folder, page, text};
use crate::cli::{FAILED, HELD};
use crate::report::Output;

/// Shows since when each rule and each scenario behaves as it does, by the recordings in a folder.
///
/// Takes every *.jsonl there, by target and in the order of time. Fails when the newest recording of a
/// target shows something otherwise than it was before.
#[derive(Debug, Args)]
pub(crate) struct HistoryArguments {
    /// The folder of the recordings.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Write the history as one HTML page to this file.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write the whole history as JSON to this file.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// Why there is no history.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HistoryError {
    /// The folder cannot be read.
    #[error("{0}: {1}")]
    Folder(PathBuf, io::Error),
    /// Nothing in it can.
    #[error("{0} has no recording that can be read{1}")]
    Nothing(PathBuf, String),
    /// A report cannot be written.
    #[error("cannot write {0}: {1}")]
    Output(PathBuf, io::Error),
}

/// Reads, compares, tells, and gives the exit status.
///
/// # Errors
/// When nothing can be read, or a report not written.
pub(crate) fn run(arguments: &HistoryArguments) -> Result<u8, HistoryError> {
    let folder = &arguments.folder;
    let (read, unread) =
        folder::read(folder).map_err(|error| HistoryError::Folder(folder.clone(), error))?;
    if read.is_empty() {
        let why = unread.iter().map(|unread| format!("; {}", unread.because));
        return Err(HistoryError::Nothing(folder.clone(), why.collect()));
    }
    let history = History::of(read, unread);
    if let Some(file) = &arguments.json {
        let document = serde_json::to_string_pretty(&history).map_err(io::Error::from);
        written(file, document.map(|document| document + "\n"))?;
    }
    if let Some(file) = &arguments.html {
        written(file, Ok(page::page(&history)))?;
    }
    let told = text::summary(&history);
    // Nothing is left to be done when stderr is closed.
    let _ = io::stderr().write_all(told.as_bytes());
    Ok(match history.moved() {
        true => FAILED,
        false => HELD,
    })
}

fn written(file: &Path, document: io::Result<String>) -> Result<(), HistoryError> {
    let out = Output::open(file);
    out.and_then(|out| out.write(&document?))
        .map_err(|error| HistoryError::Output(file.to_owned(), error))
}
