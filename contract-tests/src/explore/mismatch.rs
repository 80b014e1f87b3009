//! What the model and the target differ about, and where in the walk. Knows neither API.

use std::collections::BTreeSet;

use crate::client::Exchange;
use crate::model::{Basis, Breach};
use crate::verdict::Failure;

/// What the model and the target differ about.
#[derive(Debug)]
pub(super) struct Mismatch {
    pub(super) breach: Breach,
    pub(super) failure: Failure,
    /// The steps taken, the one that differs last.
    pub(super) taken: Vec<Taken>,
    pub(super) place: Place,
    /// What was said.
    pub(super) exchanges: Vec<Exchange>,
}

/// Where the model and the target differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The answer to this step.
    Answer { at: usize },
    /// This one of the lists that are looked at after the step, or at the end.
    List {
        at: usize,
        index: usize,
        ending: bool,
    },
}

impl Place {
    /// The last step taken.
    pub(super) fn step(self) -> usize {
        match self {
            Self::Answer { at } | Self::List { at, .. } => at,
        }
    }
}

/// A step that was taken, for people.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) words: String,
    pub(super) status: u16,
    pub(super) curl: String,
}

impl Mismatch {
    /// Whether no document is contradicted, only the likely answer to an open question.
    pub(super) fn open(&self) -> bool {
        let mut rules = self.breach.rules.iter();
        rules.all(|rule| rule.basis == Basis::Proposed)
    }

    /// The ids of the rules of which at least one is broken.
    pub(super) fn rules(&self) -> BTreeSet<&'static str> {
        self.breach.rules.iter().map(|rule| rule.id).collect()
    }
}
