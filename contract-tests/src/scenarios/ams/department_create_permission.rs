//! Creating departments takes write_departments.

use super::{bodies, calls};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/department-create-permission",
    proves: &["ams.department.create-permission"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    for role in ["reader", "nobody"] {
        let caller = ams.as_role(role)?;
        calls::create_department(
            &caller,
            "call without the permission",
            bodies::department(ams),
        )
        .expect_refusal(403)?;
    }
    calls::create_department(ams, "call with the permission", bodies::department(ams))
        .expect_success()?;
    Ok(())
}
