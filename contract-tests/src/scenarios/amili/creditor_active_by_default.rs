//! Whether a creditor is active when the request does not say.

use serde_json::Value;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::without;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-active-by-default",
    proves: &["amili.creditor.is-active-default"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let ready = without(bodies::active_creditor(amili)?, &["is_active"]);
    let creditor = given::created(
        amili,
        "create one that could be active",
        "/creditors",
        &ready,
    )?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    let bare = without(bodies::inactive_creditor(amili)?, &["is_active"]);
    let unready = amili
        .step("create one that could not be active")
        .post("/creditors", &bare)
        .answer()?;
    let of_ready = shown.at("/is_active").and_then(Value::as_bool);
    match (of_ready, unready.status()) {
        (Some(true), 422) => Ok(Observation::Known("active")),
        (Some(false) | None, 201) => {
            let creditor = unready.capture("creditor", "/_id")?;
            let second = given::read(amili, "/creditors", &creditor)?;
            match (shown.at("/is_active"), second.at("/is_active")) {
                (Some(Value::Bool(false)), Some(Value::Bool(false))) => {
                    Ok(Observation::Known("inactive"))
                }
                (None, None) => Ok(Observation::Known("absent")),
                _ => second.unknown("is_active false in both, or in neither"),
            }
        }
        _ => unready.unknown("both treated as inactive, or both as active"),
    }
}
