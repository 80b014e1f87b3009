//! What happens in a run, as one stream. Reports read it; they run nothing.

mod walked;

use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::run::{Performed, Summary};
use crate::verdict::Trouble;

pub use walked::{Difference, RuleInDoubt, Shrunk, WalkStep, Walked};

/// Something that happened in a run.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event<'a> {
    /// The first event of a run of scenarios.
    Started {
        /// The run, which names begin with.
        run: &'a str,
        /// The target.
        target: &'a str,
        /// How many scenarios there are to come.
        scenarios: usize,
    },
    /// The first event of an exploration.
    Exploring {
        /// The run, which names begin with.
        run: &'a str,
        /// The target.
        target: &'a str,
        /// What the random walks are drawn from; none when one walk is replayed.
        seed: Option<u64>,
        /// How many walks there are to come at most.
        walks: usize,
    },
    /// One scenario is over. They come in the order of the list, whichever was done first.
    Finished(&'a Performed),
    /// One more walk has been taken. What they came to is told at the end of an API's walks.
    Walking,
    /// The walks over one API are over.
    Walked(&'a Walked),
    /// The run ends before its work is done, or before it began.
    Stopped(&'a Trouble),
    /// The last event of a run of scenarios.
    Ended(&'a Summary),
}

pub(crate) fn milliseconds<S: Serializer>(
    took: &Duration,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_u128(took.as_millis())
}
