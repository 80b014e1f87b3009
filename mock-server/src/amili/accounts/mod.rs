//! Accounts: one agreement, one or more creditors. Read only; they come from the world.

use super::address::ADDRESS;
use super::eve::schema::Field;
use super::resource::{Resource, nothing_in_particular};

/// The resource.
pub(super) static RESOURCE: Resource = Resource {
    name: "accounts",
    fields: &[
        Field::id("partner").refers_to("partners"),
        Field::text("name").required(),
        Field::text("description"),
        Field::text("organization_no"),
        Field::text("standard_debt_description"),
        Field::id("agreement_template"),
        Field::object("agreement_address", ADDRESS),
        Field::id("access_group_template"),
        Field::free_object("case_settings"),
    ],
    names: &[],
    shows: nothing_in_particular,
    account_in: "_id",
    indexed: &["partner"],
    blame: &[],
};
