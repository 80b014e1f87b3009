//! Scenarios about AMS. They know its document and the client, and nothing of the fake.

mod all_groups_or_none;
mod answer_to_assignments;
mod answer_wrapper;
mod answered_departments;
mod answered_groups;
mod answered_parents;
mod assign_groups_exist;
mod assign_user_exists;
mod blanks;
mod bodies;
mod body_or_target;
mod calls;
mod common_department;
mod company_left_out;
mod company_of_setup;
mod content_type;
mod created_record;
mod created_status;
mod department_company_of_caller;
mod department_company_without_caller_company;
mod department_create_permission;
mod department_hierarchy;
mod department_name;
mod department_parent_exists;
mod each_call_takes_its_own_permission;
mod email_form;
mod email_unique;
mod errors_body;
mod flag_type;
mod forbidden_text;
mod foreign_company_id;
mod foreign_department;
mod foreign_group;
mod foreign_parent;
mod foreign_user;
mod given;
mod grant_empty;
mod grant_order;
mod group_assign_permission;
mod group_bundles_permissions;
mod group_elsewhere;
mod group_filter;
mod group_filter_form;
mod group_filter_ignored;
mod group_flags;
mod group_list_permission;
mod groups_are_replaced;
mod groups_general_or_company;
mod groups_open_features;
mod groups_seen_alike;
mod id_forms;
mod invalid_body;
mod invalid_status;
mod irregular_paths;
mod link_departments;
mod link_departments_exist;
mod link_empty;
mod link_mode;
mod link_user_exists;
mod login_only;
mod longest_text;
mod mail_by_preference;
mod mail_on_creation;
mod mail_otp_default;
mod mail_otp_forms;
mod malformed_id;
mod managed_groups;
mod no_more_power;
mod no_self_change;
mod nobody_does_nothing;
mod not_found_status;
mod options_method;
mod others_permissions;
mod path_of_department_creation;
mod path_of_user_creation;
mod permission_or_target;
mod permission_status;
mod power_is_the_union;
mod power_of;
mod power_of_lists;
mod preference_unset;
mod removal;
mod repeated_ids;
mod required_fields;
mod same_department_name;
mod self_unchanged;
mod token_place;
mod trailing_slash;
mod unauthenticated;
mod unauthenticated_text;
mod unknown_field;
mod unreadable_body;
mod user_company_must_exist;
mod user_company_of_caller;
mod user_create_permission;
mod user_department_permission;
mod user_login_entry;
mod user_mail_otp;
mod user_profile;
mod user_returns_id;
mod walk_through;
mod world;

use crate::scenario::Scenario;

/// Every scenario of this API: the walk-through of the guide first, rules next, open questions last.
pub(crate) static ALL: &[&Scenario] = &[
    &walk_through::SCENARIO,
    &unauthenticated::SCENARIO,
    &irregular_paths::SCENARIO,
    &user_create_permission::SCENARIO,
    &department_create_permission::SCENARIO,
    &user_department_permission::SCENARIO,
    &group_list_permission::SCENARIO,
    &group_assign_permission::SCENARIO,
    &each_call_takes_its_own_permission::SCENARIO,
    &user_returns_id::SCENARIO,
    &user_login_entry::SCENARIO,
    &login_only::SCENARIO,
    &user_profile::SCENARIO,
    &user_company_of_caller::SCENARIO,
    &user_company_must_exist::SCENARIO,
    &user_mail_otp::SCENARIO,
    &mail_on_creation::SCENARIO,
    &mail_by_preference::SCENARIO,
    &department_hierarchy::SCENARIO,
    &department_parent_exists::SCENARIO,
    &department_company_of_caller::SCENARIO,
    &link_user_exists::SCENARIO,
    &link_departments_exist::SCENARIO,
    &link_departments::SCENARIO,
    &group_bundles_permissions::SCENARIO,
    &groups_general_or_company::SCENARIO,
    &group_filter_ignored::SCENARIO,
    &group_flags::SCENARIO,
    &no_self_change::SCENARIO,
    &no_more_power::SCENARIO,
    &power_is_the_union::SCENARIO,
    &groups_are_replaced::SCENARIO,
    &assign_user_exists::SCENARIO,
    &assign_groups_exist::SCENARIO,
    &groups_open_features::SCENARIO,
    &others_permissions::SCENARIO,
    &nobody_does_nothing::SCENARIO,
    &company_of_setup::SCENARIO,
    &power_of_lists::SCENARIO,
    &answered_groups::SCENARIO,
    &all_groups_or_none::SCENARIO,
    &answered_departments::SCENARIO,
    &groups_seen_alike::SCENARIO,
    &answered_parents::SCENARIO,
    &path_of_user_creation::SCENARIO,
    &path_of_department_creation::SCENARIO,
    &errors_body::SCENARIO,
    &not_found_status::SCENARIO,
    &permission_status::SCENARIO,
    &invalid_status::SCENARIO,
    &forbidden_text::SCENARIO,
    &required_fields::SCENARIO,
    &mail_otp_default::SCENARIO,
    &mail_otp_forms::SCENARIO,
    &email_unique::SCENARIO,
    &foreign_company_id::SCENARIO,
    &answer_wrapper::SCENARIO,
    &preference_unset::SCENARIO,
    &foreign_parent::SCENARIO,
    &department_company_without_caller_company::SCENARIO,
    &link_mode::SCENARIO,
    &link_empty::SCENARIO,
    &foreign_department::SCENARIO,
    &grant_order::SCENARIO,
    &self_unchanged::SCENARIO,
    &power_of::SCENARIO,
    &grant_empty::SCENARIO,
    &foreign_group::SCENARIO,
    &answer_to_assignments::SCENARIO,
    &trailing_slash::SCENARIO,
    &malformed_id::SCENARIO,
    &options_method::SCENARIO,
    &token_place::SCENARIO,
    &unauthenticated_text::SCENARIO,
    &invalid_body::SCENARIO,
    &permission_or_target::SCENARIO,
    &body_or_target::SCENARIO,
    &unreadable_body::SCENARIO,
    &content_type::SCENARIO,
    &unknown_field::SCENARIO,
    &id_forms::SCENARIO,
    &repeated_ids::SCENARIO,
    &blanks::SCENARIO,
    &longest_text::SCENARIO,
    &email_form::SCENARIO,
    &company_left_out::SCENARIO,
    &foreign_user::SCENARIO,
    &created_status::SCENARIO,
    &created_record::SCENARIO,
    &department_name::SCENARIO,
    &same_department_name::SCENARIO,
    &common_department::SCENARIO,
    &group_filter::SCENARIO,
    &group_filter_form::SCENARIO,
    &managed_groups::SCENARIO,
    &flag_type::SCENARIO,
    &removal::SCENARIO,
    &group_elsewhere::SCENARIO,
];
