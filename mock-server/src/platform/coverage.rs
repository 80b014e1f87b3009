//! What the requests to a server met of all that its fakes can answer. It knows no API.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::{Method, StatusCode};

use super::faults::Call;
use super::moment::Trace;
use super::paths::PathPattern;

/// Counts over every space, whatever becomes of the spaces.
pub(crate) struct Coverage {
    calls: Vec<(PathPattern, Call)>,
    met: Mutex<Met>,
}

/// What was met, and how often.
#[derive(Debug, Clone, Default)]
pub(crate) struct Met {
    /// Rules and assumptions by their ids.
    pub(crate) decided: BTreeMap<&'static str, u64>,
    /// The rules that refused a request.
    pub(crate) refused: BTreeMap<&'static str, u64>,
    /// Statuses by API, method and template of the path.
    pub(crate) answered: BTreeMap<(&'static str, String, String, u16), u64>,
}

impl Coverage {
    /// Nothing met yet of these calls.
    pub(crate) fn of(calls: Vec<Call>) -> Self {
        let pattern = |call: Call| Some((PathPattern::parse(&call.path).ok()?, call));
        Self {
            calls: calls.into_iter().filter_map(pattern).collect(),
            met: Mutex::default(),
        }
    }

    /// Counts an answer.
    pub(crate) fn note(
        &self,
        api: &'static str,
        method: &Method,
        path: &str,
        status: StatusCode,
        trace: &Trace,
    ) {
        let own = self.calls.iter().filter(|(_, call)| call.api == api);
        let found = own
            .clone()
            .find(|(pattern, call)| call.method == *method && pattern.matches(path));
        let mut met = self.lock();
        for id in trace.ids() {
            *met.decided.entry(id).or_default() += 1;
        }
        if let Some(rule) = trace.refused_by {
            *met.refused.entry(rule.id).or_default() += 1;
        }
        if let Some((_, call)) = found {
            let key = (api, method.to_string(), call.path.clone(), status.as_u16());
            *met.answered.entry(key).or_default() += 1;
        }
    }

    /// What was met until now.
    pub(crate) fn met(&self) -> Met {
        self.lock().clone()
    }

    // Counting cannot panic half-way.
    fn lock(&self) -> MutexGuard<'_, Met> {
        self.met.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
