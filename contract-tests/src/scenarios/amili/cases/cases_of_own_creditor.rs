//! The admin and the user of a creditor handle the cases of that creditor, and of no other.

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::{forms, given};
use crate::verdict::Outcome;

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
        let own = &member.creditor;
        let (own_case, _) = scene::registered(amili, own)?;
        let theirs = [
            (scene::CASES, scene::case(amili, &other)?),
            (scene::INVOICES, scene::invoice(amili, &other)?),
            (scene::PAYMENTS, scene::payment(amili, &other, &other_case)?),
            (
                scene::CREDITINGS,
                scene::crediting(amili, &other, &other_case)?,
            ),
        ];
        let ours = [
            (scene::CASES, scene::case(amili, own)?),
            (scene::INVOICES, scene::invoice(amili, own)?),
            (scene::PAYMENTS, scene::payment(amili, own, &own_case)?),
            (scene::CREDITINGS, scene::crediting(amili, own, &own_case)?),
        ];
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
