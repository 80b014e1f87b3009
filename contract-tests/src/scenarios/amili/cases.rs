//! Scenarios about cases: the registrations that make them, their customers, payments and creditings.

mod case_number_of_several_cases;
mod case_of_other_creditor;
mod case_registration;
mod case_shown;
mod cases_of_own_creditor;
mod creditor_active;
mod customer_identity;
mod customer_kind_unsaid;
mod customer_one_kind;
mod customer_same_id_number;
mod customer_search;
mod duplicate_invoice_number;
mod foreign_creditor;
mod foreign_registrations;
mod inactive_creditor;
mod invoice_for_inactive_creditor;
mod invoice_registration;
mod ocr_numbers_per;
mod paid_capital;
mod payment_case;
mod payment_completed;
mod payment_edition;
mod registration_owner;
mod registration_required;
mod registration_values;
pub(super) mod scene;

use crate::scenario::Scenario;

/// Every scenario about cases: rules first, open questions last.
pub(crate) static ALL: &[&Scenario] = &[
    &case_registration::SCENARIO,
    &case_shown::SCENARIO,
    &creditor_active::SCENARIO,
    &registration_required::SCENARIO,
    &registration_owner::SCENARIO,
    &registration_values::SCENARIO,
    &customer_one_kind::SCENARIO,
    &cases_of_own_creditor::SCENARIO,
    &foreign_registrations::SCENARIO,
    &invoice_registration::SCENARIO,
    &payment_case::SCENARIO,
    &payment_completed::SCENARIO,
    &inactive_creditor::SCENARIO,
    &invoice_for_inactive_creditor::SCENARIO,
    &foreign_creditor::SCENARIO,
    &customer_kind_unsaid::SCENARIO,
    &customer_identity::SCENARIO,
    &customer_same_id_number::SCENARIO,
    &customer_search::SCENARIO,
    &duplicate_invoice_number::SCENARIO,
    &ocr_numbers_per::SCENARIO,
    &payment_edition::SCENARIO,
    &case_of_other_creditor::SCENARIO,
    &case_number_of_several_cases::SCENARIO,
    &paid_capital::SCENARIO,
];
