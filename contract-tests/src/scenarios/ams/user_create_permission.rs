//! Creating users takes write_users.

use super::{bodies, calls};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/user-create-permission",
    proves: &["ams.user.create-permission"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    for role in ["reader", "nobody"] {
        let caller = ams.as_role(role)?;
        calls::create_user(&caller, "call without the permission", bodies::user(ams))
            .expect_refusal(403)?;
    }
    calls::create_user(ams, "call with the permission", bodies::user(ams)).expect_success()?;
    Ok(())
}
