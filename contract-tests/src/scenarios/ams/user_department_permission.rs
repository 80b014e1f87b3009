//! Assigning departments takes write_user_department.

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/user-department-permission",
    proves: &["ams.user-department.permission"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let (user, department) = (given::user(ams)?, given::department(ams)?);
    let other = given::department(ams)?;
    for role in ["reader", "nobody"] {
        let caller = ams.as_role(role)?;
        calls::assign_departments(&caller, "call without the permission", &user, [&department])
            .expect_refusal(403)?;
    }
    let answer = calls::assign_departments(ams, "call with the permission", &user, [&other])
        .expect_success()?;
    given::shows_departments(ams, &user, &answer, &[&other])
}
