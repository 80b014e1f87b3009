//! A payment or a crediting names a case that exists.

use serde_json::json;

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/payment-case",
    proves: &["amili.payment.case-exists"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let (case, _) = scene::registered(amili, &creditor)?;
    for (path, body) in [
        (scene::PAYMENTS, scene::payment(amili, &creditor, &case)?),
        (
            scene::CREDITINGS,
            scene::crediting(amili, &creditor, &case)?,
        ),
    ] {
        let nobodys = with(body.clone(), "case", json!(given::NO_SUCH_ID));
        scene::refused(amili, path, &nobodys, "case")?;
        amili
            .step(format!("write to {path} what is right"))
            .post(path, body)
            .expect(201)?;
    }
    Ok(())
}
