//! Which answer a target gives to each open question, as a file that makes a mock give the same. Runs the
//! scenarios that ask; knows nothing of what they ask.

mod command;
mod tell;

use std::collections::BTreeMap;

use mock_server::{Assumption, catalogue};

pub(crate) use command::{CalibrateArguments, CalibrateError, run};

use crate::run::Performed;
use crate::scenario::{self, Scenario};
use crate::verdict::{TroubleKind, Verdict};

/// What became of one open question.
#[derive(Debug)]
struct Finding {
    assumption: &'static Assumption,
    seen: Seen,
    /// By which scenario, step and exchange.
    by: String,
}

/// What was seen of it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Seen {
    /// One of the known answers.
    Answer(&'static str),
    /// None of them.
    Unknown {
        wanted: String,
        got: String,
        request: String,
    },
    /// Nothing: this target offers no way to see it.
    NotObservable(String),
    /// Nothing: the conversation failed.
    Failed { text: String, shut_out: bool },
}

/// The scenarios that ask, one for each assumption.
fn questions() -> Vec<&'static Scenario> {
    let mut scenarios = scenario::all();
    scenarios.retain(|scenario| scenario.asks());
    scenarios
}

/// What was found, in the order of the catalogue.
fn findings(mut performed: BTreeMap<&'static str, Finding>) -> Vec<Finding> {
    let known = catalogue::assumptions().into_iter();
    let found = known.map(|assumption| {
        performed.remove(assumption.id).unwrap_or(Finding {
            assumption,
            seen: Seen::Failed {
                text: "the run ended before it was asked".to_owned(),
                shut_out: false,
            },
            by: String::new(),
        })
    });
    found.collect()
}

/// What a scenario that asked has found.
fn finding(performed: &Performed) -> Option<Finding> {
    let id = *performed.scenario.proves.first()?;
    let mut known = catalogue::assumptions().into_iter();
    let assumption = known.find(|known| known.id == id)?;
    Some(Finding {
        assumption,
        seen: seen(&performed.verdict),
        by: by(performed),
    })
}

fn seen(verdict: &Verdict) -> Seen {
    match verdict {
        Verdict::Answered { answer } => Seen::Answer(answer),
        Verdict::UnknownAnswer(failure) | Verdict::Broken(failure) => Seen::Unknown {
            wanted: failure.expected.clone(),
            got: failure.actual.clone(),
            request: failure.request.clone(),
        },
        Verdict::NotObservable { because } => Seen::NotObservable(because.clone()),
        Verdict::InstrumentFailed(trouble) => Seen::Failed {
            text: trouble.text.clone(),
            shut_out: trouble.kind != TroubleKind::Other,
        },
        // No scenario that asks ends so.
        Verdict::Held => Seen::NotObservable("its scenario asks nothing".to_owned()),
    }
}

/// Scenario, step and the last exchange; what is asked of a mock by its control API is none.
fn by(performed: &Performed) -> String {
    let name = performed.scenario.name;
    let mut said = performed.exchanges.iter().rev();
    match said.find(|exchange| !exchange.path.starts_with("/_mock/")) {
        Some(last) => format!(
            "{name}, '{}': {} {} {}",
            last.step, last.method, last.path, last.status
        ),
        None => name.to_owned(),
    }
}
