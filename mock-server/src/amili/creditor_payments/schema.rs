//! The fields of a payment, in each edition of its page.

use crate::amili::eve::schema::Field;
use crate::amili::resource::Resource;
use crate::amili::settlements::schema::{
    ACCOUNT, AMOUNT, CASE, CREDITOR, CURRENCY, Editions, IMPORT, INVOICE_NUMBER, ONLY_CASE, ORIGIN,
    REGISTERED, resource,
};

const NAME: &str = "creditor--payments";
const BANK_DATE: Field = Field::date("bank_transaction_date").required();
const REFERENCE: Field = Field::text("creditor_payment_reference");

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
        BANK_DATE,
        REGISTERED,
        REFERENCE,
        IMPORT,
        ORIGIN,
    ],
);

/// docs.amili.se/reference/endpoints/creditor-payment.
static OLDER: Resource = resource(
    NAME,
    &[
        ACCOUNT.required(),
        CREDITOR,
        ONLY_CASE,
        CURRENCY,
        AMOUNT,
        BANK_DATE,
        REFERENCE,
        ORIGIN,
    ],
);

/// docs-alpha.amili.se/reference/endpoints/creditor-payment.
static NEWER: Resource = resource(
    NAME,
    &[
        ACCOUNT.read_only(),
        CREDITOR,
        CASE,
        INVOICE_NUMBER,
        CURRENCY,
        AMOUNT,
        BANK_DATE,
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
