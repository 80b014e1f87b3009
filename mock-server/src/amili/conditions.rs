//! The conditional headers of a request.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, header};
use bson::{DateTime, Document};

use super::eve::conditional::{self, Precondition};
use super::refusal::Refusal;

/// `If-Match`, `If-None-Match` and `If-Modified-Since`, as sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Conditions {
    if_match: Option<String>,
    if_none_match: Option<String>,
    if_modified_since: Option<String>,
}

impl Conditions {
    /// Refuses an `If-Modified-Since` that is no date.
    pub(super) fn check_date(&self) -> Result<(), Refusal> {
        let since = conditional::since(self.if_modified_since.as_deref());
        since.map(|_| ()).map_err(|_| Refusal::UnreadableDate)
    }

    /// Whether the client's own copy of a document is as good.
    pub(super) fn not_modified(&self, document: &Document) -> Result<bool, Refusal> {
        let updated = document.get_datetime("_updated").copied();
        conditional::not_modified(
            self.if_none_match.as_deref(),
            self.if_modified_since.as_deref(),
            document.get_str("_etag").unwrap_or_default(),
            updated.unwrap_or(DateTime::MIN),
        )
        .map_err(|_| Refusal::UnreadableDate)
    }

    /// What `If-Match` says about a document.
    pub(super) fn if_match(&self, document: &Document) -> Precondition {
        let etag = document.get_str("_etag").unwrap_or_default();
        conditional::if_match(self.if_match.as_deref(), etag)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Conditions {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let text = |name: HeaderName| {
            let value = parts.headers.get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        Ok(Self {
            if_match: text(header::IF_MATCH),
            if_none_match: text(header::IF_NONE_MATCH),
            if_modified_since: text(header::IF_MODIFIED_SINCE),
        })
    }
}
