//! Departments stand below each other, to any depth.

use serde_json::json;

use super::{bodies, calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/department-hierarchy",
    proves: &["ams.department.hierarchy"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

const LEVELS: usize = 6;

fn steps(ams: &Client) -> Outcome {
    let mut parent = given::department(ams)?;
    for level in 1..=LEVELS {
        let body = with(bodies::department(ams), "parent_id", json!(parent));
        let step = format!("create a department on level {level}");
        let answer = calls::create_department(ams, &step, &body).expect_success()?;
        let record = given::seen(ams, "/ams/departments", &answer)?;
        if ams.on_mock() || record.at("/parent_id").is_some() {
            record.holds("/parent_id", &parent)?;
        }
        parent = answer.capture("department", "/id")?;
    }
    // A root beside the tree, and a second child of one parent.
    let body = with(bodies::department(ams), "parent_id", json!(parent));
    for step in ["create a child", "create its sibling"] {
        let body = with(body.clone(), "name", json!(ams.unique()));
        calls::create_department(ams, step, body).expect_success()?;
    }
    Ok(())
}
