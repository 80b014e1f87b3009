//! Nobody registers, pays or credits anything for an account that their own does not cover.

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::{forms, given};
use crate::verdict::Outcome;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/foreign-registrations",
    proves: &["amili.scope.foreign-account"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let other = amili.as_role("other-account")?;
    let creditor = given::creditor(amili)?;
    let (case, _) = scene::registered(amili, &creditor)?;
    let registrations = [
        (scene::CASES, scene::case(amili, &creditor)?),
        (scene::INVOICES, scene::invoice(amili, &creditor)?),
    ];
    let settlements = scene::settlements(amili, &creditor, &case)?;
    let bodies: Vec<_> = registrations.into_iter().chain(settlements).collect();
    scene::leaving_nothing(amili, &creditor, || {
        for (path, body) in &bodies {
            let step = other.step(format!("write to {path} of a foreign account"));
            // Which of the two it is, is an open question.
            let answer = step.post(*path, body).expect_refusal_among(&[403, 422])?;
            forms::refusal(&answer, answer.status())?;
        }
        Ok(())
    })?;
    for (path, body) in bodies {
        let step = amili.step(format!("write to {path} of one's own account"));
        step.post(path, body).expect(201)?;
    }
    Ok(())
}
