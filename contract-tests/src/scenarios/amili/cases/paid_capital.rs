//! What becomes of the remaining capital of a case that is paid or credited.

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::{Answered, Observation};

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/payment-remaining-capital",
    proves: &["amili.payment.remaining-capital"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let mut left = Vec::new();
    for path in [scene::PAYMENTS, scene::CREDITINGS] {
        let (case, _) = scene::registered(amili, &creditor)?;
        let body = match path {
            scene::PAYMENTS => scene::payment(amili, &creditor, &case)?,
            _ => scene::crediting(amili, &creditor, &case)?,
        };
        let answer = amili
            .step(format!("write to {path} a part of what is owed"))
            .post(path, body)
            .expect(201)?;
        left.push((scene::remains(amili, &case)?, answer));
    }
    let all = |wanted: f64| left.iter().all(|(seen, _)| *seen == Some(wanted));
    match left.first() {
        _ if all(scene::CAPITAL - scene::AMOUNT) => Ok(Observation::Known("lowered")),
        _ if all(scene::CAPITAL) => Ok(Observation::Known("unchanged")),
        Some((_, answer)) => {
            answer.unknown("a remaining capital that fell by the amount, or none that did")
        }
        None => Ok(Observation::Known("lowered")),
    }
}
