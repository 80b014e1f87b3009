//! `contract-tests compare`: two recordings, and the exit status that tells whether they differ.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{AcceptError, Accepted, Level, Sides, compare, tell};
use crate::cli::{FAILED, HELD};
use crate::recording::{ReadError, Recording};
use crate::report::{Drift, Files, ReportError, ReportOptions};

/// Shows what differs between two recordings.
#[derive(Debug, Args)]
pub(crate) struct CompareArguments {
    /// The older recording.
    old: PathBuf,
    /// The newer one.
    new: PathBuf,
    /// TOML with the differences that are excused for a time.
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,
    /// The least level of difference that fails; `any` is every one.
    #[arg(long, value_name = "LEVEL", value_parser = level, default_value = "behaviour")]
    fail_on: Level,
    #[command(flatten)]
    reports: ReportOptions,
}

/// Why two recordings could not be compared.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CompareError {
    /// One of them cannot be read.
    #[error(transparent)]
    Recording(#[from] ReadError),
    /// The excuses cannot be read.
    #[error(transparent)]
    Accept(#[from] AcceptError),
    /// A report cannot be written.
    #[error(transparent)]
    Report(#[from] ReportError),
}

fn level(text: &str) -> Result<Level, String> {
    match text {
        "breaking" => Ok(Level::Breaking),
        "behaviour" => Ok(Level::Behaviour),
        "any" => Ok(Level::Cosmetic),
        _ => Err("must be breaking, behaviour or any".to_owned()),
    }
}

/// Compares, tells, and gives the exit status.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn run(arguments: &CompareArguments, now: Timestamp) -> Result<u8, CompareError> {
    let old = Recording::read(&arguments.old)?;
    let new = Recording::read(&arguments.new)?;
    let accepted = match &arguments.accept {
        Some(file) => Accepted::read(file)?,
        None => Accepted::default(),
    };
    // A report that cannot be written is found out before anything is told.
    let reports = Files::open(&arguments.reports)?;
    let comparison = compare(&old, &new);
    let judged = accepted.judge(&comparison, now.to_zoned(TimeZone::UTC).date());
    let sides = Sides {
        old: &old.header,
        new: &new.header,
        now,
    };
    let drift = Drift {
        sides,
        comparison: &comparison,
        judged: &judged,
        fails_at: arguments.fail_on,
    };
    let text = tell::text(&sides, &comparison, &judged);
    // Nothing is left to be done when stderr is closed.
    let _ = write!(io::stderr(), "{text}");
    reports.write(|form| drift.document(form))?;
    // A comparison that saw nothing says nothing of drift.
    let saw_nothing = comparison.compared.is_empty();
    Ok(match saw_nothing || judged.fails_at(arguments.fail_on) {
        true => FAILED,
        false => HELD,
    })
}
