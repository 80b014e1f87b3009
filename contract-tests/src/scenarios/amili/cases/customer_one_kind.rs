//! A customer is a person, a company or foreign, and not two of these.

use serde_json::json;

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/customer-one-kind",
    proves: &["amili.customer.one-kind"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let kinds = ["is_person", "is_company", "is_foreign"];
    for kind in kinds {
        let one = scene::customer(amili, kind);
        for other in kinds.into_iter().filter(|other| *other != kind) {
            let both = with(one.clone(), other, json!(true));
            scene::leaving_nothing(amili, &creditor, || {
                let body = with(scene::case(amili, &creditor)?, "customer", both.clone());
                scene::refused(amili, scene::CASES, &body, "customer")?;
                let body = with(scene::invoice(amili, &creditor)?, "customer", both);
                scene::refused(amili, scene::INVOICES, &body, "customer")
            })?;
        }
        let body = with(scene::case(amili, &creditor)?, "customer", one.clone());
        amili
            .step(format!("register a case of a customer who {kind} alone"))
            .post(scene::CASES, body)
            .expect(201)?;
        let one = scene::customer(amili, kind);
        let body = with(scene::invoice(amili, &creditor)?, "customer", one);
        amili
            .step(format!(
                "register an invoice of a customer who {kind} alone"
            ))
            .post(scene::INVOICES, body)
            .expect(201)?;
    }
    Ok(())
}
