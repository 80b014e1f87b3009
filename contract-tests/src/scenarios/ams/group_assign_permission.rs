//! Assigning permission groups takes write_permission_user.

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/group-assign-permission",
    proves: &["ams.permission.assign-permission"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let (user, group) = (given::user(ams)?, given::visible_group(ams)?);
    for role in ["reader", "nobody"] {
        let caller = ams.as_role(role)?;
        calls::assign_groups(&caller, "call without the permission", &user, [&group])
            .expect_refusal(403)?;
    }
    calls::assign_groups(ams, "call with the permission", &user, [&group]).expect_success()?;
    Ok(())
}
