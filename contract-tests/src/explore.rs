//! The `explore` command: random walks of calls, judged step by step by the reference model.
//! Decides what is walked and what it comes to; the walks themselves know no command line.

mod amili;
mod ams;
mod hunt;
mod save;
mod shrink;
mod tell;
mod walk;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;

use clap::Args;

use self::amili::AmiliDriver;
use self::ams::AmsDriver;
use self::hunt::{Hunt, Hunted};
use crate::cli::{FAILED, HELD, UNREACHABLE};
use crate::client::Client;
use crate::ledger::LedgerError;
use crate::plan;
use crate::scenario::Api;
use crate::sweep;
use crate::target::Target;
use crate::verdict::TroubleKind;

/// How far to walk where nothing is said: on a mock, and on a target that has other things to do.
const ON_MOCK: (u32, usize) = (200, 30);
const ELSEWHERE: (u32, usize) = (5, 12);

/// Takes random walks of calls, each judged step by step by a reference model.
///
/// Each walk has a space of its own on a mock, which must serve the built-in world; elsewhere it makes things
/// under names of its own and judges only those.
#[derive(Debug, Args)]
pub(crate) struct ExploreArguments {
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
    /// Only this API: amili or ams. Otherwise each that the target has.
    #[arg(long, value_name = "API", value_parser = api_named)]
    api: Option<Api>,
    /// How many walks over each API [default: 200 on a mock, else 5].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    cases: Option<u32>,
    /// The most steps of a walk [default: 30 on a mock, else 12].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    steps: Option<u32>,
    /// Repeats the walks of the run that printed this seed.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Takes the walk in this file instead of random ones.
    ///
    /// A failed walk is saved as such a file: in target/contract-tests when there is a folder named target
    /// here, else in the current folder.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["api", "cases", "steps", "seed"])]
    replay: Option<PathBuf>,
    /// Print the requests of the walks, and send none. What a list would show is not known: later steps name
    /// it as {{…}}.
    #[arg(long, conflicts_with = "replay")]
    dry_run: bool,
    /// Where to note what is made [default: .contract-tests/ledger-RUN.jsonl]. Not needed on `mock`.
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
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
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
}

/// Explores, tells what it came to on stderr, and gives the exit status. `run` names what is made.
pub(crate) fn explore(arguments: &ExploreArguments, run: &str) -> Result<u8, ExploreError> {
    let dry = arguments.dry_run;
    let mut target = Target::named(&arguments.target, &arguments.targets, dry)?;
    if dry {
        return planned(&target, run, arguments);
    }
    sweep::begin(&mut target, run, arguments.ledger.as_deref())?;
    let explored = walked(&target, run, arguments);
    let status = explored.as_ref().map_or(HELD, |status| *status);
    // Whatever it came to: what was made is taken away.
    let status = sweep::end(&target, status)?;
    explored.map(|_| status)
}

/// Prints the requests of the walks on stdout.
fn planned(target: &Target, run: &str, arguments: &ExploreArguments) -> Result<u8, ExploreError> {
    let mut out = io::stdout().lock();
    let seed = arguments.seed.unwrap_or_else(|| any_seed(run));
    writeln!(out, "random walks on {}, seed {seed}", target.name())?;
    for api in apis(target, arguments.api)? {
        let hunt = hunt(target, run, arguments, api, seed);
        let walks = match api {
            Api::Amili => hunt.planned::<AmiliDriver>(),
            Api::Ams => hunt.planned::<AmsDriver>(),
        };
        for (at, exchanges) in walks.iter().enumerate() {
            writeln!(out, "{}, walk {}", api.name(), at + 1)?;
            write!(out, "{}", plan::requests(exchanges))?;
        }
    }
    Ok(HELD)
}

fn hunt<'a>(
    target: &'a Target,
    run: &'a str,
    arguments: &ExploreArguments,
    api: Api,
    seed: u64,
) -> Hunt<'a> {
    let (walks, steps) = if target.is_mock(api) {
        ON_MOCK
    } else {
        ELSEWHERE
    };
    Hunt {
        target,
        run,
        walks: arguments.cases.unwrap_or(walks),
        steps: arguments.steps.map_or(steps, |steps| steps as usize),
        seed,
    }
}

/// Walks, tells and keeps.
fn walked(target: &Target, run: &str, arguments: &ExploreArguments) -> Result<u8, ExploreError> {
    let hunts = match &arguments.replay {
        Some(file) => vec![replay(target, run, file)?],
        None => at_random(target, run, arguments)?,
    };
    for hunted in &hunts {
        write!(io::stderr(), "{}", tell::in_full(hunted))?;
        if arguments.replay.is_none() {
            keep(hunted, run, &arguments.target)?;
        }
    }
    Ok(status(&hunts))
}

