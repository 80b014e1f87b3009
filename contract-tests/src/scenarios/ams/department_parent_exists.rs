//! The parent of a department exists, when one is named.

use serde_json::{Value, json};

use super::{bodies, calls, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Outcome, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/department-parent-exists",
    proves: &["ams.department.parent-exists"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    for unknown in [given::NO_SUCH_ID, 0] {
        let body = with(bodies::department(ams), "parent_id", json!(unknown));
        let step = format!("create a department below {unknown}");
        let answer = calls::create_department(ams, &step, body).expect_error()?;
        if ams.on_mock() {
            // By analogy with user.002 and permission.group.002; no document prints it.
            answer.tells("department.002")?;
        }
    }
    let mut parent = created(ams, Value::Null)?;
    for _ in 0..2 {
        parent = created(ams, parent.0)?;
    }
    let answer = calls::create_department(ams, "name no parent", bodies::department(ams));
    let record = given::seen(ams, "/ams/departments", &answer.expect_success()?)?;
    if ams.on_mock() {
        record.holds("/parent_id", Value::Null)?;
    }
    Ok(())
}

fn created(ams: &Client, parent: Value) -> Result<Captured, Stop> {
    let step = format!("create a department below {parent}");
    let body = with(bodies::department(ams), "parent_id", parent.clone());
    let answer = calls::create_department(ams, &step, &body).expect_success()?;
    if ams.on_mock() {
        let record = given::seen(ams, "/ams/departments", &answer)?;
        record.holds("/parent_id", parent)?;
        record.holds("/name", &body["name"])?;
    }
    answer.capture("department", "/id")
}
