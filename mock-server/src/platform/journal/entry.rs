//! One entry of the journal: what came, what went, and why. What it keeps it shows only masked.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::masked::{Masked, body, headers, noted, query};
use crate::platform::moment::Trace;

/// What an entry takes beside the bytes of its texts.
const FIXED_SIZE: usize = 600;

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub(crate) method: Method,
    /// Path and query inside the space.
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Whether the body was longer than what is read of one.
    pub(crate) is_cut: bool,
}

/// An answer as it went.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// An entry that has no number yet.
#[derive(Debug)]
pub(crate) struct Draft {
    /// The instant of the space's clock at which the request came.
    pub(crate) time: Timestamp,
    /// How long the answer took; none under a clock that stands still.
    pub(crate) took: Option<Duration>,
    pub(crate) api: &'static str,
    /// The user that the request's token acts as.
    pub(crate) caller: Option<Value>,
    pub(crate) request: Arc<Taken>,
    /// None when the connection was closed instead.
    pub(crate) response: Option<Arc<Given>>,
    pub(crate) trace: Arc<Trace>,
    /// The fault that made the answer what it is.
    pub(crate) fault: Option<Value>,
}

impl Draft {
    fn size(&self) -> usize {
        let of = |headers: &HeaderMap| -> usize {
            let pairs = headers.iter();
            pairs
                .map(|(name, value)| name.as_str().len() + value.len())
                .sum()
        };
        let request = &self.request;
        let asked = request.body.len()
            + of(&request.headers)
            + request.uri.path().len()
            + request.uri.query().unwrap_or_default().len();
        let given = self.response.as_ref();
        FIXED_SIZE + asked + given.map_or(0, |given| given.body.len() + of(&given.headers))
    }
}

/// One request and its answer.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) number: u64,
    draft: Draft,
    size: usize,
}

impl Entry {
    /// A draft with its number.
    pub(super) fn new(number: u64, draft: Draft) -> Self {
        Self {
            number,
            size: draft.size(),
            draft,
        }
    }

    /// What it holds.
    pub(crate) fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The answer, if there was one.
    pub(crate) fn given(&self) -> Option<&Arc<Given>> {
        self.draft.response.as_ref()
    }

    /// About how many bytes it takes.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// The ids of every rule and assumption that decided.
    pub(crate) fn decided_by(&self) -> impl Iterator<Item = &'static str> {
        self.draft.trace.ids()
    }

    /// The entry as people and programs see it.
    pub(crate) fn shown(&self, masked: &Masked) -> Value {
        let Draft { request, trace, .. } = &self.draft;
        let micros = self
            .draft
            .took
            .map(|took| u64::try_from(took.as_micros()).ok());
        let ids = |ids: Vec<&'static str>| Value::from(ids);
        json!({
            "number": self.number,
            "time": self.draft.time,
            "duration_us": micros,
            "api": self.draft.api,
            "caller": self.draft.caller,
            "request": request.shown(masked),
            "response": self.draft.response.as_ref().map(|given| given.shown(masked)),
            "refused_by": trace.refused_by.map(|rule| rule.id),
            "rules": ids(trace.applied.iter().map(|rule| rule.id).collect()),
            "assumptions": ids(trace.assumed.iter().map(|assumption| assumption.id).collect()),
            "breaches": noted(&trace.breaches, masked),
            "warnings": noted(&trace.warnings, masked),
            "fault": self.draft.fault,
        })
    }
}

/// A request as people and programs see it.
pub(crate) fn shown_parts(
    method: &Method,
    uri: &Uri,
    of: &HeaderMap,
    body: &Bytes,
    masked: &Masked,
) -> Value {
    json!({
        "method": method.as_str(),
        "path": masked.words(uri.path()),
        "query": uri.query().map(|text| query(text, masked)),
        "headers": headers(of, masked),
        "body": shown_body(of, body, masked),
    })
}

impl Taken {
    fn shown(&self, masked: &Masked) -> Value {
        let mut shown = shown_parts(&self.method, &self.uri, &self.headers, &self.body, masked);
        shown["body_is_cut"] = self.is_cut.into();
        shown
    }
}

impl Given {
    fn shown(&self, masked: &Masked) -> Value {
        json!({
            "status": self.status.as_u16(),
            "headers": headers(&self.headers, masked),
            "body": shown_body(&self.headers, &self.body, masked),
        })
    }
}

fn shown_body(headers: &HeaderMap, bytes: &Bytes, masked: &Masked) -> Value {
    let kind = headers.get(axum::http::header::CONTENT_TYPE);
    body(kind.and_then(|kind| kind.to_str().ok()), bytes, masked)
}
