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
        let body = bodies::user(ams);
        calls::create_user(&caller, "call without the permission", &body).expect_refusal(403)?;
        // Nobody has the address since: who has the permission takes it.
        calls::create_user(ams, "call with the permission", &body).expect_success()?;
    }
    Ok(())
}