/// The walks over each API on a thread of their own; a line tells when they are done.
fn at_random(
    target: &Target,
    run: &str,
    arguments: &ExploreArguments,
) -> Result<Vec<Hunted>, ExploreError> {
    let seed = arguments.seed.unwrap_or_else(|| any_seed(run));
    let apis = apis(target, arguments.api)?;
    writeln!(
        io::stderr(),
        "run {run}: random walks on {}, seed {seed}",
        target.name()
    )?;
    let hunts: Vec<_> = thread::scope(|scope| {
        let hunts = apis.into_iter().map(|api| {
            let hunt = hunt(target, run, arguments, api, seed);
            scope.spawn(move || {
                let hunted = match api {
                    Api::Amili => hunt.at_random::<AmiliDriver>(),
                    Api::Ams => hunt.at_random::<AmsDriver>(),
                };
                write!(io::stderr(), "{}", tell::line(&hunted)).map(|()| hunted)
            })
        });
        let hunts: Vec<_> = hunts.collect();
        hunts
            .into_iter()
            .map(thread::ScopedJoinHandle::join)
            .collect()
    });
    let mut hunted = Vec::new();
    for hunt in hunts {
        match hunt {
            Ok(told) => hunted.push(told?),
            // A panic is our fault alone, and goes on as one.
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
    Ok(hunted)
}

/// The API asked for, or each that the target has.
fn apis(target: &Target, asked: Option<Api>) -> Result<Vec<Api>, ExploreError> {
    let conversation = target.converse("ct-explore", true);
    let mut apis: Vec<_> = [Api::Amili, Api::Ams]
        .into_iter()
        .filter(|api| asked.is_none_or(|asked| asked == *api))
        .collect();
    for api in &apis {
        if Client::new(conversation.clone(), *api).is_err() {
            let lacks = target.lacks(*api);
            if asked.is_some() {
                return Err(ExploreError::NoSuchApi(lacks));
            }
            writeln!(io::stderr(), "{:>17}  {}: {lacks}", "skipped", api.name())?;
        }
    }
    apis.retain(|api| Client::new(conversation.clone(), *api).is_ok());
    Ok(apis)
}

fn replay(target: &Target, run: &str, file: &Path) -> Result<Hunted, ExploreError> {
    let refused = |reason: String| ExploreError::Walk {
        file: file.display().to_string(),
        reason,
    };
    let text = std::fs::read_to_string(file).map_err(|error| refused(error.to_string()))?;
    let hunt = Hunt {
        target,
        run,
        walks: 1,
        steps: 0,
        seed: 0,
    };
    let api = save::api(&text).map_err(refused)?;
    apis(target, Some(api))?;
    let taken = match api {
        Api::Amili => {
            hunt.again::<AmiliDriver>(save::steps::<AmiliDriver>(&text).map_err(refused)?)
        }
        Api::Ams => hunt.again::<AmsDriver>(save::steps::<AmsDriver>(&text).map_err(refused)?),
    };
    let hunted = taken.map_err(|step| {
        refused(format!(
            "step {step} cannot be taken on this target: it needs what the target does not offer or no step makes"
        ))
    })?;
    write!(io::stderr(), "{}", tell::line(&hunted))?;
    Ok(hunted)
}

/// Keeps a failed walk, and says how to take it again.
fn keep(hunted: &Hunted, run: &str, target: &str) -> io::Result<()> {
    let Some(finding) = &hunted.finding else {
        return Ok(());
    };
    let file = save::keep(hunted.api, run, &finding.saved)?;
    writeln!(
        io::stderr(),
        "  again     contract-tests explore --target {target} --replay {}",
        file.display()
    )
}

/// A rule seen broken is known whatever else failed; a target that shut us out comes next.
fn status(hunts: &[Hunted]) -> u8 {
    let mut troubles = hunts.iter().filter_map(|hunted| hunted.trouble.as_ref());
    let walked = hunts.iter().any(|hunted| hunted.walks > 0);
    if hunts.iter().any(|hunted| hunted.finding.is_some()) {
        return FAILED;
    }
    if troubles
        .clone()
        .any(|trouble| trouble.kind != TroubleKind::Other)
    {
        return UNREACHABLE;
    }
    if troubles.next().is_some() || !walked {
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
