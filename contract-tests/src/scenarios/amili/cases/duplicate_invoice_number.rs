//! Whether two cases of one creditor may have the same invoice number.

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::{Answered, Observation};

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/case-duplicate-invoice-number",
    proves: &["amili.case.duplicate-invoice-number"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let (_, first) = scene::registered(amili, &creditor)?;
    let second = scene::case(amili, &creditor)?;
    let second = scene::changed(second, "debts", first["debts"].clone());
    let answer = amili
        .step("register another case under the same invoice number")
        .post(scene::CASES, second)
        .answer()?;
    match answer.status() {
        201 => Ok(Observation::Known("allowed")),
        422 => {
            answer.names("debts.0.invoice_number")?;
            Ok(Observation::Known("refused"))
        }
        _ => answer.unknown("201 or 422"),
    }
}
