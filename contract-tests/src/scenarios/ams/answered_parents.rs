//! Where the answer to a creation shows the parent of a department, it is the one asked for.

use serde_json::{Value, json};

use super::{bodies, calls};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Outcome, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/answered-parents",
    proves: &["ams.department.parent-exists"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let root = below(ams, &Captured(Value::Null))?;
    let child = below(ams, &root)?;
    below(ams, &child)?;
    below(ams, &root)?;
    Ok(())
}

fn below(ams: &Client, parent: &Captured) -> Result<Captured, Stop> {
    let body = with(bodies::department(ams), "parent_id", json!(parent));
    let step = format!("create a department below {parent}");
    let answer = calls::create_department(ams, &step, &body).expect_success()?;
    // What a creation answers besides the id is an open question.
    if !parent.0.is_null() || answer.at("/parent_id").is_some() {
        answer.shown_at("/parent_id")?.holds("", parent)?;
    }
    answer.capture("department", "/id")
}
