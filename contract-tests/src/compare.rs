//! What differs between two recordings, where, and how much it matters. Compares values; asks nobody.

mod accept;
mod command;
mod difference;
mod level;
mod pairs;
mod tell;
mod values;

use std::collections::BTreeSet;

pub(crate) use accept::{AcceptError, Accepted, Excused, Judged};
pub(crate) use command::{CompareArguments, CompareError, run};
pub(crate) use difference::{Difference, Kind};
pub(crate) use level::Level;
pub(crate) use tell::{Sides, in_full, json};

use crate::recording::{Recorded, Recording};

/// What a comparison came to.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize)]
pub(crate) struct Comparison {
    /// The differences, by scenario and step.
    pub(crate) differences: Vec<Difference>,
    /// What could not be compared, and why.
    pub(crate) not_compared: Vec<NotCompared>,
    /// The scenarios that were compared.
    pub(crate) compared: Vec<String>,
}

/// A scenario, or a step of one, of which the two recordings have not both something to say.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct NotCompared {
    /// The scenario.
    pub(crate) scenario: String,
    /// Why.
    pub(crate) because: String,
}

/// Compares two recordings, scenario by scenario.
pub(crate) fn compare(old: &Recording, new: &Recording) -> Comparison {
    let names: BTreeSet<&String> = old.scenarios.keys().chain(new.scenarios.keys()).collect();
    let mut comparison = Comparison::default();
    for name in names {
        match (old.scenarios.get(name), new.scenarios.get(name)) {
            (Some(before), Some(after)) => {
                pairs::scenario(name, before, after, RECORDINGS, &mut comparison);
            }
            (Some(_), None) => comparison.skip(name, "only the old recording has it"),
            (None, Some(_)) => comparison.skip(name, "only the new recording has it"),
            (None, None) => {}
        }
    }
    comparison
}

/// What the two sides of a comparison are called.
pub(crate) const RECORDINGS: [&str; 2] = ["the old recording", "the new recording"];

/// Compares what two sides, so called, have of one scenario.
pub(crate) fn between(name: &str, old: &Recorded, new: &Recorded, sides: [&str; 2]) -> Comparison {
    let mut comparison = Comparison::default();
    pairs::scenario(name, old, new, sides, &mut comparison);
    comparison
}

/// Everything that is told of a comparison.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn told(old: &Recording, new: &Recording, accepted: &Accepted) -> String {
    let comparison = compare(old, new);
    let judged = accepted.judge(&comparison, jiff::civil::date(2026, 11, 20));
    let sides = Sides {
        old: &old.header,
        new: &new.header,
        now: jiff::Timestamp::UNIX_EPOCH,
    };
    tell::text(&sides, &comparison, &judged) + &json(&sides, &comparison, &judged)
}

impl Comparison {
    fn skip(&mut self, scenario: &str, because: &str) {
        self.not_compared.push(NotCompared {
            scenario: scenario.to_owned(),
            because: because.to_owned(),
        });
    }
}
