//! `contract-tests twin`: the same steps against two targets at once. What differs once ids, dates and etags
//! are paired by their roles is asked again before it is told.

use std::io::{self, Write};
use std::thread;

use clap::Args;

use crate::cli::{self, UNREACHABLE};
use crate::compare::{Comparison, Difference, between};
use crate::event::Event;
use crate::recording::recorded;
use crate::report::{ReportError, ReportOptions, Reports};
use crate::run::{Performed, Run, Summary};
use crate::scenario::Scenario;
use crate::sweep;
use crate::target::{Target, TargetError, TargetsFile};
use crate::verdict::{Failure, Trouble, Verdict};

/// What the two sides are called.
const SIDES: [&str; 2] = ["the left target", "the right target"];
/// How many differences of one scenario are told in full.
const TOLD: usize = 20;

/// Takes the same steps against two targets, and shows where they differ.
#[derive(Debug, Args)]
pub(crate) struct TwinArguments {
    /// `mock`, or a name from the targets file.
    #[arg(long, value_name = "NAME")]
    pub(crate) left: String,
    /// The other target.
    #[arg(long, value_name = "NAME")]
    pub(crate) right: String,
    #[command(flatten)]
    targets: TargetsFile,
    /// Only the scenarios whose name matches; repeatable.
    #[arg(long, value_name = "GLOB")]
    pub(crate) scenario: Vec<String>,
    #[command(flatten)]
    pub(crate) reports: ReportOptions,
}

/// Why two targets could not be set side by side.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TwinError {
    /// One of them cannot be used.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// What is made cannot be noted.
    #[error(transparent)]
    Ledger(#[from] crate::ledger::LedgerError),
    /// A report cannot be written.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// Nothing can be told.
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
}

/// One of the two targets.
struct Side {
    target: Target,
    /// What names begin with, after `ct-`.
    run: String,
}

impl Side {
    fn begin(name: &str, arguments: &TwinArguments, run: String) -> Result<Self, TwinError> {
        let mut target = arguments.targets.target(name, false)?;
        sweep::begin(&mut target, &run, None)?;
        Ok(Self { target, run })
    }

    fn run(&self) -> Run<'_> {
        Run {
            id: &self.run,
            target: &self.target,
            planning: false,
        }
    }
}

