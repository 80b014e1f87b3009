//! The fields of a crediting, in each edition of its page.

use crate::amili::eve::schema::Field;
use crate::amili::resource::Resource;
use crate::amili::settlements::schema::{
    ACCOUNT, AMOUNT, CASE, CREDITOR, CURRENCY, Editions, IMPORT, INVOICE_NUMBER, ONLY_CASE, ORIGIN,
    REGISTERED, resource,
};

const NAME: &str = "creditor--creditings";
/// An id of something that has no page.
const CREDIT_INVOICE: Field = Field::text("credit_invoice");
const REFERENCE: Field = Field::text("creditor_reference");

/// The resource.
pub(in crate::amili) static RESOURCE: Resource = resource(
    NAME,
    &[
        ACCOUNT,
        CREDITOR,
        CASE,
        INVOICE_NUMBER,
        CURRENCY,
        AMOUNT,
        CREDIT_INVOICE,
        REGISTERED,
        REFERENCE,
        IMPORT,
        ORIGIN,
    ],
);

/// docs.amili.se/reference/endpoints/creditor-crediting.
static OLDER: Resource = resource(
    NAME,
    &[
        ACCOUNT.required(),
        CREDITOR,
        ONLY_CASE,
        CURRENCY,
        AMOUNT,
        ORIGIN,
    ],
);

/// docs-alpha.amili.se/reference/endpoints/creditor-crediting.
static NEWER: Resource = resource(
    NAME,
    &[
        ACCOUNT.read_only(),
        CREDITOR,
        CASE,
        INVOICE_NUMBER,
        CURRENCY,
        AMOUNT,
        CREDIT_INVOICE,
        REGISTERED,
        REFERENCE,
        IMPORT,
        ORIGIN,
    ],
);

/// The editions.
pub(in crate::amili) static EDITIONS: Editions = Editions {
    either: &RESOURCE,
    older: &OLDER,
    newer: &NEWER,
};
