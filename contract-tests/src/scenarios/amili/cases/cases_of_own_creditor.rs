//! The admin and the user of a creditor handle the cases of that creditor, and of no other.

use serde_json::Value;

use super::scene;
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::{forms, given};
use crate::verdict::{Outcome, Stop};

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/cases-of-own-creditor",
    proves: &["amili.scope.cases-of-own-creditor"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let other = given::creditor(amili)?;
    let (other_case, _) = scene::registered(amili, &other)?;
    for kind in ["admin", "user"] {
        let member = given::member(amili, kind)?;
        let theirs = of_each_kind(amili, &other, &other_case)?;
        // A case stays: none is registered for the creditor of whom the targets file lists.
        let ours = match amili.on_mock() {
            true => {
                let (own_case, _) = scene::registered(amili, &member.creditor)?;
                of_each_kind(amili, &member.creditor, &own_case)?
            }
            false => Vec::new(),
        };
        scene::leaving_nothing(amili, &other, || {
            for (path, body) in theirs {
                let answer = member
                    .caller
                    .step(format!("write to {path} for another creditor"))
                    .post(path, body)
                    .expect_refusal(403)?;
                forms::refusal(&answer, 403)?;
            }
            Ok(())
        })?;
        for (path, body) in ours {
            member
                .caller
                .step(format!("write to {path} for the own creditor"))
                .post(path, body)
                .expect(201)?;
        }
    }
    Ok(())
}

/// What is written for a creditor, with where.
fn of_each_kind(
    amili: &Client,
    creditor: &Captured,
    case: &Captured,
) -> Result<Vec<(&'static str, Value)>, Stop> {
    let registrations = [
        (scene::CASES, scene::case(amili, creditor)?),
        (scene::INVOICES, scene::invoice(amili, creditor)?),
    ];
    let settlements = scene::settlements(amili, creditor, case)?;
    Ok(registrations.into_iter().chain(settlements).collect())
}
