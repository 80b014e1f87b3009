//! Groups are assigned to a user that exists.

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/assign-user-exists",
    proves: &["ams.permission.user-exists"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let (user, group) = (given::user(ams)?, given::visible_group(ams)?);
    for unknown in [given::NO_SUCH_ID, 0] {
        let step = format!("assign a group to user {unknown}");
        calls::assign_groups(ams, &step, &unknown.into(), [&group])
            .not_own(given::NOBODY)
            .expect_code("user.002")?;
    }
    calls::assign_groups(ams, "assign it to a user that exists", &user, [&group])
        .expect_success()?;
    Ok(())
}
