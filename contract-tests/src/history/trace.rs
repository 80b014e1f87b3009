//! One scenario through the recordings of a target: which behaviour each shows, and where it turned.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Standing;
use super::folder::Read;
use crate::compare::{Difference, Level, RECORDINGS, between};
use crate::recording::{Outcome, Recorded};

/// The least difference that is a change.
const LEAST: Level = Level::Behaviour;

/// A scenario over time. Recordings are named by their place in the list of their target.
#[derive(Debug, Serialize)]
pub(super) struct Trace {
    pub(super) scenario: String,
    /// The rules or the open question that it is about.
    pub(super) proves: Vec<String>,
    pub(super) standing: Standing,
    /// The first recording that shows it.
    pub(super) first_seen: Option<usize>,
    /// The last one.
    pub(super) last_seen: Option<usize>,
    /// The first one from which on it behaves as it does.
    pub(super) since: Option<usize>,
    pub(super) changes: Vec<Change>,
    /// One for each recording.
    pub(super) cells: Vec<Cell>,
}

/// What one recording has of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Cell {
    /// The verdict, `not in it` or `broken off`.
    pub(super) verdict: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) because: Option<String>,
    /// Which of its behaviours, counted in the order in which they came; none where nothing was seen.
    pub(super) behaviour: Option<usize>,
}

/// A turn from one behaviour to another.
#[derive(Debug, Serialize)]
pub(super) struct Change {
    /// The last recording of the behaviour before.
    pub(super) from: usize,
    /// The first of the one after.
    pub(super) to: usize,
    /// Whether it went back to a behaviour seen before.
    pub(super) back: bool,
    pub(super) differences: Vec<Difference>,
}

/// Every scenario that any of the recordings has, by name.
pub(super) fn all(read: &[Read]) -> Vec<Trace> {
    let names = read.iter().flat_map(|read| read.recording.scenarios.keys());
    let names: BTreeSet<&String> = names.collect();
    names.into_iter().map(|name| trace(name, read)).collect()
}

fn trace(name: &str, read: &[Read]) -> Trace {
    let recorded: Vec<_> = read
        .iter()
        .map(|read| read.recording.scenarios.get(name))
        .collect();
    let mut walk = Walk::default();
    let cells: Vec<_> = recorded
        .iter()
        .enumerate()
        .map(
            |(place, found)| match found.filter(|found| is_seen(found)) {
                Some(found) => cell(Some(found), Some(walk.step(name, place, found))),
                None => cell(*found, None),
            },
        )
        .collect();
    let seen = |cell: &Cell| cell.behaviour.is_some();
    let newest = recorded.iter().rev().flatten();
    let mut newest = newest.filter_map(|found| found.outcome.as_ref());
    let first_seen = cells.iter().position(seen);
    Trace {
        scenario: name.to_owned(),
        proves: newest
            .next()
            .map_or_else(Vec::new, |told| told.proves.clone()),
        standing: standing(&walk.changes, first_seen),
        first_seen,
        last_seen: cells.iter().rposition(seen),
        since: walk.changes.last().map(|change| change.to).or(first_seen),
        changes: walk.changes,
        cells,
    }
}

fn standing(changes: &[Change], first_seen: Option<usize>) -> Standing {
    match changes {
        [] if first_seen.is_none() => Standing::Unseen,
        [] => Standing::Steady,
        changes if changes.iter().any(|change| change.back) => Standing::Flapping,
        _ => Standing::Changed,
    }
}

/// The behaviours met so far, each with the last recording that showed it.
#[derive(Default)]
struct Walk<'a> {
    behaviours: Vec<(usize, &'a Recorded)>,
    /// The one of the recording before.
    current: Option<usize>,
    changes: Vec<Change>,
}

impl<'a> Walk<'a> {
    /// The behaviour that the next recording shows.
    fn step(&mut self, name: &str, place: usize, found: &'a Recorded) -> usize {
        let before = self
            .current
            .and_then(|current| self.behaviours.get(current));
        let behaviour = match (self.current, before) {
            (Some(current), Some((from, before))) => {
                let differences = differing(name, before, found);
                if differences.is_empty() {
                    current
                } else {
                    let from = *from;
                    let known = self.known(name, current, found);
                    self.changes.push(Change {
                        from,
                        to: place,
                        back: known.is_some(),
                        differences,
                    });
                    known.unwrap_or(self.behaviours.len())
                }
            }
            _ => self.behaviours.len(),
        };
        match self.behaviours.get_mut(behaviour) {
            Some(known) => *known = (place, found),
            None => self.behaviours.push((place, found)),
        }
        self.current = Some(behaviour);
        behaviour
    }

    /// A behaviour other than the current one that this is again.
    fn known(&self, name: &str, current: usize, found: &Recorded) -> Option<usize> {
        let mut known = self.behaviours.iter().enumerate();
        let again = known.find(|(place, (_, before))| {
            *place != current && differing(name, before, found).is_empty()
        });
        again.map(|(place, _)| place)
    }
}

fn differing(name: &str, old: &Recorded, new: &Recorded) -> Vec<Difference> {
    let mut differences = between(name, old, new, RECORDINGS).differences;
    differences.retain(|difference| difference.level >= LEAST);
    differences
}

/// Whether a recording says anything about the behaviour of a scenario.
fn is_seen(recorded: &Recorded) -> bool {
    let unseen = |outcome: &Outcome| {
        ["not observable", "instrument failed"].contains(&outcome.verdict.as_str())
    };
    recorded
        .outcome
        .as_ref()
        .is_some_and(|outcome| !unseen(outcome))
}

fn cell(recorded: Option<&Recorded>, behaviour: Option<usize>) -> Cell {
    let outcome = recorded.and_then(|recorded| recorded.outcome.as_ref());
    let verdict = match (recorded, outcome) {
        (_, Some(outcome)) => outcome.verdict.as_str(),
        (Some(_), None) => "broken off",
        (None, None) => "not in it",
    };
    Cell {
        verdict: verdict.to_owned(),
        answer: outcome.and_then(|outcome| outcome.answer.clone()),
        because: outcome.and_then(|outcome| outcome.because.clone()),
        behaviour,
    }
}

impl Cell {
    /// The verdict, with the answer where there is one.
    pub(super) fn said(&self) -> &str {
        let answer = self.answer.as_deref();
        let answer = answer.filter(|_| self.verdict == "answered");
        answer.unwrap_or(&self.verdict)
    }
}
