//! Every scenario as a test of its own, against the mock in this process.

use contract_tests::{Verdict, all};

use crate::harness::run;

/// A rule must hold, an open question get the answer that the mock says is in force, and what a scenario
/// claims to observe must have decided an answer.
#[track_caller]
fn check(name: &str) {
    let scenarios = all();
    let place = scenarios.iter().position(|known| known.name == name);
    let place = place.unwrap_or_else(|| panic!("no scenario is called {name}"));
    let (run, scenario) = (run("scenarios"), scenarios[place]);
    let performed = run.one(place, scenario);
    match &performed.verdict {
        Verdict::Held | Verdict::Answered { .. } => {}
        other => panic!("{name}: {other:#?}"),
    }
    let contradiction = performed.contradiction;
    assert!(contradiction.is_none(), "{name}: {contradiction:?}");
    let noted = run
        .noted(place, scenario)
        .unwrap_or_else(|error| panic!("{error}"));
    for id in scenario.proves {
        assert!(noted.contains(*id), "{name}: {id} decided nothing");
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
    ams_walk_through => "ams/walk-through",
    ams_unauthenticated => "ams/unauthenticated",
    ams_user_create_permission => "ams/user-create-permission",
    ams_department_create_permission => "ams/department-create-permission",
    ams_user_department_permission => "ams/user-department-permission",
    ams_group_list_permission => "ams/group-list-permission",
    ams_group_assign_permission => "ams/group-assign-permission",
    ams_each_call_takes_its_own_permission => "ams/each-call-takes-its-own-permission",
    ams_user_returns_id => "ams/user-returns-id",
    ams_login_only => "ams/login-only",
    ams_user_profile => "ams/user-profile",
    ams_user_company_of_caller => "ams/user-company-of-caller",
    ams_user_company_must_exist => "ams/user-company-must-exist",
    ams_user_mail_otp => "ams/user-mail-otp",
    ams_mail_on_creation => "ams/mail-on-creation",
    ams_mail_by_preference => "ams/mail-by-preference",
    ams_department_parent_exists => "ams/department-parent-exists",
    ams_department_company_of_caller => "ams/department-company-of-caller",
    ams_link_user_exists => "ams/link-user-exists",
    ams_link_departments_exist => "ams/link-departments-exist",
    ams_link_departments => "ams/link-departments",
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
}
