//! The fields of a customer, as it is kept and as registrations bring it.

use crate::amili::address::ADDRESS;
use crate::amili::eve::schema::Field;
use crate::amili::resource::{Resource, nothing_in_particular};

/// What an invoice registration may say about its customer.
pub(in crate::amili) const OF_INVOICE: &[Field] = &[
    Field::text("customer_number"),
    Field::text("name").required(),
    // Whether these two are required too is an open question.
    Field::text("id_number"),
    Field::object("address", ADDRESS),
    Field::text("mobile_number"),
    Field::text("email"),
    Field::boolean("is_person"),
    Field::boolean("is_company"),
    Field::boolean("is_foreign"),
];

/// What a case registration may: no page gives it a customer number.
pub(in crate::amili) const OF_CASE: &[Field] = OF_INVOICE.split_at(1).1;

/// The resource.
pub(in crate::amili) static RESOURCE: Resource = Resource {
    name: "customers",
    fields: &[
        Field::id("account").required().refers_to("accounts"),
        Field::id("creditor").required(),
        Field::text("name").required(),
        Field::text("id_number"),
        Field::boolean("is_person"),
        Field::text("customer_number"),
        Field::object("address", ADDRESS),
        Field::text("mobile_number"),
        Field::text("email"),
        Field::boolean("is_active"),
    ],
    names: &[],
    // No page shows whose customer it is.
    hides: &["account", "creditor"],
    searches: &["id_number", "name", "email"],
    shows: nothing_in_particular,
    account_in: "account",
    indexed: &["account", "creditor", "id_number"],
    blame: &[],
};
