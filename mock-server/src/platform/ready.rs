//! Answers that are ready to be given again: those to the newest reads, for as long as nothing changes that
//! they could show. It knows no API.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderMap, Uri};
use foldhash::HashMap;
use serde_json::Value;

use super::journal::Entry;

/// The most answers kept.
const MOST: usize = 512;
/// The most bytes of requests and answers kept.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// The most answers kept of one target: it may have several callers.
const MOST_OF_ONE: usize = 4;

/// The answers of one space, each with its request.
#[derive(Debug, Default)]
pub(crate) struct Ready(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    version: u64,
    /// The newest last.
    by_target: HashMap<String, Vec<Arc<Entry>>>,
    count: usize,
    bytes: usize,
}

/// A request without a body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) uri: &'a Uri,
    /// All of them: any may matter.
    pub(crate) headers: &'a HeaderMap,
    /// The user that its token acts as now.
    pub(crate) caller: Option<&'a Value>,
}

impl Ready {
    /// The answer to the same request, if one is kept and nothing has changed since.
    pub(crate) fn find(&self, version: u64, asked: Asked<'_>) -> Option<Arc<Entry>> {
        let kept = self.kept();
        if kept.version != version {
            return None;
        }
        let of_target = kept.by_target.get(target(asked.uri))?;
        let is_same = |entry: &&Arc<Entry>| {
            let draft = entry.draft();
            draft.caller.as_ref() == asked.caller && draft.request.headers == *asked.headers
        };
        of_target.iter().rfind(is_same).map(Arc::clone)
    }

    /// Keeps an answer that was decided at a version. The journal keeps it as well, if not as long.
    pub(crate) fn keep(&self, version: u64, entry: Arc<Entry>) {
        let size = entry.size();
        if size > MOST_BYTES {
            return;
        }
        let mut kept = self.kept();
        if kept.version > version {
            return;
        }
        // Who asks for more than there is room for begins anew.
        let is_full = kept.count >= MOST || kept.bytes + size > MOST_BYTES;
        if is_full || kept.version < version {
            *kept = Kept {
                version,
                ..Kept::default()
            };
        }
        kept.bytes += size;
        kept.count += 1;
        let target = target(&entry.draft().request.uri).to_owned();
        let of_target = kept.by_target.entry(target).or_default();
        of_target.push(entry);
        if of_target.len() > MOST_OF_ONE {
            let oldest = of_target.remove(0);
            kept.bytes -= oldest.size();
            kept.count -= 1;
        }
    }

    // Nothing in between can panic half-way.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn target(uri: &Uri) -> &str {
    uri.path_and_query().map_or("", |target| target.as_str())
}
