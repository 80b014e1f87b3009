//! The fields of an invoice registration.

use crate::amili::creditors::INACTIVE;
use crate::amili::customers::schema::OF_INVOICE;
use crate::amili::eve::schema::{Field, Kind};
use crate::amili::resource::{ANY_FIELD, Resource, blame, nothing_in_particular};
use crate::amili::rulebook;

/// The fields that hold dates.
pub(super) const DATES: [&str; 3] = ["invoice_date", "invoice_delivery_date", "invoice_due_date"];

/// Every example has the fields required here.
const LINE: Field = Field::each(Kind::Object(&[
    Field::text("article_description").required(),
    Field::number("unit_price").required(),
    Field::number("number_of_units"),
    Field::number("total_price_excluding_vat").required(),
    Field::text("unit_vat_percent").required(),
]));

/// The resource.
pub(in crate::amili) static RESOURCE: Resource = Resource {
    name: "invoice--registrations",
    fields: &[
        Field::id("account").required().refers_to("accounts"),
        Field::id("creditor").required(),
        Field::object("customer", OF_INVOICE).required(),
        Field::text("invoice_type").required(),
        Field::text("invoice_number").required(),
        Field::text("reference_number"),
        Field::text("payout_reference"),
        Field::date("invoice_date").required(),
        Field::date("invoice_delivery_date"),
        Field::date("invoice_due_date").required(),
        Field::text("invoice_headline"),
        Field::text("invoice_body_text"),
        Field::text("currency").required().allowed(&["SEK"]),
        Field::text("your_contact"),
        Field::text("your_reference"),
        Field::text("our_reference"),
        Field::text("debt_description"),
        Field::list("matrix", &LINE).required(),
    ],
    names: &[],
    hides: &[],
    searches: &[],
    shows: nothing_in_particular,
    account_in: "account",
    indexed: &["account", "creditor"],
    blame: &[
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
        blame("creditor", INACTIVE, &rulebook::CASE_CREDITOR_ACTIVE),
        blame(
            "currency",
            "unallowed value",
            &rulebook::REGISTRATION_CURRENCY,
        ),
        blame(
            ANY_FIELD,
            "must not be present with",
            &rulebook::CUSTOMER_ONE_KIND,
        ),
        blame(ANY_FIELD, "required field", &rulebook::INVOICE_REQUIRED),
    ],
};
