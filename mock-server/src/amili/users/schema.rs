//! The fields of a user.

use crate::amili::eve::schema::{Field, Kind};
use crate::amili::resource::{Resource, blame, nothing_in_particular};
use crate::amili::rulebook;

const EMAIL_DATA: &[Field] = &[Field::text("email")];
const ACCESS: Field = Field::each(Kind::Object(&[Field::id("access_group")
    .required()
    .refers_to("access--groups")]));
const APPLICATION: Field = Field::each(Kind::Object(&[Field::id("application").required()]));

/// The resource.
pub(in crate::amili) static RESOURCE: Resource = Resource {
    name: "users",
    fields: &[
        // Exactly one owner: the decision asks for it, for the schema cannot say "one of".
        Field::id("account")
            .excludes(&["partner", "solicitor"])
            .refers_to("accounts"),
        Field::id("partner")
            .excludes(&["account", "solicitor"])
            .refers_to("partners"),
        // No page tells more of solicitors than that a user may belong to one.
        Field::id("solicitor").excludes(&["account", "partner"]),
        Field::text("name").required(),
        Field::object("email_data", EMAIL_DATA),
        Field::text("oauth_type"),
        Field::text("email_oauth"),
        Field::text("oauth_subscriber"),
        Field::list("data_access", &ACCESS),
        Field::boolean("is_enabled").default_bool(true),
        Field::list("applications", &APPLICATION),
        Field::boolean("log_invoice_registrations").default_bool(false),
        Field::boolean("log_case_registrations").default_bool(false),
        Field::boolean("log_creditor_payments").default_bool(false),
    ],
    names: &[],
    hides: &[],
    searches: &[],
    shows: nothing_in_particular,
    account_in: "account",
    indexed: &["account", "data_access.access_group", "email_oauth"],
    blame: &[
        blame("account", "must exist", &rulebook::USER_ACCOUNT_EXISTS),
        blame(
            "data_access.access_group",
            "must exist",
            &rulebook::USER_GROUP_EXISTS,
        ),
    ],
};
