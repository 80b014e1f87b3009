//! What a folder of recordings tells over time: since when each scenario and each rule behaves as it does.
//! Compares recordings; asks nobody.

mod command;
mod folder;
mod page;
mod rules;
mod text;
mod trace;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

pub(crate) use command::{HistoryArguments, HistoryError, run};

use self::folder::{Read, Unread};
use self::rules::RuleTrace;
use self::trace::Trace;

/// The whole folder.
#[derive(Debug, Serialize)]
struct History {
    /// What was seen of each target, by its name.
    targets: Vec<OfTarget>,
    /// The files that could not be read.
    unread: Vec<Unread>,
}

/// What was seen of one target.
#[derive(Debug, Serialize)]
struct OfTarget {
    target: String,
    /// Its recordings, the oldest first.
    recordings: Vec<Facts>,
    rules: Vec<RuleTrace>,
    scenarios: Vec<Trace>,
}

/// Where a recording is from.
#[derive(Debug, Serialize)]
struct Facts {
    file: String,
    time: Timestamp,
    tool: String,
}

/// How something has behaved over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Standing {
    /// It went back to what it had done before.
    Flapping,
    /// It behaves otherwise than it did.
    Changed,
    /// It always did the same.
    Steady,
    /// No recording has seen it.
    Unseen,
}

impl Standing {
    const ALL: [Self; 4] = [Self::Flapping, Self::Changed, Self::Steady, Self::Unseen];

    /// It in a word.
    fn name(self) -> &'static str {
        match self {
            Self::Flapping => "flapping",
            Self::Changed => "changed",
            Self::Steady => "steady",
            Self::Unseen => "never seen",
        }
    }
}

impl History {
    fn of(read: Vec<Read>, unread: Vec<Unread>) -> Self {
        let mut by_target: BTreeMap<String, Vec<Read>> = BTreeMap::new();
        for read in read {
            let target = read.recording.header.target.clone();
            by_target.entry(target).or_default().push(read);
        }
        let targets = by_target.into_iter();
        Self {
            targets: targets.map(OfTarget::of).collect(),
            unread,
        }
    }

    /// Whether the newest recording of some target shows something that was otherwise before.
    fn moved(&self) -> bool {
        self.targets.iter().any(|of| of.moved().next().is_some())
    }
}

/// Everything that is told of some recordings.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn told(recordings: Vec<crate::recording::Recording>) -> String {
    let named = recordings.into_iter().enumerate();
    let read = named.map(|(number, recording)| Read {
        file: number.to_string(),
        recording,
    });
    let history = History::of(read.collect(), Vec::new());
    let json = serde_json::to_string(&history).unwrap_or_default();
    page::page(&history) + &text::summary(&history) + &json
}

impl OfTarget {
    fn of((target, mut read): (String, Vec<Read>)) -> Self {
        read.sort_by(|one, other| {
            let key = |read: &Read| (read.recording.header.time, read.file.clone());
            key(one).cmp(&key(other))
        });
        let scenarios = trace::all(&read);
        let recordings = read.into_iter().map(|read| Facts {
            file: read.file,
            time: read.recording.header.time,
            tool: read.recording.header.tool,
        });
        Self {
            target,
            rules: rules::all(&scenarios),
            recordings: recordings.collect(),
            scenarios,
        }
    }

    /// The scenarios that are otherwise in the newest recording than they were when last seen before.
    fn moved(&self) -> impl Iterator<Item = &Trace> {
        let newest = self.recordings.len().saturating_sub(1);
        let moved = move |trace: &&Trace| trace.changes.iter().any(|change| change.to == newest);
        self.scenarios.iter().filter(moved)
    }

    /// When a recording was made.
    fn time(&self, recording: usize) -> String {
        let facts = self.recordings.get(recording);
        facts.map_or_else(String::new, |facts| facts.time.to_string())
    }
}
