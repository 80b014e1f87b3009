//! What happens in a run, as one stream. Reports read it; they run nothing.

use serde::Serialize;

use crate::run::{Performed, Summary};

/// Something that happened in a run.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event<'a> {
    /// The first event.
    Started {
        /// The run, which names begin with.
        run: &'a str,
        /// The target.
        target: &'a str,
        /// How many scenarios there are to come.
        scenarios: usize,
    },
    /// One scenario is over. They come in the order of the list, whichever was done first.
    Finished(&'a Performed),
    /// The last event.
    Ended(&'a Summary),
}
