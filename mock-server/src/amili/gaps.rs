//! What Amili documents and the fake does not model: answered 501, never with an invention.

use axum::http::Method;

/// A call that is named by a document and not modelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gap {
    /// The methods.
    pub(crate) methods: &'static [Method],
    /// The path, without a trailing slash.
    pub(crate) path: &'static str,
    /// What is missing, as the answer says it.
    pub(crate) what: &'static str,
}

const fn gap(methods: &'static [Method], path: &'static str, what: &'static str) -> Gap {
    Gap {
        methods,
        path,
        what,
    }
}

const READ: &[Method] = &[Method::GET];
const WRITE: &[Method] = &[Method::POST];

/// Every gap.
pub(crate) const ALL: &[Gap] = &[
    gap(READ, "/invoices", "invoices"),
    gap(READ, "/invoices/{id}", "invoices"),
    gap(WRITE, "/media--upload/{id}", "media upload"),
];
