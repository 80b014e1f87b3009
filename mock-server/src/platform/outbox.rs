//! The outbox: mails that the real service would have sent.

use jiff::Timestamp;
use serde::Serialize;

/// A mail that was not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Mail {
    /// When the real service would have sent it.
    pub(crate) time: Timestamp,
    /// The API that would have.
    pub(crate) api: &'static str,
    /// The address.
    pub(crate) to: String,
    /// Why it is sent, as the documents name it.
    pub(crate) kind: &'static str,
    /// The line a reader sees first.
    pub(crate) subject: String,
}
