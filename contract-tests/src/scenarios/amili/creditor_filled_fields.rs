//! Which fields the server adds to a new creditor.

use serde_json::json;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-filled-fields",
    proves: &["amili.creditor.filled-fields"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let body = bodies::active_creditor(amili)?;
    let creditor = given::created(amili, "create a creditor", "/creditors", &body)?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    // What the documented read shows beside the fields sent; the VAT area is another question.
    let example = [
        ("/case_config/commission_excluded_vat", json!(false)),
        ("/case_config/payout_capital_by_invoice", json!(true)),
        ("/case_config/payout_interest_by_invoice", json!(false)),
        ("/case_config/letter_config", json!({})),
        ("/default_letter_locale", json!("sv")),
        ("/always_use_standard_debt_description", json!(false)),
        ("/added_to_erp_system", json!(false)),
    ];
    let filled = example
        .iter()
        .all(|(place, value)| shown.at(place) == Some(value));
    let untouched = example.iter().all(|(place, _)| shown.at(place).is_none());
    match shown.at("/creditor_number") {
        Some(number) if filled && number.is_i64() => {
            let next = given::creditor(amili)?;
            let next = given::read(amili, "/creditors", &next)?;
            next.satisfies("a creditor_number of its own", |next| {
                let other = &next["creditor_number"];
                other.is_i64() && other != number
            })?;
            Ok(Observation::Known("as-in-the-example"))
        }
        None if untouched => Ok(Observation::Known("none")),
        _ => shown.unknown("the fields of the documented read, or none of them"),
    }
}
