//! What walks came to, as the event that reports read. Runs nothing.

use super::hunt::Hunted;
use super::mismatch::{Mismatch, Taken};
use crate::event::{Difference, RuleInDoubt, Shrunk, WalkStep, Walked};
use crate::model::Basis;
use crate::scenario::Api;
use crate::verdict::Verdict;

/// The name of the random walks over an API.
pub(super) fn random(api: Api) -> String {
    format!("{}/random-walks", api.name())
}

/// Walks of this name that have been taken; `saved` names the files in which the failed one is kept.
pub(super) fn walked(name: String, hunted: Hunted, saved: Vec<String>) -> Walked {
    let shrunk = hunted.finding.as_ref().map(|finding| Shrunk {
        walk: finding.walk,
        from_steps: finding.from_steps,
        tries: finding.tries,
    });
    let fails = hunted.finding.is_some();
    let trouble = hunted.trouble.map(|trouble| *trouble);
    let (verdict, trouble) = match (&hunted.finding, trouble) {
        (Some(finding), trouble) if finding.mismatch.open() => (
            Verdict::UnknownAnswer(finding.mismatch.failure.clone()),
            trouble,
        ),
        (Some(finding), trouble) => (Verdict::Broken(finding.mismatch.failure.clone()), trouble),
        (None, Some(trouble)) => (Verdict::InstrumentFailed(trouble), None),
        (None, None) if hunted.walks == 0 => {
            let because = "interrupted before the first walk".to_owned();
            (Verdict::NotObservable { because }, None)
        }
        (None, None) => (Verdict::Held, None),
    };
    Walked {
        name,
        api: hunted.api,
        verdict,
        fails,
        walks: hunted.walks,
        steps: hunted.tally.steps,
        looks: hunted.tally.looks,
        finding: hunted.finding.map(|finding| difference(finding.mismatch)),
        shrunk,
        otherwise: hunted.otherwise.into_iter().map(difference).collect(),
        trouble,
        saved,
        took: hunted.took,
    }
}

/// Walks that were not taken.
pub(super) fn not_taken(name: String, api: Api, because: String) -> Walked {
    Walked {
        name,
        api,
        verdict: Verdict::NotObservable { because },
        fails: false,
        walks: 0,
        steps: 0,
        looks: 0,
        finding: None,
        shrunk: None,
        otherwise: Vec::new(),
        trouble: None,
        saved: Vec::new(),
        took: std::time::Duration::ZERO,
    }
}

fn difference(mismatch: Mismatch) -> Difference {
    let rules = mismatch.breach.rules.iter().map(|rule| RuleInDoubt {
        id: rule.id,
        documented: rule.basis == Basis::Documented,
    });
    Difference {
        rules: rules.collect(),
        failure: mismatch.failure,
        steps: mismatch.taken.into_iter().map(step).collect(),
        exchanges: mismatch.exchanges,
    }
}

fn step(taken: Taken) -> WalkStep {
    WalkStep {
        words: taken.words,
        status: taken.status,
        curl: taken.curl,
    }
}
