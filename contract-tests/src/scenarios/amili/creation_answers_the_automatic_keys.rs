//! A creation answers 201 with five keys, which a read then shows too.

use serde_json::Value;

use super::{bodies, forms, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Outcome, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creation-answers-the-automatic-keys",
    proves: &["amili.write.created"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = created(amili, "/creditors", &bodies::active_creditor(amili)?)?;
    created(amili, "/creditors", &bodies::inactive_creditor(amili)?)?;
    let groups = given::groups_of(amili, &creditor)?;
    created(amili, "/users", &bodies::user(amili, &[&groups.admin])?)?;
    Ok(())
}

fn created(amili: &Client, resource: &str, body: &Value) -> Result<Captured, Stop> {
    let step = format!("create one of {resource}");
    let answer = amili.step(step).post(resource, body).expect(201)?;
    forms::creation(&answer)?;
    let id = answer.capture("id", "/_id")?;
    let shown = given::read(amili, resource, &id)?;
    for key in ["/_id", "/_created", "/_updated", "/_etag"] {
        shown.holds(key, answer.capture(key, key)?)?;
    }
    for (field, sent) in body.as_object().into_iter().flatten() {
        shown.holds(&format!("/{field}"), sent)?;
    }
    Ok(id)
}
