//! The fields of a case registration.

use crate::amili::creditors::INACTIVE;
use crate::amili::customers::schema::OF_CASE;
use crate::amili::eve::schema::{Field, Kind};
use crate::amili::resource::{ANY_FIELD, Resource, blame, nothing_in_particular};
use crate::amili::rulebook;

const DEBT: Field = Field::each(Kind::Object(&[
    Field::text("invoice_number").required(),
    Field::text("debt_description").required(),
    Field::date("invoice_date").required(),
    Field::number("capital_to_claim").required(),
    Field::integer("invoice_due_days_after_invoice_date").required(),
    Field::object(
        "fees_included_in_capital_to_claim",
        &[Field::number("invoice_fee")],
    ),
    Field::object(
        "fees_already_claimed",
        &[Field::object(
            "reminder",
            &[
                Field::number("amount"),
                Field::date("fee_registration_date"),
            ],
        )],
    ),
]));

/// The resource.
pub(in crate::amili) static RESOURCE: Resource = Resource {
    name: "case--registrations",
    fields: &[
        Field::id("account").required().refers_to("accounts"),
        Field::id("creditor").required(),
        Field::text("first_action").required(),
        Field::text("currency").required().allowed(&["SEK"]),
        Field::object("customer", OF_CASE).required(),
        Field::list("debts", &DEBT).required().not_empty(),
    ],
    names: &[],
    hides: &[],
    searches: &[],
    shows: nothing_in_particular,
    account_in: "account",
    indexed: &["account", "creditor"],
    blame: &[
        blame("creditor", INACTIVE, &rulebook::CASE_CREDITOR_ACTIVE),
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
        blame("debts", "empty values", &rulebook::CASE_REQUIRED),
        blame(ANY_FIELD, "required field", &rulebook::CASE_REQUIRED),
    ],
};
