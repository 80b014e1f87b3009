//! Departments are assigned to a user that exists.

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/link-user-exists",
    proves: &["ams.user-department.user-exists"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let (user, department) = (given::user(ams)?, given::department(ams)?);
    for unknown in [given::NO_SUCH_ID, 0] {
        let step = format!("assign a department to user {unknown}");
        calls::assign_departments(ams, &step, &unknown.into(), [&department])
            .not_own(given::NOBODY)
            .expect_code("user.002")?;
    }
    calls::assign_departments(ams, "assign it to a user that exists", &user, [&department])
        .expect_success()?;
    Ok(())
}
