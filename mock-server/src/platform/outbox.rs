//! The outbox: mails that the real service would have sent.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A mail that was not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mail {
    /// When the real service would have sent it.
    pub(crate) time: Timestamp,
    /// The API that would have.
    pub(crate) api: Cow<'static, str>,
    /// The address.
    pub(crate) to: String,
    /// Why it is sent, as the documents name it.
    pub(crate) kind: Cow<'static, str>,
    /// The line a reader sees first.
    pub(crate) subject: String,
}
