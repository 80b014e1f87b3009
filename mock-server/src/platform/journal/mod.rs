//! The journal of a space: its newest requests with their answers, within bounds of count and size. It
//! knows no API, and nothing of how it is asked for.

mod entry;
mod filter;
mod masked;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::broadcast;

pub(crate) use entry::{Draft, Entry, Given, Taken, shown_parts};
pub(crate) use filter::Filter;
pub(crate) use masked::Masked;

/// How many entries a listener may be behind before it loses some.
const BEHIND: usize = 1024;

/// How much a journal keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JournalLimits {
    /// The most entries.
    pub entries: usize,
    /// The most bytes of requests and answers together.
    pub bytes: usize,
}

impl Default for JournalLimits {
    fn default() -> Self {
        Self {
            entries: 10_000,
            bytes: 32 * 1024 * 1024,
        }
    }
}

/// The newest requests of one space.
pub(crate) struct Journal {
    limits: JournalLimits,
    // Its own lock: whoever reads the journal keeps no request waiting for the stores.
    kept: Mutex<Kept>,
    listeners: OnceLock<broadcast::Sender<Arc<Entry>>>,
}

#[derive(Default)]
struct Kept {
    entries: VecDeque<Arc<Entry>>,
    bytes: usize,
    last: u64,
}

/// What was found in a journal.
#[derive(Debug)]
pub(crate) struct Found {
    /// The entries asked for, newest last.
    pub(crate) entries: Vec<Arc<Entry>>,
    /// The number of the newest entry ever made; 0 when there was none.
    pub(crate) last: u64,
    /// The numbers that were asked for and have been dropped, from and to.
    pub(crate) dropped: Option<(u64, u64)>,
}

impl Journal {
    /// An empty one.
    pub(crate) fn new(limits: JournalLimits) -> Self {
        Self {
            limits,
            kept: Mutex::default(),
            listeners: OnceLock::new(),
        }
    }

    /// Keeps a request and its answer, which get their number.
    pub(crate) fn record(&self, draft: Draft) -> Arc<Entry> {
        let mut kept = self.kept();
        kept.last += 1;
        let entry = Arc::new(Entry::new(kept.last, draft));
        // A listener that has gone is no loss.
        let _ = self
            .listeners
            .get()
            .map(|listeners| listeners.send(Arc::clone(&entry)));
        kept.bytes += entry.size();
        kept.entries.push_back(Arc::clone(&entry));
        while kept.entries.len() > self.limits.entries || kept.bytes > self.limits.bytes {
            let Some(oldest) = kept.entries.pop_front() else {
                break;
            };
            kept.bytes -= oldest.size();
        }
        entry
    }

    /// The entries that pass a filter.
    pub(crate) fn find(&self, filter: &Filter) -> Found {
        let kept = self.kept();
        let newest_first = kept
            .entries
            .iter()
            .rev()
            .filter(|entry| filter.takes(entry));
        let mut entries: Vec<_> = newest_first
            .take(filter.limit.unwrap_or(usize::MAX))
            .map(Arc::clone)
            .collect();
        entries.reverse();
        let first_kept = kept.last + 1 - kept.entries.len() as u64;
        let from = filter.first_number();
        let is_full = filter.limit.is_some_and(|limit| entries.len() >= limit);
        Found {
            entries,
            last: kept.last,
            dropped: (from < first_kept && !is_full).then(|| (from, first_kept - 1)),
        }
    }

    /// No entry, and the number of the newest.
    pub(crate) fn nothing(&self) -> Found {
        Found {
            entries: Vec::new(),
            last: self.kept().last,
            dropped: None,
        }
    }

    /// The entry of a number; the error is the number of the newest, for a number yet to come, or that of the
    /// oldest one kept.
    pub(crate) fn entry(&self, number: u64) -> Result<Arc<Entry>, Missing> {
        let kept = self.kept();
        let first = kept.last + 1 - kept.entries.len() as u64;
        if number > kept.last || number == 0 {
            return Err(Missing::NotYet { last: kept.last });
        }
        let place = number.checked_sub(first);
        let place = place.and_then(|place| usize::try_from(place).ok());
        let entry = place.and_then(|place| kept.entries.get(place));
        entry.map(Arc::clone).ok_or(Missing::Dropped { first })
    }

    /// Forgets every entry. Numbers go on.
    pub(crate) fn clear(&self) {
        let mut kept = self.kept();
        kept.entries.clear();
        kept.bytes = 0;
    }

    /// Forgets every entry, and numbers begin again. Gives what was kept: freeing it takes its time.
    pub(crate) fn restart(&self) -> impl Send + use<> {
        std::mem::take(&mut *self.kept())
    }

    /// The entries to come.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Arc<Entry>> {
        let listeners = self.listeners.get_or_init(|| broadcast::channel(BEHIND).0);
        listeners.subscribe()
    }

    /// How many entries are kept, and their bytes.
    pub(crate) fn size(&self) -> (usize, usize) {
        let kept = self.kept();
        (kept.entries.len(), kept.bytes)
    }

    // Nothing between taking and leaving the lock can panic half-way.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why there is no entry of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Missing {
    #[error("the journal has no such entry yet; its newest is {last}")]
    NotYet {
        /// The newest number; 0 when there is none.
        last: u64,
    },
    #[error("the entry has been dropped or removed; the oldest one kept is {first}")]
    Dropped {
        /// The oldest number kept, or the next to come when none is.
        first: u64,
    },
}

#[cfg(test)]
mod tests;
