//! Whether an inactive creditor blocks invoice registrations.

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/invoice-for-inactive-creditor",
    proves: &["amili.invoice.inactive-creditor"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = scene::inactive_creditor(amili)?;
    let answer = amili
        .step("register an invoice for an inactive creditor")
        .post(scene::INVOICES, scene::invoice(amili, &creditor)?)
        .answer()?;
    match answer.status() {
        201 => Ok(Observation::Known("allowed")),
        403 | 422 => {
            scene::cases_of(amili, &creditor)?.holds("/_meta/total", 0)?;
            Ok(Observation::Known("refused"))
        }
        _ => answer.unknown("201, 422 or 403"),
    }
}
