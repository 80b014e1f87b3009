//! The fields of an account.

use crate::amili::address::ADDRESS;
use crate::amili::eve::schema::Field;
use crate::amili::resource::{Resource, nothing_in_particular};

/// The data of the first creditor, which a creation carries and no account keeps.
pub(super) const FIRST_CREDITOR: &str = "initial_creditor_data";

/// The resource.
pub(in crate::amili) static RESOURCE: Resource = Resource {
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
        Field::boolean("enable_creditor_onboarding"),
        Field::free_object(FIRST_CREDITOR),
    ],
    names: &[],
    shows: nothing_in_particular,
    account_in: "_id",
    indexed: &["partner"],
    searches: &[],
    // Nothing keeps it, wherever it came from.
    hides: &[FIRST_CREDITOR],
    blame: &[],
};
