//! What walks over one API came to, as an event tells it. Knows no model and no driver.

use std::time::Duration;

use serde::Serialize;

use crate::client::Exchange;
use crate::event::milliseconds;
use crate::scenario::Api;
use crate::verdict::{Failure, Trouble, Verdict};

/// Walks over one API: one that was saved, or random ones up to the first that failed.
#[derive(Debug, Clone, Serialize)]
pub struct Walked {
    /// `amili/random-walks`, or `amili/saved/` with the name of a file.
    pub name: String,
    /// The API.
    pub api: Api,
    /// What they came to.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Whether the run fails by it.
    pub fails: bool,
    /// How many walks held.
    pub walks: u32,
    /// How many steps they had.
    pub steps: usize,
    /// How many lists were looked at.
    pub looks: usize,
    /// The walk that failed, as short as it could be made.
    pub finding: Option<Difference>,
    /// How it was found.
    pub shrunk: Option<Shrunk>,
    /// Open questions that the target answers in another way than the model supposes.
    pub otherwise: Vec<Difference>,
    /// What failed on our side: instead of walking on, or while the failed walk was made shorter.
    pub trouble: Option<Trouble>,
    /// The files in which the failed walk is kept, the one for `--replay` first.
    pub saved: Vec<String>,
    /// How long it took.
    #[serde(rename = "took_ms", serialize_with = "milliseconds")]
    pub took: Duration,
}

/// What the model and the target differ about.
#[derive(Debug, Clone, Serialize)]
pub struct Difference {
    /// The rules of which at least one is broken.
    pub rules: Vec<RuleInDoubt>,
    /// What was expected and seen.
    #[serde(flatten)]
    pub failure: Failure,
    /// The steps of the walk, the one that differs last.
    pub steps: Vec<WalkStep>,
    /// What was said in that walk, without secrets.
    pub exchanges: Vec<Exchange>,
}

/// A rule by its id, with the ground that the model has for it in the case at hand.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct RuleInDoubt {
    /// The rule or open question.
    pub id: &'static str,
    /// Whether a document settles the case; otherwise the model supposes the likely answer.
    pub documented: bool,
}

/// A step that was taken, for people.
#[derive(Debug, Clone, Serialize)]
pub struct WalkStep {
    /// The step in words.
    pub words: String,
    /// The status answered.
    pub status: u16,
    /// The request as a `curl` line.
    pub curl: String,
}

/// How a failed walk was found and made shorter.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Shrunk {
    /// Which of the walks it was, from 1 on.
    pub walk: u32,
    /// How many steps it had at first.
    pub from_steps: usize,
    /// How many shorter walks were tried.
    pub tries: u32,
}
