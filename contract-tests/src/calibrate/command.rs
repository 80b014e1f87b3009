//! `contract-tests calibrate`: asks a target every open question, and writes down what it answered.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Finding, Seen, finding, findings, questions, tell};
use crate::cli::{FAILED, HELD, UNREACHABLE};
use crate::event::Event;
use crate::ledger::LedgerError;
use crate::report::Output;
use crate::run::Run;
use crate::sweep;
use crate::target::{Target, TargetError, TargetsFile};

/// Writes an assumptions file with the answer that the target gives to each open question.
///
/// mock-server --assumptions FILE takes it. A question that this target offers no way to see, or that it
/// answers in a way that is not known, stands in the file as a comment.
#[derive(Debug, Args)]
pub(crate) struct CalibrateArguments {
    /// `mock`, or a name from the targets file.
    #[arg(long, value_name = "NAME")]
    target: String,
    #[command(flatten)]
    targets: TargetsFile,
    /// Where to write the assumptions file [default: stdout].
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Where to note what is made [default: .contract-tests/ledger-RUN.jsonl]. Not needed on `mock`.
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
}

/// Why a target could not be calibrated against.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CalibrateError {
    /// The target cannot be used.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// What is made cannot be noted.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The file cannot be written.
    #[error("cannot write {0}: {1}")]
    Output(String, io::Error),
    /// Nothing can be told.
    #[error("cannot write: {0}")]
    Told(#[from] io::Error),
}

/// Asks, writes and tells; gives the exit status. `id` names what is made.
///
/// # Errors
/// When the target or a file cannot be used.
pub(crate) fn run(
    arguments: &CalibrateArguments,
    id: &str,
    now: Timestamp,
) -> Result<u8, CalibrateError> {
    let mut target = arguments.targets.target(&arguments.target, false)?;
    let file = arguments.out.as_deref().unwrap_or(Path::new("-"));
    let failed = |error| CalibrateError::Output(file.display().to_string(), error);
    // A file that cannot be written is known before anything is asked.
    let out = Output::open(file).map_err(failed)?;
    sweep::begin(&mut target, id, arguments.ledger.as_deref())?;
    let asked = ask(&target, id);
    let (status, told) = match &asked {
        Ok(findings) => (status(findings), tell::summary(findings, target.name())),
        Err(trouble) => (UNREACHABLE, format!("contract-tests: {trouble}\n")),
    };
    let told = io::stderr().write_all(told.as_bytes());
    // Whatever cannot be told or written: what was made is taken away first.
    let status = sweep::end(&target, status)?;
    told?;
    if let Ok(findings) = asked {
        let text = tell::file(&findings, target.name(), day(now));
        out.write(&text).map_err(failed)?;
    }
    Ok(status)
}

fn day(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}

/// Everything that was found, or why the target could not be asked.
fn ask(target: &Target, id: &str) -> Result<Vec<Finding>, String> {
    let run = Run {
        id,
        target,
        planning: false,
    };
    let mut found = BTreeMap::new();
    let ended = run.all(&questions(), &mut |event| {
        if let Event::Finished(performed) = event {
            found.extend(finding(performed).map(|finding| (finding.assumption.id, finding)));
        }
    });
    match ended {
        Ok(_) => Ok(findings(found)),
        Err(trouble) => Err(trouble.text),
    }
}

/// An unknown answer is known whatever else failed; a target that shut us out comes next.
fn status(findings: &[Finding]) -> u8 {
    let any = |wanted: fn(&Seen) -> bool| findings.iter().any(|finding| wanted(&finding.seen));
    if any(|seen| matches!(seen, Seen::Unknown { .. })) {
        FAILED
    } else if any(|seen| matches!(seen, Seen::Failed { shut_out: true, .. })) {
        UNREACHABLE
    } else if any(|seen| matches!(seen, Seen::Failed { .. }))
        || !any(|seen| matches!(seen, Seen::Answer(_)))
    {
        FAILED
    } else {
        HELD
    }
}
