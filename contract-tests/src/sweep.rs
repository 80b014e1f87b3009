//! The `sweep` command, and what every run on a lasting target is surrounded by: a ledger before, clean-up
//! after. Decides which ledgers are swept and what that comes to; what is asked of a target, `clean` knows.

mod clean;
mod tell;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use self::clean::Cleaned;
use crate::cli::{BAD_USAGE, FAILED, HELD, UNREACHABLE};
use crate::interrupt::{self, INTERRUPTED};
use crate::ledger::{self, FOLDER, Header, Ledger, LedgerError};
use crate::run::{Performed, Run};
use crate::scenario::Scenario;
use crate::target::{Target, TargetError, TargetsFile};

/// Deletes what earlier runs made and left behind, and lists what cannot be deleted.
///
/// Reads the ledgers of runs that did not end cleanly: those in .contract-tests, or the one given. Each
/// deletion is proved by a read. It can be repeated, and stopped at any time.
#[derive(Debug, Args)]
pub(crate) struct SweepArguments {
    /// A name from the targets file; the mock in this process keeps nothing.
    #[arg(long, value_name = "NAME")]
    target: String,
    #[command(flatten)]
    targets: TargetsFile,
    /// Only this ledger.
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
}

/// Why nothing was swept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SweepError {
    #[error(transparent)]
    Target(#[from] TargetError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error("the ledger {path} is of {theirs}, not of {ours}")]
    OfAnother {
        path: String,
        theirs: String,
        ours: String,
    },
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
}

/// Opens the ledger of a run that is about to begin, and listens for Ctrl-C. A target that ends with this
/// process needs none.
pub(crate) fn begin(
    target: &mut Target,
    run: &str,
    file: Option<&Path>,
) -> Result<(), LedgerError> {
    let lasts = target.lasts();
    if lasts {
        let default = || Path::new(FOLDER).join(format!("ledger-{run}.jsonl"));
        let path = file.map_or_else(default, Path::to_owned);
        target.keep(Ledger::create(&path, target.header(run))?);
    }
    interrupt::on_ctrl_c(target.interrupt(), lasts, unfinished(target));
    Ok(())
}

/// Deletes what the run made, and tells what came of it; gives the exit status of the whole.
pub(crate) fn end(target: &Target, status: u8) -> io::Result<u8> {
    let mut status = status;
    if target.lasts() {
        let cleaned = clean::clean(target);
        write!(io::stderr(), "{}", tell::of_run(&cleaned, target))?;
        if status == HELD {
            status = self::status(&cleaned);
        }
    }
    Ok(match target.interrupt().asked() {
        true => INTERRUPTED,
        false => status,
    })
}

/// What `sweep` would do about a run that was stopped.
fn unfinished(target: &Target) -> String {
    match target.ledger().path() {
        Some(path) => format!(
            "; what the run made is listed in {}, and contract-tests sweep --target {} deletes it",
            path.display(),
            target.name()
        ),
        None => String::new(),
    }
}

/// Sweeps, tells what it came to on stderr, and gives the exit status.
pub(crate) fn sweep(arguments: &SweepArguments) -> Result<u8, SweepError> {
    let mut target = arguments.targets.target(&arguments.target, false)?;
    if !target.lasts() {
        writeln!(io::stderr(), "the mock in this process keeps nothing")?;
        return Ok(HELD);
    }
    let again = format!("; contract-tests sweep --target {} goes on", target.name());
    interrupt::on_ctrl_c_stop(again);
    if let Some(path) = &arguments.ledger {
        let header = match ledger::peek(path) {
            Err(blank @ LedgerError::Blank { .. }) => {
                writeln!(io::stderr(), "{blank}")?;
                return Ok(HELD);
            }
            peeked => peeked?,
        };
        fits(&header.header, &target, path)?;
        return swept(&mut target, path);
    }
    let mut statuses = Vec::new();
    for path in ledgers()? {
        statuses.extend(swept_if_ours(&mut target, &path)?);
    }
    if statuses.is_empty() {
        let name = target.name();
        writeln!(
            io::stderr(),
            "nothing to sweep: {FOLDER} has no unfinished ledger of {name}"
        )?;
    }
    Ok(worst(&statuses))
}

/// The ledgers in the folder, by name.
fn ledgers() -> io::Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(FOLDER) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy());
        if name.is_some_and(|name| name.starts_with("ledger-") && name.ends_with(".jsonl")) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// One of many ledgers: another target's is passed over, and one that cannot be read stops nobody.
fn swept_if_ours(target: &mut Target, path: &Path) -> Result<Option<u8>, SweepError> {
    let passed_over = |reason: &dyn std::fmt::Display, status| {
        writeln!(io::stderr(), "passed over: {reason}").map(|()| Some(status))
    };
    let known = match ledger::peek(path) {
        Ok(known) => known,
        Err(error @ LedgerError::Blank { .. }) => return Ok(passed_over(&error, HELD)?),
        Err(error) => return Ok(passed_over(&error, BAD_USAGE)?),
    };
    if known.finished || known.header.target != target.name() {
        return Ok(None);
    }
    if let Err(error) = fits(&known.header, target, path) {
        return Ok(passed_over(&error, HELD)?);
    }
    match swept(target, path) {
        Err(SweepError::Ledger(error @ LedgerError::InUse { .. })) => {
            Ok(passed_over(&error, HELD)?)
        }
        other => other.map(Some),
    }
}

fn swept(target: &mut Target, path: &Path) -> Result<u8, SweepError> {
    target.keep(Ledger::reopen(path)?);
    let cleaned = clean::clean(target);
    write!(io::stderr(), "{}", tell::of_ledger(&cleaned, path))?;
    Ok(status(&cleaned))
}

/// A ledger is of one target at one address: elsewhere its ids are somebody else's.
fn fits(header: &Header, target: &Target, path: &Path) -> Result<(), SweepError> {
    let ours = target.header(&header.run);
    let mut theirs = header.base_urls.iter();
    let same = theirs.all(|(api, url)| ours.base_urls.get(api) == Some(url));
    if same && header.target == ours.target {
        return Ok(());
    }
    let described = |header: &Header| {
        let urls: Vec<_> = header.base_urls.values().map(String::as_str).collect();
        format!("{} at {}", header.target, urls.join(" and "))
    };
    Err(SweepError::OfAnother {
        path: path.display().to_string(),
        theirs: described(header),
        ours: described(&ours),
    })
}

fn status(cleaned: &Cleaned) -> u8 {
    if cleaned.shut_out {
        UNREACHABLE
    } else if !cleaned.failed.is_empty() || cleaned.unwritten.is_some() {
        FAILED
    } else {
        HELD
    }
}

/// A target that shut us out says least, a file that cannot be read comes next.
fn worst(statuses: &[u8]) -> u8 {
    let order = [UNREACHABLE, BAD_USAGE, FAILED];
    let mut order = order.into_iter();
    order
        .find(|status| statuses.contains(status))
        .unwrap_or(HELD)
}

/// Runs one scenario by itself on a target: with a ledger before, and clean-up after, where the target lasts.
///
/// # Errors
/// When the ledger cannot be opened, or what was made could not be deleted.
pub fn observe(
    target: &mut Target,
    run: &str,
    number: usize,
    scenario: &'static Scenario,
) -> Result<Performed, String> {
    begin(target, run, None).map_err(|error| error.to_string())?;
    let performed = Run {
        id: run,
        target,
        planning: false,
    }
    .one(number, scenario);
    match end(target, HELD) {
        Ok(HELD) => Ok(performed),
        Ok(_) => Err("what the scenario made is not all deleted".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}
