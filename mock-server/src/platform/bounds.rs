//! What a server takes at the most. It knows no option and no status.

use std::time::Duration;

use serde_json::Value;

/// The largest body taken unless told otherwise, in bytes: far above what a documented call needs.
pub(crate) const BODY: usize = 1024 * 1024;

/// What a server takes at the most. Each is told with the answer to what passes it, and is shown in
/// `GET /_mock/info`; the journal has [bounds of its own](crate::JournalLimits).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a body.
    pub body: usize,
    /// Bytes of the body of `PUT /_mock/state`.
    pub state: usize,
    /// Levels of objects and lists in a body, at most 120: a state holds bodies some levels deep, and the reader
    /// of JSON takes 127.
    pub nesting: usize,
    /// Bytes of a URL. More than 65,534 are refused by the HTTP library.
    pub url: usize,
    /// Bytes of a request's line and headers together, at least 8,192.
    pub head: usize,
    /// Headers of a request.
    pub headers: usize,
    /// Records and tokens of a space.
    pub records: usize,
    /// Checkpoints of a space.
    pub checkpoints: usize,
    /// Spaces.
    pub spaces: usize,
    /// Connections at a time. What the process may open of files lowers it.
    pub connections: usize,
    /// How long a request may take to come, from its first byte to its last, and how long a client may
    /// take nothing of its answer.
    pub request_within: Duration,
    /// How long a connection may stay open without a request.
    pub idle: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: BODY,
            state: 256 * 1024 * 1024,
            nesting: 64,
            url: 32 * 1024,
            head: 64 * 1024,
            headers: 100,
            records: 1_000_000,
            checkpoints: 1_000,
            spaces: 10_000,
            connections: 1_024,
            request_within: Duration::from_secs(30),
            // Longer than the pools of common clients keep a connection, so that it is they who close it.
            idle: Duration::from_secs(120),
        }
    }
}

/// Whether a value has at most so many levels of objects and lists. The reader of JSON has bounded its depth.
pub(crate) fn is_within(value: &Value, levels: usize) -> bool {
    let left = levels.checked_sub(1);
    let fits = |inner: &Value| left.is_some_and(|left| is_within(inner, left));
    match value {
        Value::Array(items) => left.is_some() && items.iter().all(fits),
        Value::Object(members) => left.is_some() && members.values().all(fits),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}
