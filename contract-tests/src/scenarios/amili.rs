//! Scenarios about Amili. They know its documents and the client, and nothing of the fake.

mod access_group_lag;
mod access_to_deleted_groups;
mod account_first_creditor;
mod account_level_groups;
mod account_partner_creates;
mod account_roles;
mod account_without_creditor;
mod admin_manages;
mod bodies;
mod bulk;
pub(crate) mod cases;
mod codes;
mod content_type;
mod creation_answers_the_automatic_keys;
mod creditor_account_exists;
mod creditor_activated_later;
mod creditor_activation_fields;
mod creditor_active_by_default;
mod creditor_brings_its_groups;
mod creditor_filled_fields;
mod creditor_formats;
mod creditor_inactive_first;
mod creditor_one_organisation_number;
mod creditor_payout_account;
mod creditor_reads;
mod creditor_set_at_creation;
mod creditor_vat_area_default;
mod creditor_vat_area_matches;
mod creditor_vat_area_place;
mod creditor_vat_areas;
mod creditor_without_organisation_number;
mod delete_unknown;
mod duplicate_creditor_name;
mod duplicate_organisation_number;
mod duplicate_user;
mod errors_shape;
mod etag_current;
mod exp_limit;
mod field_types;
mod foreign_account;
mod foreign_read;
mod forms;
mod given;
mod groups_show_names;
mod id_free;
mod id_stays;
mod if_match;
mod insertion_order;
mod item_exists;
mod list_meta;
mod malformed_query;
mod method_offered;
pub(crate) mod open;
mod organisation_numbers_in_patch;
mod over_limit;
mod own_id;
mod page_limit;
mod page_size;
mod path_known;
mod readable_body;
mod repeated_group;
mod required_fields;
mod token_by_api_code;
mod token_by_own_code;
mod token_by_post;
mod token_field;
mod token_lifetime;
mod token_renewal;
mod token_required;
mod unknown_account;
mod unknown_field;
mod user_access_group_exists;
mod user_account_exists;
mod user_enabled_default;
mod user_group_decides;
mod user_group_of_own_account;
mod user_handles_cases;
mod user_many_groups;
mod user_owner;
mod user_without_groups;
mod walk_through;
mod where_filters;

use crate::scenario::Scenario;

/// Every scenario of this API: the walk-through of the guide first, rules next, open questions last.
pub(crate) static ALL: &[&Scenario] = &[
    &walk_through::SCENARIO,
    &token_required::SCENARIO,
    &token_by_api_code::SCENARIO,
    &token_by_own_code::SCENARIO,
    &token_renewal::SCENARIO,
    &creation_answers_the_automatic_keys::SCENARIO,
    &creditor_activation_fields::SCENARIO,
    &creditor_payout_account::SCENARIO,
    &creditor_inactive_first::SCENARIO,
    &creditor_one_organisation_number::SCENARIO,
    &creditor_vat_area_default::SCENARIO,
    &creditor_account_exists::SCENARIO,
    &creditor_brings_its_groups::SCENARIO,
    &account_level_groups::SCENARIO,
    &groups_show_names::SCENARIO,
    &where_filters::SCENARIO,
    &malformed_query::SCENARIO,
    &list_meta::SCENARIO,
    &page_limit::SCENARIO,
    &page_size::SCENARIO,
    &insertion_order::SCENARIO,
    &user_account_exists::SCENARIO,
    &user_access_group_exists::SCENARIO,
    &user_group_of_own_account::SCENARIO,
    &user_many_groups::SCENARIO,
    &user_group_decides::SCENARIO,
    &user_enabled_default::SCENARIO,
    &foreign_account::SCENARIO,
    &account_roles::SCENARIO,
    &admin_manages::SCENARIO,
    &user_handles_cases::SCENARIO,
    &required_fields::SCENARIO,
    &field_types::SCENARIO,
    &readable_body::SCENARIO,
    &content_type::SCENARIO,
    &path_known::SCENARIO,
    &item_exists::SCENARIO,
    &method_offered::SCENARIO,
    &id_free::SCENARIO,
    &etag_current::SCENARIO,
    &id_stays::SCENARIO,
    &creditor_activated_later::SCENARIO,
    &creditor_set_at_creation::SCENARIO,
    &account_partner_creates::SCENARIO,
    &account_first_creditor::SCENARIO,
    &token_field::SCENARIO,
    &token_lifetime::SCENARIO,
    &exp_limit::SCENARIO,
    &token_by_post::SCENARIO,
    &errors_shape::SCENARIO,
    &unknown_field::SCENARIO,
    &creditor_active_by_default::SCENARIO,
    &creditor_without_organisation_number::SCENARIO,
    &duplicate_organisation_number::SCENARIO,
    &duplicate_user::SCENARIO,
    &user_without_groups::SCENARIO,
    &repeated_group::SCENARIO,
    &foreign_read::SCENARIO,
    &creditor_reads::SCENARIO,
    &if_match::SCENARIO,
    &delete_unknown::SCENARIO,
    &organisation_numbers_in_patch::SCENARIO,
    &access_to_deleted_groups::SCENARIO,
    &creditor_filled_fields::SCENARIO,
    &creditor_vat_area_place::SCENARIO,
    &creditor_vat_areas::SCENARIO,
    &creditor_vat_area_matches::SCENARIO,
    &creditor_formats::SCENARIO,
    &duplicate_creditor_name::SCENARIO,
    &access_group_lag::SCENARIO,
    &own_id::SCENARIO,
    &over_limit::SCENARIO,
    &bulk::SCENARIO,
    &unknown_account::SCENARIO,
    &user_owner::SCENARIO,
    &account_without_creditor::SCENARIO,
];
