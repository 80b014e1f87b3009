//! Every scenario as a test of its own, against the mock in this process or the target in the environment.

use contract_tests::{Performed, Verdict, all};

use crate::harness::{observed_elsewhere, run};
use crate::{described, kept};

/// A rule must hold, an open question get the answer that the mock says is in force, and what a scenario
/// claims to observe must have decided an answer.
#[track_caller]
fn check(name: &str) {
    let scenarios = all();
    let place = scenarios.iter().position(|known| known.name == name);
    let place = place.unwrap_or_else(|| panic!("no scenario is called {name}"));
    let scenario = scenarios[place];
    if let Some(performed) = observed_elsewhere(place, scenario) {
        return check_elsewhere(&performed);
    }
    let run = run("scenarios");
    let performed = run.one(place, scenario);
    match &performed.verdict {
        Verdict::Held | Verdict::Answered { .. } => {}
        other => panic!("{name}: {other:#?}"),
    }
    kept::check(&performed);
    described::check(&performed);
    let contradiction = performed.contradiction;
    assert!(contradiction.is_none(), "{name}: {contradiction:?}");
    let noted = run
        .noted(place, scenario)
        .unwrap_or_else(|error| panic!("{error}"));
    for id in scenario.proves {
        assert!(noted.contains(*id), "{name}: {id} decided nothing");
    }
}

/// On another target a rule may be out of sight, and an open question may be answered in any way.
#[track_caller]
fn check_elsewhere(performed: &Performed) {
    let name = performed.scenario.name;
    match &performed.verdict {
        Verdict::NotObservable { because } => eprintln!("{name}: not observable: {because}"),
        Verdict::Held | Verdict::Answered { .. } | Verdict::UnknownAnswer(_) => {}
        other => panic!("{name}: {other:#?}"),
    }
}

macro_rules! scenarios {
    ($($test:ident => $name:literal,)+) => {
        $(
            #[test]
            fn $test() {
                check($name);
            }
        )+

        const NAMES: &[&str] = &[$($name),+];
    };
}

#[test]
fn every_scenario_has_its_test() {
    let known: Vec<_> = all().iter().map(|scenario| scenario.name).collect();
    assert_eq!(NAMES, known);
}

