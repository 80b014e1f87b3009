//! Scenarios about open questions of requests and writes: which of the known answers a target gives.

mod account_unsaid;
mod activation_by_patch;
mod activation_field_removed;
mod activation_problems;
mod automatic_field;
mod content_type_status;
mod creditor_filter;
mod creditor_with_cases;
mod default_order;
mod details_text;
mod empty_activation_field;
mod foreign_account_status;
mod foreign_group;
mod group_names;
mod group_rights;
mod head_and_options;
mod last_creditor;
mod malformed_id;
mod method_not_offered;
mod nested_patch;
mod number_sequence;
mod query_malformed_status;
mod rate_limits;
mod read_only_field;
mod refusal_text;
mod set_at_creation_in_patch;
mod unknown_creditor;
mod unknown_group;
mod unreadable_status;
mod value_types;

use crate::client::Answer;
use crate::scenario::Scenario;
use crate::verdict::{Answered, Observation};

/// Every scenario here.
pub(crate) static ALL: &[&Scenario] = &[
    &refusal_text::SCENARIO,
    &unreadable_status::SCENARIO,
    &content_type_status::SCENARIO,
    &malformed_id::SCENARIO,
    &method_not_offered::SCENARIO,
    &head_and_options::SCENARIO,
    &rate_limits::SCENARIO,
    &query_malformed_status::SCENARIO,
    &value_types::SCENARIO,
    &default_order::SCENARIO,
    &details_text::SCENARIO,
    &read_only_field::SCENARIO,
    &automatic_field::SCENARIO,
    &nested_patch::SCENARIO,
    &set_at_creation_in_patch::SCENARIO,
    &account_unsaid::SCENARIO,
    &activation_problems::SCENARIO,
    &empty_activation_field::SCENARIO,
    &activation_by_patch::SCENARIO,
    &activation_field_removed::SCENARIO,
    &number_sequence::SCENARIO,
    &last_creditor::SCENARIO,
    &creditor_with_cases::SCENARIO,
    &group_names::SCENARIO,
    &group_rights::SCENARIO,
    &creditor_filter::SCENARIO,
    &foreign_account_status::SCENARIO,
    &unknown_creditor::SCENARIO,
    &unknown_group::SCENARIO,
    &foreign_group::SCENARIO,
];

/// The answer that a status stands for.
fn by_status(answer: &Answer, known: &[(u16, &'static str)]) -> Answered {
    let found = known.iter().find(|(status, _)| *status == answer.status());
    if let Some((_, known)) = found {
        return Ok(Observation::Known(known));
    }
    let statuses: Vec<String> = known.iter().map(|(status, _)| status.to_string()).collect();
    answer.unknown(&statuses.join(" or "))
}
