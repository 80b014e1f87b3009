//! A creditor can be created inactive, with none or some of the activation fields.

use serde_json::json;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-inactive-first",
    proves: &["amili.creditor.inactive-first"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let none = bodies::inactive_creditor(amili)?;
    let some = with(
        bodies::inactive_creditor(amili)?,
        "sender_address",
        bodies::address(),
    );
    let all = with(bodies::active_creditor(amili)?, "is_active", json!(false));
    for (fields, body) in [("none", none), ("one", some), ("all", all)] {
        let step = format!("create an inactive creditor with {fields} of the fields");
        let creditor = given::created(amili, &step, "/creditors", &body)?;
        let shown = given::read(amili, "/creditors", &creditor)?;
        shown.holds("/is_active", false)?;
        for field in bodies::ACTIVATION_FIELDS {
            match body.get(field) {
                Some(sent) => shown.holds(&format!("/{field}"), sent)?,
                None => shown.lacks(&format!("/{field}"))?,
            }
        }
    }
    Ok(())
}
