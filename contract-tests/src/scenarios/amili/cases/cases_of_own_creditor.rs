//! The admin and the user of a creditor handle the cases of that creditor, and of no other.

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::Outcome;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/cases-of-own-creditor",
    proves: &["amili.scope.cases-of-own-creditor"],
    runs_on: RunsOn::MockOnly {
        because: "it acts as users that it makes",
    },
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let (own, other) = (given::creditor(amili)?, given::creditor(amili)?);
    let groups = given::groups_of(amili, &own)?;
    let (own_case, _) = scene::registered(amili, &own)?;
    let (other_case, _) = scene::registered(amili, &other)?;
    for group in [&groups.admin, &groups.user] {
        let member = amili.as_user(&given::user(amili, &[group])?)?;
        for (path, ours, theirs) in [
            (
                scene::CASES,
                scene::case(amili, &own)?,
                scene::case(amili, &other)?,
            ),
            (
                scene::INVOICES,
                scene::invoice(amili, &own)?,
                scene::invoice(amili, &other)?,
            ),
            (
                scene::PAYMENTS,
                scene::payment(amili, &own, &own_case)?,
                scene::payment(amili, &other, &other_case)?,
            ),
        ] {
            member
                .step(format!("write to {path} for the own creditor"))
                .post(path, ours)
                .expect(201)?;
            member
                .step(format!("write to {path} for another creditor"))
                .post(path, theirs)
                .expect_refusal(403)?;
        }
    }
    Ok(())
}
