//! Each of the four activation fields is needed, alone and together with any other.

use super::{bodies, forms, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::without;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-activation-fields",
    proves: &["amili.creditor.activation-fields"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let fields = bodies::ACTIVATION_FIELDS;
    for subset in 1_u8..1 << fields.len() {
        let (mut missing, mut present) = (Vec::new(), Vec::new());
        for (place, field) in fields.into_iter().enumerate() {
            let list = if subset >> place & 1 == 1 {
                &mut missing
            } else {
                &mut present
            };
            list.push(field);
        }
        refused_without(amili, &missing, &present)?;
    }
    let body = bodies::active_creditor(amili)?;
    let creditor = given::created(amili, "create it with all four", "/creditors", &body)?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    shown.holds("/is_active", true)?;
    for field in fields {
        shown.holds(&format!("/{field}"), &body[field])?;
    }
    Ok(())
}

fn refused_without(amili: &Client, missing: &[&str], present: &[&str]) -> Outcome {
    let body = without(bodies::active_creditor(amili)?, missing);
    let answer = amili
        .step(format!(
            "create an active creditor without {}",
            missing.join(", ")
        ))
        .post("/creditors", &body)
        .expect_refusal(422)?;
    forms::problems(&answer, missing)?;
    for field in present {
        answer.spares(field)?;
    }
    given::absent(amili, "/creditors", &body)
}
