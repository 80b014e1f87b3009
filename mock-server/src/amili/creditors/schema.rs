//! The fields of a creditor.

use crate::amili::address::ADDRESS;
use crate::amili::eve::schema::{Field, Kind, Literal};
use crate::amili::resource::{Resource, blame, nothing_in_particular};
use crate::amili::rulebook;

/// The VAT areas that the pages name; the full list is not public.
pub(super) const VAT_AREAS: &[&str] = &["sweden", "norway", "denmark", "eu"];
/// The one of a creditor that names none.
pub(super) const DEFAULT_VAT_AREA: &str = "sweden";

/// What a read of a creditor shows under `case_config`.
const CASE_CONFIG: &[Field] = &[
    Field::text("vat_area"),
    Field::boolean("commission_excluded_vat"),
    Field::boolean("payout_capital_by_invoice"),
    Field::boolean("payout_interest_by_invoice"),
    Field::free_object("letter_config"),
];

/// The settings of the documented example, where a request gives none.
pub(super) const CASE_CONFIG_DEFAULTS: &[(&str, Literal)] = &[
    ("commission_excluded_vat", Literal::Boolean(false)),
    ("payout_capital_by_invoice", Literal::Boolean(true)),
    ("payout_interest_by_invoice", Literal::Boolean(false)),
    ("letter_config", Literal::Object(&[])),
];

/// The accounts of one currency, such as a bankgiro number.
const CURRENCY: Field = Field::each(Kind::FreeObject);

/// The resource.
pub(in crate::amili) static RESOURCE: Resource = Resource {
    name: "creditors",
    fields: &[
        Field::id("account").required().refers_to("accounts"),
        Field::id("partner").read_only(),
        Field::text("name").required(),
        Field::text("organization_no").excludes(&["non_swedish_organization_no"]),
        Field::text("non_swedish_organization_no").excludes(&["organization_no"]),
        Field::text("vat_area"),
        Field::boolean("is_active"),
        Field::text("standard_debt_description"),
        Field::object("sender_address", ADDRESS),
        Field::object("invoice_address", ADDRESS),
        Field::object("agreement_address", ADDRESS),
        Field::object_of("payout_details", &CURRENCY),
        Field::text("description"),
        Field::id("agreement_template"),
        Field::object("case_config", CASE_CONFIG),
        Field::text("default_letter_locale"),
        Field::boolean("always_use_standard_debt_description"),
        Field::boolean("added_to_erp_system").read_only(),
        Field::integer("creditor_number").read_only(),
    ],
    names: &[],
    hides: &[],
    searches: &[],
    shows: nothing_in_particular,
    account_in: "account",
    indexed: &[
        "account",
        "name",
        "organization_no",
        "non_swedish_organization_no",
        "creditor_number",
    ],
    blame: &[
        blame("account", "must exist", &rulebook::CREDITOR_ACCOUNT_EXISTS),
        blame(
            "organization_no",
            "must not be present",
            &rulebook::ONE_ORGANISATION_NUMBER,
        ),
        blame(
            "non_swedish_organization_no",
            "must not be present",
            &rulebook::ONE_ORGANISATION_NUMBER,
        ),
    ],
};
