//! The command line: what is asked, and the exit status that answers. Knows no scenario and no HTTP.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;

use crate::calibrate::{self, CalibrateArguments, CalibrateError};
use crate::compare::{self, CompareArguments, CompareError};
use crate::event::Event;
use crate::explore::{self, ExploreArguments, ExploreError};
use crate::history::{self, HistoryArguments, HistoryError};
use crate::ledger::LedgerError;
use crate::list::{self, ListArguments};
use crate::plan;
use crate::recording::RunRecording;
use crate::report::{About, ReportError, ReportOptions, Reports};
use crate::run::{Beside, Run, Summary};
use crate::scenario::{self, Scenario};
use crate::sweep::{self, SweepArguments, SweepError};
use crate::target::TargetsFile;
use crate::twin::{self, TwinArguments, TwinError};

/// All held, no drift at the asked level.
pub const HELD: u8 = 0;
/// A scenario failed, the mock contradicted itself, or nothing was observed.
pub const FAILED: u8 = 1;
/// Bad usage or files.
pub const BAD_USAGE: u8 = 2;
/// The target could not be reached or refused the credentials.
pub const UNREACHABLE: u8 = 3;

/// Runs the same scenarios against the mock or a real sandbox.
#[derive(Debug, Parser)]
#[command(name = "contract-tests", version, arg_required_else_help = false)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(ListArguments),
    /// Runs scenarios against a target.
    Run(RunArguments),
    Explore(ExploreArguments),
    Compare(CompareArguments),
    Twin(TwinArguments),
    History(HistoryArguments),
    Calibrate(CalibrateArguments),
    Sweep(SweepArguments),
}

#[derive(Debug, Args)]
struct RunArguments {
    /// `mock`, or a name from the targets file.
    #[arg(long, value_name = "NAME")]
    target: String,
    #[command(flatten)]
    targets: TargetsFile,
    /// Only the scenarios whose name matches; repeatable.
    #[arg(long, value_name = "GLOB")]
    scenario: Vec<String>,
    /// Print every request that would be made, and send none.
    #[arg(long)]
    dry_run: bool,
    /// Record every exchange to this file, for `compare` and `history`.
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Where to note what is made [default: .contract-tests/ledger-RUN.jsonl]. Not needed on `mock`.
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    #[command(flatten)]
    reports: ReportOptions,
}

