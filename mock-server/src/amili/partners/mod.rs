//! Partners: they manage accounts of others. Read only; they come from the world.

use super::eve::schema::Field;
use super::resource::{Resource, nothing_in_particular};

/// The resource.
pub(super) static RESOURCE: Resource = Resource {
    name: "partners",
    fields: &[
        Field::text("name").required(),
        Field::text("integration_id").required(),
        Field::text("description"),
        Field::text("organization_no").required(),
        Field::free_object("case_settings"),
        Field::free_object("configuration"),
    ],
    names: &[],
    hides: &[],
    searches: &[],
    shows: nothing_in_particular,
    account_in: "",
    indexed: &[],
    blame: &[],
};
