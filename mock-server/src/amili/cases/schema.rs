//! The fields of a case that a page names and whose values follow from its registration.

use bson::Document;

use crate::amili::eve::schema::{Field, Kind};
use crate::amili::resource::{Named, Resource};
use crate::amili::rulebook;
use crate::platform::rule::Rule;

const DEBT: &[Field] = &[
    Field::text("invoice_number"),
    Field::text("debt_description"),
    Field::text("payout_reference"),
    Field::date("invoice_date"),
    Field::integer("invoice_due_days_after_invoice_date"),
    Field::number("initial_capital"),
    Field::number("capital_to_claim"),
];
const STATE: Field = Field::each(Kind::Object(&[
    Field::text("state"),
    Field::date("state_date"),
]));

/// The field that holds a case's invoice number.
pub(super) const INVOICE_NUMBER: &str = "debt.invoice_number";

/// The state in which a case begins.
pub(super) const BEGINNING: &str = "initializing";

/// The resource.
pub(in crate::amili) static RESOURCE: Resource = Resource {
    name: "cases",
    fields: &[
        Field::id("account").required().refers_to("accounts"),
        Field::id("creditor").required(),
        Field::id("customer").required().refers_to("customers"),
        Field::text("customer_status"),
        Field::text("reference_number"),
        Field::text("currency"),
        Field::text("state"),
        Field::list("state_history", &STATE),
        Field::text("status"),
        Field::date("latest_state_date"),
        Field::id("case_registration").refers_to("case--registrations"),
        Field::object("debt", DEBT),
        Field::number("local_added_capital_amount"),
        Field::number("local_remaining_capital_amount"),
        Field::number("total_remaining_capital_amount"),
    ],
    names: &[
        named("creditor_name", "creditor", "creditors", "name"),
        named("customer_name", "customer", "customers", "name"),
        named("customer_id_number", "customer", "customers", "id_number"),
        named(
            "customer_number",
            "customer",
            "customers",
            "customer_number",
        ),
    ],
    // The page about cases shows no account.
    hides: &["account"],
    searches: &[],
    shows: beginning,
    account_in: "account",
    indexed: &[
        "account",
        "creditor",
        "customer",
        "case_registration",
        INVOICE_NUMBER,
    ],
    blame: &[],
};

const fn named(
    key: &'static str,
    through: &'static str,
    resource: &'static str,
    field: &'static str,
) -> Named {
    Named {
        key,
        through,
        resource,
        field,
        rule: &rulebook::CASE_NAMES,
    }
}

fn beginning(case: &Document) -> Option<&'static Rule> {
    let begins = case.get_str("state").is_ok_and(|state| state == BEGINNING);
    begins.then_some(&rulebook::CASE_BEGINS)
}
