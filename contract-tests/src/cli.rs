//! The command line: what is asked, and the exit status that answers. Knows no scenario and no HTTP.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::Serialize;

use crate::event::Event;
use crate::explore::{self, ExploreArguments, ExploreError};
use crate::interrupt;
use crate::report::{About, ReportError, ReportOptions, Reports};
use crate::run::{Run, Summary};
use crate::scenario::{self, RunsOn, Scenario};
use crate::target::Target;

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
    /// Lists the scenarios with the rules and assumptions that they observe.
    List {
        /// How to print it.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Runs scenarios against a target.
    Run(RunArguments),
    Explore(ExploreArguments),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Debug, Args)]
struct RunArguments {
    /// `mock`, or a name from the targets file.
    #[arg(long, value_name = "NAME")]
    target: String,
    /// The targets file.
    #[arg(
        long,
        value_name = "FILE",
        env = "CONTRACT_TARGETS",
        default_value = "targets.toml"
    )]
    targets: PathBuf,
    /// Only the scenarios whose name matches; repeatable.
    #[arg(long, value_name = "GLOB")]
    scenario: Vec<String>,
    /// Print every request that would be made, and send none.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    reports: ReportOptions,
}

/// Why a command ended without doing its work.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("{0}")]
    Usage(String),
    #[error("{0}")]
    Target(#[from] crate::target::TargetError),
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
    #[error("{0}")]
    Explore(#[from] ExploreError),
    #[error("{0}")]
    Report(#[from] ReportError),
}

/// Runs the command that the arguments ask for; gives the exit status.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let outcome = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => match arguments.command {
            Command::List { format } => list(format),
            Command::Run(arguments) => run(&arguments),
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

#[derive(Serialize)]
struct Listed {
    name: &'static str,
    proves: &'static [&'static str],
    runs_on: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'static str>,
}

impl Listed {
    fn of(scenario: &Scenario) -> Self {
        let (runs_on, because) = match scenario.runs_on {
            RunsOn::EveryTarget => ("every-target", None),
            RunsOn::MockOnly { because } => ("mock-only", Some(because)),
        };
        Self {
            name: scenario.name,
            proves: scenario.proves,
            runs_on,
            because,
        }
    }
}

fn list(format: Format) -> Result<u8, Refused> {
    let listed: Vec<_> = scenario::all().into_iter().map(Listed::of).collect();
    let mut out = io::stdout().lock();
    match format {
        Format::Json => {
            let text = serde_json::to_string_pretty(&listed).map_err(io::Error::other)?;
            writeln!(out, "{text}")?;
        }
        Format::Text => {
            for entry in listed {
                let proves = entry.proves.join(", ");
                writeln!(out, "{}  [{}]  {proves}", entry.name, entry.runs_on)?;
            }
        }
    }
    Ok(HELD)
}

fn run(arguments: &RunArguments) -> Result<u8, Refused> {
    let scenarios = chosen(&arguments.scenario)?;
    let target = Target::named(&arguments.target, &arguments.targets, arguments.dry_run)?;
    let id = run_id();
    let run = Run {
        id: &id,
        target: &target,
        planning: arguments.dry_run,
    };
    if arguments.dry_run {
        if let Some((form, _)) = arguments.reports.asked().first() {
            let option = form.option();
            let text = format!("a dry run has nothing to report: leave out {option}");
            return Err(Refused::Usage(text));
        }
        return plan(&run, &scenarios);
    }
    interrupt::watch()?;
    let mut reports = Reports::open(&arguments.reports, about("run", &arguments.target))?;
    let ended = run.all(&scenarios, &mut |event| reports.tell(event));
    if let Err(trouble) = &ended {
        reports.tell(Event::Stopped(trouble));
    }
    reports.close()?;
    match ended {
        Ok(summary) => Ok(status(&summary)),
        Err(trouble) => {
            writeln!(io::stderr(), "contract-tests: {}", trouble.text)?;
            Ok(UNREACHABLE)
        }
    }
}

fn explore(arguments: &ExploreArguments) -> Result<u8, Refused> {
    interrupt::watch()?;
    let reports = Reports::open(&arguments.reports, about("explore", &arguments.target))?;
    Ok(explore::explore(arguments, &run_id(), reports)?)
}

fn about(command: &'static str, target: &str) -> About {
    About {
        command,
        target: target.to_owned(),
        at: jiff::Timestamp::now(),
    }
}

/// A run that was shut out knows nothing, one that saw a failure knows enough.
fn status(summary: &Summary) -> u8 {
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

fn plan(run: &Run<'_>, scenarios: &[&'static Scenario]) -> Result<u8, Refused> {
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
    for exchange in &performed.exchanges {
        let body = exchange.sent.as_deref().unwrap_or_default();
        text.push_str(&format!(
            "  {} (as {})\n    {} {} {body}\n",
            exchange.step, exchange.caller, exchange.method, exchange.path
        ));
    }
    text
}

/// A name for this run that no other run has: the second it began and the process that it is.
fn run_id() -> String {
    let second = jiff::Timestamp::now().as_second();
    format!("{second:x}{:x}", std::process::id())
}