scenarios! {
    amili_walk_through => "amili/walk-through",
    amili_token_required => "amili/token-required",
    amili_token_by_api_code => "amili/token-by-api-code",
    amili_token_by_own_code => "amili/token-by-own-code",
    amili_token_renewal => "amili/token-renewal",
    amili_creation_answers_the_automatic_keys => "amili/creation-answers-the-automatic-keys",
    amili_creditor_activation_fields => "amili/creditor-activation-fields",
    amili_creditor_payout_account => "amili/creditor-payout-account",
    amili_creditor_inactive_first => "amili/creditor-inactive-first",
    amili_creditor_one_organisation_number => "amili/creditor-one-organisation-number",
    amili_creditor_vat_area_default => "amili/creditor-vat-area-default",
    amili_creditor_account_exists => "amili/creditor-account-exists",
    amili_creditor_brings_its_groups => "amili/creditor-brings-its-groups",
    amili_account_level_groups => "amili/account-level-groups",
    amili_groups_show_names => "amili/groups-show-names",
    amili_where_filters => "amili/where-filters",
    amili_malformed_query => "amili/malformed-query",
    amili_list_meta => "amili/list-meta",
    amili_page_limit => "amili/page-limit",
    amili_page_size => "amili/page-size",
    amili_insertion_order => "amili/insertion-order",
    amili_user_account_exists => "amili/user-account-exists",
    amili_user_access_group_exists => "amili/user-access-group-exists",
    amili_user_group_of_own_account => "amili/user-group-of-own-account",
    amili_user_many_groups => "amili/user-many-groups",
    amili_user_group_decides => "amili/user-group-decides",
    amili_user_enabled_default => "amili/user-enabled-default",
    amili_foreign_account => "amili/foreign-account",
    amili_account_roles => "amili/account-roles",
    amili_admin_manages => "amili/admin-manages",
    amili_user_handles_cases => "amili/user-handles-cases",
    amili_required_fields => "amili/required-fields",
    amili_field_types => "amili/field-types",
    amili_readable_body => "amili/readable-body",
    amili_content_type => "amili/content-type",
    amili_path_known => "amili/path-known",
    amili_item_exists => "amili/item-exists",
    amili_method_offered => "amili/method-offered",
    amili_id_free => "amili/id-free",
    amili_etag_current => "amili/etag-current",
    amili_id_stays => "amili/id-stays",
    amili_creditor_activated_later => "amili/creditor-activated-later",
    amili_creditor_set_at_creation => "amili/creditor-set-at-creation",
    amili_account_partner_creates => "amili/account-partner-creates",
    amili_account_first_creditor => "amili/account-first-creditor",
    amili_token_field => "amili/token-field",
    amili_token_lifetime => "amili/token-lifetime",
    amili_exp_limit => "amili/exp-limit",
    amili_token_by_post => "amili/token-by-post",
    amili_errors_shape => "amili/errors-shape",
    amili_unknown_field => "amili/unknown-field",
    amili_creditor_active_by_default => "amili/creditor-active-by-default",
    amili_creditor_without_organisation_number => "amili/creditor-without-organisation-number",
    amili_duplicate_organisation_number => "amili/duplicate-organisation-number",
    amili_duplicate_user => "amili/duplicate-user",
    amili_user_without_groups => "amili/user-without-groups",
    amili_repeated_group => "amili/repeated-group",
    amili_foreign_read => "amili/foreign-read",
    amili_creditor_reads => "amili/creditor-reads",
    amili_if_match => "amili/if-match",
    amili_delete_unknown => "amili/delete-unknown",
    amili_organisation_numbers_in_patch => "amili/organisation-numbers-in-patch",
    amili_access_to_deleted_groups => "amili/access-to-deleted-groups",
    amili_creditor_filled_fields => "amili/creditor-filled-fields",
    amili_creditor_vat_area_place => "amili/creditor-vat-area-place",
    amili_creditor_vat_areas => "amili/creditor-vat-areas",
    amili_creditor_vat_area_matches => "amili/creditor-vat-area-matches",
    amili_creditor_formats => "amili/creditor-formats",
    amili_duplicate_creditor_name => "amili/duplicate-creditor-name",
    amili_access_group_lag => "amili/access-group-lag",
    amili_own_id => "amili/own-id",
    amili_over_limit => "amili/over-limit",
    amili_bulk => "amili/bulk",
    amili_unknown_account => "amili/unknown-account",
    amili_user_owner => "amili/user-owner",
    amili_account_without_creditor => "amili/account-without-creditor",
    amili_case_registration => "amili/case-registration",
    amili_case_shown => "amili/case-shown",
    amili_case_creditor_active => "amili/case-creditor-active",
    amili_registration_required => "amili/registration-required",
    amili_registration_owner => "amili/registration-owner",
    amili_registration_values => "amili/registration-values",
    amili_customer_one_kind => "amili/customer-one-kind",
    amili_cases_of_own_creditor => "amili/cases-of-own-creditor",
    amili_foreign_registrations => "amili/foreign-registrations",
    amili_invoice_registration => "amili/invoice-registration",
    amili_payment_case => "amili/payment-case",
    amili_payment_completed => "amili/payment-completed",
    amili_case_for_inactive_creditor => "amili/case-for-inactive-creditor",
    amili_invoice_for_inactive_creditor => "amili/invoice-for-inactive-creditor",
    amili_registration_for_foreign_creditor => "amili/registration-for-foreign-creditor",
    amili_customer_kind_unsaid => "amili/customer-kind-unsaid",
    amili_customer_identity_required => "amili/customer-identity-required",
    amili_customer_same_id_number => "amili/customer-same-id-number",
    amili_customer_search => "amili/customer-search",
    amili_case_duplicate_invoice_number => "amili/case-duplicate-invoice-number",
    amili_ocr_numbers_per => "amili/ocr-numbers-per",
    amili_payment_edition => "amili/payment-edition",
    amili_payment_case_of_other_creditor => "amili/payment-case-of-other-creditor",
    amili_payment_ambiguous_invoice_number => "amili/payment-ambiguous-invoice-number",
    amili_payment_remaining_capital => "amili/payment-remaining-capital",
    amili_refusal_text => "amili/refusal-text",
    amili_unreadable_status => "amili/unreadable-status",
    amili_content_type_status => "amili/content-type-status",
    amili_malformed_id => "amili/malformed-id",
    amili_method_not_offered => "amili/method-not-offered",
    amili_head_and_options => "amili/head-and-options",
    amili_rate_limits => "amili/rate-limits",
    amili_query_malformed_status => "amili/query-malformed-status",
    amili_value_types => "amili/value-types",
    amili_default_order => "amili/default-order",
    amili_details_text => "amili/details-text",
    amili_read_only_field => "amili/read-only-field",
    amili_automatic_field => "amili/automatic-field",
    amili_nested_patch => "amili/nested-patch",
    amili_set_at_creation_in_patch => "amili/set-at-creation-in-patch",
    amili_account_unsaid => "amili/account-unsaid",
    amili_activation_problems => "amili/activation-problems",
    amili_empty_activation_field => "amili/empty-activation-field",
    amili_activation_by_patch => "amili/activation-by-patch",
    amili_activation_field_removed => "amili/activation-field-removed",
    amili_number_sequence => "amili/number-sequence",
    amili_last_creditor => "amili/last-creditor",
    amili_creditor_with_cases => "amili/creditor-with-cases",
    amili_group_names => "amili/group-names",
    amili_group_rights => "amili/group-rights",
    amili_creditor_filter => "amili/creditor-filter",
    amili_foreign_account_status => "amili/foreign-account-status",
    amili_unknown_creditor => "amili/unknown-creditor",
    amili_unknown_group => "amili/unknown-group",
    amili_foreign_group => "amili/foreign-group",
    ams_walk_through => "ams/walk-through",
    ams_unauthenticated => "ams/unauthenticated",
    ams_irregular_paths => "ams/irregular-paths",
    ams_user_create_permission => "ams/user-create-permission",
    ams_department_create_permission => "ams/department-create-permission",
    ams_user_department_permission => "ams/user-department-permission",
    ams_group_list_permission => "ams/group-list-permission",
    ams_group_assign_permission => "ams/group-assign-permission",
    ams_each_call_takes_its_own_permission => "ams/each-call-takes-its-own-permission",
    ams_user_returns_id => "ams/user-returns-id",
    ams_user_login_entry => "ams/user-login-entry",
    ams_login_only => "ams/login-only",
    ams_user_profile => "ams/user-profile",
    ams_user_company_of_caller => "ams/user-company-of-caller",
    ams_user_company_must_exist => "ams/user-company-must-exist",
    ams_user_mail_otp => "ams/user-mail-otp",
    ams_mail_on_creation => "ams/mail-on-creation",
    ams_mail_by_preference => "ams/mail-by-preference",
    ams_department_hierarchy => "ams/department-hierarchy",
    ams_department_parent_exists => "ams/department-parent-exists",
    ams_department_company_of_caller => "ams/department-company-of-caller",
    ams_link_user_exists => "ams/link-user-exists",
    ams_link_departments_exist => "ams/link-departments-exist",
    ams_link_departments => "ams/link-departments",
    ams_group_bundles_permissions => "ams/group-bundles-permissions",
    ams_groups_general_or_company => "ams/groups-general-or-company",
    ams_group_filter_ignored => "ams/group-filter-ignored",
    ams_group_flags => "ams/group-flags",
    ams_no_self_change => "ams/no-self-change",
    ams_no_more_power => "ams/no-more-power",
    ams_power_is_the_union => "ams/power-is-the-union",
    ams_groups_are_replaced => "ams/groups-are-replaced",
    ams_assign_user_exists => "ams/assign-user-exists",
    ams_assign_groups_exist => "ams/assign-groups-exist",
    ams_groups_open_features => "ams/groups-open-features",
    ams_others_permissions => "ams/others-permissions",
    ams_nobody_does_nothing => "ams/nobody-does-nothing",
    ams_company_of_setup => "ams/company-of-setup",
    ams_power_of_lists => "ams/power-of-lists",
    ams_answered_groups => "ams/answered-groups",
    ams_all_groups_or_none => "ams/all-groups-or-none",
    ams_answered_departments => "ams/answered-departments",
    ams_groups_seen_alike => "ams/groups-seen-alike",
    ams_answered_parents => "ams/answered-parents",
    ams_path_of_user_creation => "ams/path-of-user-creation",
    ams_path_of_department_creation => "ams/path-of-department-creation",
    ams_errors_body => "ams/errors-body",
    ams_not_found_status => "ams/not-found-status",
    ams_permission_status => "ams/permission-status",
    ams_invalid_status => "ams/invalid-status",
    ams_forbidden_text => "ams/forbidden-text",
    ams_required_fields => "ams/required-fields",
    ams_mail_otp_default => "ams/mail-otp-default",
    ams_mail_otp_forms => "ams/mail-otp-forms",
    ams_email_unique => "ams/email-unique",
    ams_foreign_company_id => "ams/foreign-company-id",
    ams_answer_wrapper => "ams/answer-wrapper",
    ams_preference_unset => "ams/preference-unset",
    ams_foreign_parent => "ams/foreign-parent",
    ams_department_company_without_caller_company => "ams/department-company-without-caller-company",
    ams_link_mode => "ams/link-mode",
    ams_link_empty => "ams/link-empty",
    ams_foreign_department => "ams/foreign-department",
    ams_grant_order => "ams/grant-order",
    ams_self_unchanged => "ams/self-unchanged",
    ams_power_of => "ams/power-of",
    ams_grant_empty => "ams/grant-empty",
    ams_foreign_group => "ams/foreign-group",
    ams_answer_to_assignments => "ams/answer-to-assignments",
    ams_trailing_slash => "ams/trailing-slash",
    ams_malformed_id => "ams/malformed-id",
    ams_options_method => "ams/options-method",
    ams_token_place => "ams/token-place",
    ams_unauthenticated_text => "ams/unauthenticated-text",
    ams_invalid_body => "ams/invalid-body",
    ams_permission_or_target => "ams/permission-or-target",
    ams_body_or_target => "ams/body-or-target",
    ams_unreadable_body => "ams/unreadable-body",
    ams_content_type => "ams/content-type",
    ams_unknown_field => "ams/unknown-field",
    ams_id_forms => "ams/id-forms",
    ams_repeated_ids => "ams/repeated-ids",
    ams_blanks => "ams/blanks",
    ams_longest_text => "ams/longest-text",
    ams_email_form => "ams/email-form",
    ams_company_left_out => "ams/company-left-out",
    ams_foreign_user => "ams/foreign-user",
    ams_created_status => "ams/created-status",
    ams_created_record => "ams/created-record",
    ams_department_name => "ams/department-name",
    ams_same_department_name => "ams/same-department-name",
    ams_common_department => "ams/common-department",
    ams_group_filter => "ams/group-filter",
    ams_group_filter_form => "ams/group-filter-form",
    ams_managed_groups => "ams/managed-groups",
    ams_flag_type => "ams/flag-type",
    ams_removal => "ams/removal",
    ams_group_elsewhere => "ams/group-elsewhere",
}
