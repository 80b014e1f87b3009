//! Whether a payment may name a case of another creditor than its own.

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::{Answered, Observation};

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/payment-case-of-other-creditor",
    proves: &["amili.payment.case-of-other-creditor"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let (own, other) = (given::creditor(amili)?, given::creditor(amili)?);
    let (case, _) = scene::registered(amili, &other)?;
    let answer = amili
        .step("pay a case of another creditor")
        .post(scene::PAYMENTS, scene::payment(amili, &own, &case)?)
        .answer()?;
    match answer.status() {
        201 => Ok(Observation::Known("accepted")),
        422 => {
            answer.names("case")?;
            Ok(Observation::Known("refused"))
        }
        _ => answer.unknown("201 or 422"),
    }
}
