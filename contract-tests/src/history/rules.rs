//! One rule or open question through the recordings of a target: what its scenarios show, taken together.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Standing;
use super::trace::{Cell, Trace};

/// What a recording says of a rule, where its scenarios say several things: the first of these.
const WEIGHT: [&str; 6] = [
    "broken",
    "unknown answer",
    "answered",
    "held",
    "instrument failed",
    "not observable",
];

/// A rule or an open question over time. Recordings are named by their place in the list of their target.
#[derive(Debug, Serialize)]
pub(super) struct RuleTrace {
    pub(super) id: String,
    /// The scenarios that observe it.
    pub(super) scenarios: Vec<String>,
    pub(super) standing: Standing,
    /// The first recording that shows it.
    pub(super) first_seen: Option<usize>,
    /// The last one.
    pub(super) last_seen: Option<usize>,
    /// The first one from which on it behaves as it does.
    pub(super) since: Option<usize>,
    /// One for each recording.
    pub(super) cells: Vec<RuleCell>,
}

/// What one recording says of a rule.
#[derive(Debug, Serialize)]
pub(super) struct RuleCell {
    pub(super) verdict: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answer: Option<String>,
    /// The scenarios that are otherwise here than they were when last seen before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) changed: Vec<String>,
}

/// Every rule and question that a scenario is about, by id.
pub(super) fn all(scenarios: &[Trace]) -> Vec<RuleTrace> {
    let mut about: BTreeMap<&str, Vec<&Trace>> = BTreeMap::new();
    for scenario in scenarios {
        for id in &scenario.proves {
            about.entry(id).or_default().push(scenario);
        }
    }
    let rules = about.into_iter();
    rules.map(|(id, scenarios)| rule(id, &scenarios)).collect()
}

fn rule(id: &str, scenarios: &[&Trace]) -> RuleTrace {
    let recordings = scenarios.first().map_or(0, |first| first.cells.len());
    let standing = scenarios.iter().map(|scenario| scenario.standing).min();
    let first_seen = scenarios.iter().filter_map(|it| it.first_seen).min();
    let changes = scenarios.iter().flat_map(|scenario| &scenario.changes);
    let last_change = changes.map(|change| change.to).max();
    RuleTrace {
        id: id.to_owned(),
        scenarios: scenarios.iter().map(|it| it.scenario.clone()).collect(),
        standing: standing.unwrap_or(Standing::Unseen),
        first_seen,
        last_seen: scenarios.iter().filter_map(|it| it.last_seen).max(),
        since: last_change.or(first_seen),
        cells: (0..recordings)
            .map(|place| cell(scenarios, place))
            .collect(),
    }
}

fn cell(scenarios: &[&Trace], place: usize) -> RuleCell {
    let cells = scenarios.iter().filter_map(|it| it.cells.get(place));
    let weight = |cell: &&Cell| {
        let known = WEIGHT.iter().position(|verdict| *verdict == cell.verdict);
        known.unwrap_or(WEIGHT.len())
    };
    let said = cells.min_by_key(weight);
    let turns = |it: &&&Trace| it.changes.iter().any(|change| change.to == place);
    let changed = scenarios.iter().filter(turns);
    RuleCell {
        verdict: said.map_or_else(String::new, |cell| cell.verdict.clone()),
        answer: said.and_then(|cell| cell.answer.clone()),
        changed: changed.map(|it| it.scenario.clone()).collect(),
    }
}

impl RuleCell {
    /// The verdict, or the answer where there is one.
    pub(super) fn said(&self) -> &str {
        let answer = self.answer.as_deref();
        let answer = answer.filter(|_| self.verdict == "answered");
        answer.unwrap_or(&self.verdict)
    }
}
