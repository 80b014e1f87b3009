//! What differs between two recordings, where, and how much it matters. Compares values; asks nobody.

mod accept;
mod command;
mod difference;
mod level;
mod pairs;
mod tell;
mod values;

use std::collections::BTreeSet;

pub(crate) use accept::{AcceptError, Accepted, Judged};
pub(crate) use command::{CompareArguments, CompareError, run};
pub(crate) use difference::{Difference, Kind};
pub(crate) use level::Level;
pub(crate) use tell::Sides;

use crate::recording::{Recorded, Recording};

/// What a comparison came to.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize)]
pub(crate) struct Comparison {
    /// The differences, by scenario and step.
    pub(crate) differences: Vec<Difference>,
    /// What could not be compared, and why.
    pub(crate) not_compared: Vec<NotCompared>,
    /// How many scenarios were compared.
    pub(crate) compared: usize,
}

/// A scenario, or a step of one, of which the two recordings have not both something to say.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct NotCompared {
    /// The scenario.
    pub(crate) scenario: String,
    /// Why.
    pub(crate) because: String,
}

/// Compares what two targets did in one scenario.
pub(crate) fn between(name: &str, left: &Recorded, right: &Recorded) -> Comparison {
    let mut comparison = Comparison::default();
    let sides = ["the left target", "the right target"];
    pairs::scenario(name, left, right, sides, &mut comparison);
    comparison
}

/// Compares two recordings, scenario by scenario.
pub(crate) fn compare(old: &Recording, new: &Recording) -> Comparison {
    let names: BTreeSet<&String> = old.scenarios.keys().chain(new.scenarios.keys()).collect();
    let mut comparison = Comparison::default();
    for name in names {
        match (old.scenarios.get(name), new.scenarios.get(name)) {
            (Some(before), Some(after)) => {
                let sides = ["the old recording", "the new recording"];
                pairs::scenario(name, before, after, sides, &mut comparison);
            }
            (Some(_), None) => comparison.skip(name, "only the old recording has it"),
            (None, Some(_)) => comparison.skip(name, "only the new recording has it"),
            (None, None) => {}
        }
    }
    comparison
}

/// Compares what two recordings have of one scenario.
pub(crate) fn compare_scenario(name: &str, old: &Recorded, new: &Recorded) -> Comparison {
    let mut comparison = Comparison::default();
    pairs::scenario(name, old, new, &mut comparison);
    comparison
}

impl Comparison {
    fn skip(&mut self, scenario: &str, because: &str) {
        self.not_compared.push(NotCompared {
            scenario: scenario.to_owned(),
            because: because.to_owned(),
        });
    }
}
