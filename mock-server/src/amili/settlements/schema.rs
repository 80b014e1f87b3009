//! The fields that payments and creditings share, and the rules behind their refusals.

use crate::amili::eve::schema::Field;
use crate::amili::resource::{ANY_FIELD, Blame, Resource, blame, nothing_in_particular};
use crate::amili::rulebook;

/// A payment or a crediting in each edition of its page.
pub(in crate::amili) struct Editions {
    /// Both editions at once, and what is kept.
    pub(in crate::amili) either: &'static Resource,
    /// The older.
    pub(in crate::amili) older: &'static Resource,
    /// The newer.
    pub(in crate::amili) newer: &'static Resource,
}

pub(in crate::amili) const ACCOUNT: Field = Field::id("account").refers_to("accounts");
pub(in crate::amili) const CREDITOR: Field = Field::id("creditor").required();
/// Where both are required and exclude each other, one is needed.
pub(in crate::amili) const CASE: Field = ONLY_CASE.excludes(&["invoice_number"]);
pub(in crate::amili) const ONLY_CASE: Field = Field::id("case").required().refers_to("cases");
pub(in crate::amili) const INVOICE_NUMBER: Field =
    Field::text("invoice_number").required().excludes(&["case"]);
pub(in crate::amili) const CURRENCY: Field = Field::text("currency").required().allowed(&["SEK"]);
pub(in crate::amili) const AMOUNT: Field = Field::number("amount").required();
pub(in crate::amili) const REGISTERED: Field = Field::date("client_registration_date");
pub(in crate::amili) const IMPORT: Field = Field::id("file_import_report").read_only();
pub(in crate::amili) const ORIGIN: Field = Field::text("origin")
    .required()
    .allowed(&["creditor_system"]);

/// A resource of this name with these fields.
pub(in crate::amili) const fn resource(name: &'static str, fields: &'static [Field]) -> Resource {
    Resource {
        name,
        fields,
        names: &[],
        hides: &[],
        searches: &[],
        shows: nothing_in_particular,
        account_in: "account",
        indexed: &["account", "creditor", "case"],
        blame: BLAME,
    }
}

const BLAME: &[Blame] = &[
    blame(
        "account",
        "must exist",
        &rulebook::REGISTRATION_ACCOUNT_EXISTS,
    ),
    blame(
        "creditor",
        "must exist",
        &rulebook::REGISTRATION_CREDITOR_EXISTS,
    ),
    blame("case", "must exist", &rulebook::PAYMENT_CASE_EXISTS),
    blame(
        "invoice_number",
        "must exist",
        &rulebook::PAYMENT_NUMBER_RESOLVES,
    ),
    blame(
        ANY_FIELD,
        "must not be present with",
        &rulebook::PAYMENT_ONE_TARGET,
    ),
    blame(
        "currency",
        "unallowed value",
        &rulebook::REGISTRATION_CURRENCY,
    ),
    blame("origin", "unallowed value", &rulebook::PAYMENT_ORIGIN),
    blame(ANY_FIELD, "required field", &rulebook::PAYMENT_REQUIRED),
];
