//! The `explore` command: random walks of calls, judged step by step by the reference model.
//! Decides what is walked and what it comes to; the walks themselves know no command line.

mod amili;
mod ams;
mod hunt;
mod kept;
mod mismatch;
mod party;
mod replay;
mod rust_test;
mod save;
mod script;
mod shrink;
mod strands;
mod tell;
mod walk;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::PathBuf;

use clap::Args;

use self::party::Party;
use crate::cli::{FAILED, HELD, UNREACHABLE};
use crate::event::{Event, Walked};
use crate::ledger::LedgerError;
use crate::report::{ReportError, ReportOptions, Reports};
use crate::scenario::Api;
use crate::sweep;
use crate::target::TargetsFile;
use crate::verdict::{Trouble, TroubleKind, Verdict};

pub use replay::{Replayed, replay};

/// Where failed walks are kept.
const WALKS: &str = ".contract-tests/walks";

/// Takes random walks of calls, each judged step by step by a reference model.
///
/// Each walk has a space of its own on a mock, which must serve the built-in world; elsewhere it makes things
/// under names of its own and judges only those. A walk that fails is made shorter and kept; walks that were
/// kept are taken first.
#[derive(Debug, Args)]
pub(crate) struct ExploreArguments {
    /// `mock`, or a name from the targets file.
    #[arg(long, value_name = "NAME")]
    pub(crate) target: String,
    #[command(flatten)]
    targets: TargetsFile,
    /// Only this API: amili or ams. Otherwise each that the target has.
    #[arg(long, value_name = "API", value_parser = api_named)]
    api: Option<Api>,
    /// How many walks over each API [default: 200 on a mock, else 5].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    cases: Option<u32>,
    /// The most steps of a walk [default: 30 on a mock, else 12].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    steps: Option<u32>,
    /// Repeats the walks of the run that printed this seed, also while a walk that was kept fails.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// The folder of the walks that failed: each is kept there as JSON for --replay, as a script of curl
    /// calls and as a Rust test, and taken first the next time.
    #[arg(long, value_name = "DIR", default_value = WALKS)]
    walks: PathBuf,
    /// Takes the walk in this file, and no others.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["api", "cases", "steps", "seed", "walks"])]
    replay: Option<PathBuf>,
    /// Print the requests of the walks, and send none. What a list would show is not known: later steps name
    /// it as {{…}}.
    #[arg(long, conflicts_with = "replay")]
    pub(crate) dry_run: bool,
    /// Where to note what is made [default: .contract-tests/ledger-RUN.jsonl]. Not needed on `mock`.
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reports: ReportOptions,
}

fn api_named(text: &str) -> Result<Api, String> {
    let mut all = [Api::Amili, Api::Ams].into_iter();
    let named = all.find(|api| api.name() == text);
    named.ok_or_else(|| "it is neither amili nor ams".to_owned())
}

/// Why nothing was explored, or nothing could be told.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ExploreError {
    #[error(transparent)]
    Target(#[from] crate::target::TargetError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error("{file}: {reason}")]
    Walk { file: String, reason: String },
    #[error("{0}")]
    NoSuchApi(String),
    #[error(transparent)]
    Report(#[from] ReportError),
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
}

/// Prints the requests of the walks on stdout, and sends none.
pub(crate) fn plan(arguments: &ExploreArguments, run: &str) -> Result<u8, ExploreError> {
    let target = arguments.targets.target(&arguments.target, true)?;
    let party = Party::of(&target, run, arguments);
    party.plan(&mut io::stdout().lock())?;
    Ok(HELD)
}

/// Explores, tells what it came to, and gives the exit status. `run` names what is made.
pub(crate) fn explore(
    arguments: &ExploreArguments,
    run: &str,
    mut reports: Reports,
) -> Result<u8, ExploreError> {
    let mut target = arguments.targets.target(&arguments.target, false)?;
    sweep::begin(&mut target, run, arguments.ledger.as_deref())?;
    let party = Party::of(&target, run, arguments);
    let mut walks = Vec::new();
    let explored = party.explore(&mut |event| {
        if let Event::Walked(walked) = event {
            walks.push(walked.clone());
        }
        reports.tell(event);
    });
    let stopped = target.interrupt().asked();
    if stopped {
        reports.tell(Event::Stopped(&Trouble {
            kind: TroubleKind::Other,
            step: String::new(),
            text: "interrupted before the last walk".to_owned(),
            request: String::new(),
        }));
    }
    // Whatever it came to: what was made is taken away, and what was found is reported.
    let status = sweep::end(&target, status(&walks, stopped));
    let nothing = explored.is_err() && walks.is_empty();
    let reported = if nothing { Ok(()) } else { reports.close() };
    explored?;
    reported?;
    Ok(status?)
}

/// A rule seen broken is known whatever else failed; a target that shut us out comes next.
fn status(walks: &[Walked], stopped: bool) -> u8 {
    let walked = walks.iter().any(|walked| walked.walks > 0);
    if walks.iter().any(|walked| walked.fails) {
        return FAILED;
    }
    let troubles = walks.iter().filter_map(|walked| match &walked.verdict {
        Verdict::InstrumentFailed(trouble) => Some(trouble.kind),
        _ => None,
    });
    let troubles: Vec<_> = troubles.collect();
    if troubles.iter().any(|kind| *kind != TroubleKind::Other) {
        return UNREACHABLE;
    }
    if !troubles.is_empty() || !walked || stopped {
        return FAILED;
    }
    HELD
}

/// A seed that differs from run to run, short enough to be typed.
fn any_seed(run: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    run.hash(&mut hasher);
    hasher.finish() % 1_000_000_000
}