/// Sets the two targets side by side, tells, and gives the exit status. `run` names what is made.
///
/// # Errors
/// When a target cannot be used, or nothing can be told.
pub(crate) fn run(
    arguments: &TwinArguments,
    scenarios: &[&'static Scenario],
    run: &str,
    mut reports: Reports,
) -> Result<u8, TwinError> {
    let left = Side::begin(&arguments.left, arguments, format!("{run}l"))?;
    let right = Side::begin(&arguments.right, arguments, format!("{run}r"))?;
    let name = format!("{} and {}", arguments.left, arguments.right);
    let status = match reached(&left, &right, scenarios) {
        Err(trouble) => {
            reports.tell(Event::Stopped(&trouble));
            writeln!(io::stderr(), "contract-tests: {}", trouble.text)?;
            UNREACHABLE
        }
        Ok(()) => {
            reports.tell(Event::Started {
                run,
                target: &name,
                scenarios: scenarios.len(),
            });
            let summary = taken(&left, &right, scenarios, &mut reports);
            reports.tell(Event::Ended(&summary));
            cli::status(&summary)
        }
    };
    // Whatever it came to: what was made is taken away, on both sides.
    let status = sweep::end(&left.target, status);
    let status = status.and_then(|status| sweep::end(&right.target, status));
    reports.close()?;
    Ok(status?)
}

fn reached(left: &Side, right: &Side, scenarios: &[&'static Scenario]) -> Result<(), Box<Trouble>> {
    left.target.reached(&left.run, scenarios)?;
    right.target.reached(&right.run, scenarios)
}

/// Takes every scenario on both sides, one after the other, so that neither side is asked more at a time
/// than by a single scenario.
fn taken(
    left: &Side,
    right: &Side,
    scenarios: &[&'static Scenario],
    reports: &mut Reports,
) -> Summary {
    let mut summary = Summary::default();
    for (place, scenario) in scenarios.iter().enumerate() {
        if left.target.interrupt().asked() || right.target.interrupt().asked() {
            summary.interrupted = true;
            break;
        }
        // A second look needs a number, and so names, of its own.
        let performed = judged(
            left,
            right,
            scenario,
            [place + 1, scenarios.len() + place + 1],
        );
        summary.count(&performed);
        reports.tell(Event::Finished(&performed));
    }
    summary.settle();
    summary
}

/// One scenario on both sides; what differs is asked once more, and only what differs again is told.
fn judged(
    left: &Side,
    right: &Side,
    scenario: &'static Scenario,
    numbers: [usize; 2],
) -> Performed {
    let (comparison, mut performed) = both(left, right, scenario, numbers[0]);
    if let Verdict::InstrumentFailed(_) = performed.verdict {
        return performed;
    }
    let lasting = match comparison.differences.is_empty() {
        true => Vec::new(),
        false => {
            let (again, second) = both(left, right, scenario, numbers[1]);
            performed = second;
            let first = comparison.differences;
            let lasts = |found: &Difference| {
                let mut first = first.iter();
                first.any(|known| known.fingerprint == found.fingerprint)
            };
            let found = again.differences.into_iter();
            found.filter(lasts).collect()
        }
    };
    let skipped = comparison.not_compared.first();
    performed.verdict = match (lasting.is_empty(), skipped) {
        (false, _) => Verdict::Broken(failure(left, right, &lasting)),
        (true, Some(skipped)) => Verdict::NotObservable {
            because: skipped.because.clone(),
        },
        (true, None) => alike(performed.verdict),
    };
    performed.contradiction = None;
    performed
}

/// The verdict on a scenario in which the two do not differ.
fn alike(verdict: Verdict) -> Verdict {
    let both = |what: &str, failure: &Failure| Verdict::NotObservable {
        because: format!("both {what} alike, at '{}'", failure.step),
    };
    match &verdict {
        Verdict::Broken(failure) => both("break the rule", failure),
        Verdict::UnknownAnswer(failure) => both("give an unknown answer", failure),
        Verdict::Held
        | Verdict::Answered { .. }
        | Verdict::NotObservable { .. }
        | Verdict::InstrumentFailed(_) => verdict,
    }
}

fn both(
    left: &Side,
    right: &Side,
    scenario: &'static Scenario,
    number: usize,
) -> (Comparison, Performed) {
    let (one, other) = thread::scope(|scope| {
        let one = scope.spawn(|| left.run().one(number, scenario));
        let other = right.run().one(number, scenario);
        match one.join() {
            Ok(one) => (one, other),
            // A panic is our fault alone, and goes on as one.
            Err(panic) => std::panic::resume_unwind(panic),
        }
    });
    let comparison = between(scenario.name, &recorded(&one), &recorded(&other), SIDES);
    // Whichever side failed us: nothing is known then.
    match one.verdict {
        Verdict::InstrumentFailed(_) => (comparison, one),
        _ => (comparison, other),
    }
}

/// The differences as a failure: what the left target does is expected of the right one.
fn failure(left: &Side, right: &Side, differences: &[Difference]) -> Failure {
    let mut differences: Vec<&Difference> = differences.iter().collect();
    differences.sort_by_key(|difference| std::cmp::Reverse(difference.level));
    let side = |name: &str, value: fn(&Difference) -> Option<&serde_json::Value>| {
        let lines = differences.iter().take(TOLD).map(|difference| {
            let value = Difference::shown(value(difference), usize::MAX);
            let level = difference.level.name();
            format!(
                "{} ({level}, step '{}'): {value}",
                difference.place, difference.step
            )
        });
        format!("on {name}: {}", lines.collect::<Vec<_>>().join("; "))
    };
    let worst = differences.first();
    Failure {
        step: worst.map_or_else(String::new, |worst| worst.step.clone()),
        caller: "both".to_owned(),
        expected: side(left.target.name(), |difference| difference.old.as_ref()),
        actual: side(right.target.name(), |difference| difference.new.as_ref()),
        request: String::new(),
    }
}