/// Why a command ended without doing its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    #[error("{0}")]
    Usage(String),
    #[error("{0}")]
    Target(#[from] crate::target::TargetError),
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
    #[error("{0}")]
    Explore(#[from] ExploreError),
    #[error("{0}")]
    Compare(#[from] CompareError),
    #[error("{0}")]
    History(#[from] HistoryError),
    #[error("{0}")]
    Calibrate(#[from] CalibrateError),
    #[error("{0}")]
    Ledger(#[from] LedgerError),
    #[error("{0}")]
    Sweep(#[from] SweepError),
    #[error("{0}")]
    Twin(#[from] TwinError),
    #[error("{0}")]
    Report(#[from] ReportError),
}

/// Runs the command that the arguments ask for; gives the exit status.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let outcome = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => match arguments.command {
            Command::List(arguments) => list::list(&arguments),
            Command::Run(arguments) => run(&arguments),
            Command::Compare(arguments) => {
                compare::run(&arguments, Timestamp::now()).map_err(Refused::from)
            }
            Command::Twin(arguments) => twin(&arguments),
            Command::History(arguments) => history::run(&arguments).map_err(Refused::from),
            Command::Calibrate(arguments) => {
                calibrate::run(&arguments, &run_id(), Timestamp::now()).map_err(Refused::from)
            }
            Command::Sweep(arguments) => sweep::sweep(&arguments).map_err(Refused::from),
            Command::Explore(arguments) => explore(&arguments),
        },
        Err(error) if !error.use_stderr() => {
            // Help and version go to stdout; a closed pipe there is nobody's trouble.
            let _ = error.print();
            Ok(HELD)
        }
        Err(error) => Err(Refused::Usage(one_line(&error))),
    };
    outcome.unwrap_or_else(|refused| {
        // Nothing is left to be done when stderr is closed.
        let _ = writeln!(io::stderr(), "contract-tests: {refused}");
        BAD_USAGE
    })
}

/// The error without the usage that follows it.
fn one_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let about = text.split("\n\nUsage:").next().unwrap_or_default();
    let about = about
        .split("\n\nFor more information")
        .next()
        .unwrap_or_default();
    let about = about.trim_start_matches("error: ");
    about.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn run(arguments: &RunArguments) -> Result<u8, Refused> {
    let scenarios = chosen(&arguments.scenario)?;
    let mut target = arguments
        .targets
        .target(&arguments.target, arguments.dry_run)?;
    let id = run_id();
    if arguments.dry_run {
        nothing_to_report(&arguments.reports)?;
        let run = Run {
            id: &id,
            target: &target,
            planning: true,
        };
        return dry_run(&run, &scenarios);
    }
    let mut reports = Reports::open(&arguments.reports, about("run", &arguments.target))?;
    let mut recording = match &arguments.record {
        Some(file) => {
            let recording = RunRecording::begin(file, target.name(), Timestamp::now())?;
            Some(Beside::begin(recording, &target)?)
        }
        None => None,
    };
    sweep::begin(&mut target, &id, arguments.ledger.as_deref())?;
    let run = Run {
        id: &id,
        target: &target,
        planning: false,
    };
    let ended = run.all(&scenarios, &mut |event| {
        if let Some(recording) = &mut recording {
            recording.tell(event);
        }
        reports.tell(event);
    });
    let (status, told) = match &ended {
        Ok(summary) => (status(summary), Ok(())),
        Err(trouble) => {
            reports.tell(Event::Stopped(trouble));
            let told = writeln!(io::stderr(), "contract-tests: {}", trouble.text);
            (UNREACHABLE, told)
        }
    };
    // Whatever cannot be told or written: what was made is taken away first.
    let status = sweep::end(&target, status)?;
    told?;
    reports.close()?;
    Ok(status)
}

/// A dry run has nothing to report.
pub(crate) fn nothing_to_report(reports: &ReportOptions) -> Result<(), ReportError> {
    match reports.asked().first() {
        Some((form, _)) => Err(ReportError::DryRun(form.option())),
        None => Ok(()),
    }
}

fn explore(arguments: &ExploreArguments) -> Result<u8, Refused> {
    if arguments.dry_run {
        nothing_to_report(&arguments.reports)?;
        return Ok(explore::plan(arguments, &run_id())?);
    }
    let reports = Reports::open(&arguments.reports, about("explore", &arguments.target))?;
    Ok(explore::explore(arguments, &run_id(), reports)?)
}

fn twin(arguments: &TwinArguments) -> Result<u8, Refused> {
    let scenarios = chosen(&arguments.scenario)?;
    let name = format!("{} and {}", arguments.left, arguments.right);
    let reports = Reports::open(&arguments.reports, about("twin", &name))?;
    Ok(twin::run(arguments, &scenarios, &run_id(), reports)?)
}

fn about(command: &'static str, target: &str) -> About {
    About {
        command,
        target: target.to_owned(),
        at: Timestamp::now(),
    }
}

/// A run that was shut out knows nothing, one that saw a failure knows enough.
pub(crate) fn status(summary: &Summary) -> u8 {
    if summary.with("broken") > 0 || summary.contradictions > 0 {
        FAILED
    } else if summary.shut_out > 0 {
        UNREACHABLE
    } else if summary.with("instrument failed") > 0 || summary.observed == 0 || summary.interrupted
    {
        FAILED
    } else {
        HELD
    }
}

fn chosen(globs: &[String]) -> Result<Vec<&'static Scenario>, Refused> {
    let mut patterns = Vec::new();
    for text in globs {
        let pattern = glob::Pattern::new(text);
        patterns.push(pattern.map_err(|error| Refused::Usage(format!("'{text}': {error}")))?);
    }
    let mut scenarios = scenario::all();
    if !patterns.is_empty() {
        scenarios.retain(|scenario| patterns.iter().any(|glob| glob.matches(scenario.name)));
    }
    if scenarios.is_empty() {
        return Err(Refused::Usage(format!(
            "no scenario matches {}",
            globs.join(" or ")
        )));
    }
    Ok(scenarios)
}

fn dry_run(run: &Run<'_>, scenarios: &[&'static Scenario]) -> Result<u8, Refused> {
    let mut out = io::stdout().lock();
    let mut written = Ok(());
    let _ = run.all(scenarios, &mut |event| {
        if let Event::Finished(performed) = event {
            let text = planned(performed);
            written = std::mem::replace(&mut written, Ok(())).and_then(|()| write!(out, "{text}"));
        }
    });
    written?;
    Ok(HELD)
}

fn planned(performed: &crate::run::Performed) -> String {
    let mut text = format!("{}\n", performed.scenario.name);
    if let crate::verdict::Verdict::NotObservable { because } = &performed.verdict {
        text.push_str(&format!("  not observable: {because}\n"));
    }
    text.push_str(&plan::requests(&performed.exchanges));
    text
}

/// A name for this run that no other run has: the second it began and the process that it is.
fn run_id() -> String {
    let second = Timestamp::now().as_second();
    format!("{second:x}{:x}", std::process::id())
}
