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
const BOTH: &[Method] = &[Method::GET, Method::POST];

/// Every gap.
pub(crate) const ALL: &[Gap] = &[
    gap(
        BOTH,
        "/authenticates/api-code",
        "authentication by API code",
    ),
    gap(WRITE, "/accounts", "the creation of accounts"),
    gap(READ, "/customers", "customers"),
    gap(READ, "/customers/{id}", "customers"),
    gap(BOTH, "/case--registrations", "case registrations"),
    gap(READ, "/case--registrations/{id}", "case registrations"),
    gap(READ, "/cases", "cases"),
    gap(READ, "/cases/{id}", "cases"),
    gap(BOTH, "/invoice--registrations", "invoice registrations"),
    gap(
        READ,
        "/invoice--registrations/{id}",
        "invoice registrations",
    ),
    gap(READ, "/invoices", "invoices"),
    gap(READ, "/invoices/{id}", "invoices"),
    gap(BOTH, "/creditor--payments", "creditor payments"),
    gap(READ, "/creditor--payments/{id}", "creditor payments"),
    gap(BOTH, "/creditor--creditings", "creditor creditings"),
    gap(READ, "/creditor--creditings/{id}", "creditor creditings"),
    gap(WRITE, "/media--upload/{id}", "media upload"),
];
