//! A user without a permission group can do nothing; a group makes them functional.

use super::{calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/login-only",
    proves: &["ams.user.login-only"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    // The targets file lists somebody without a group.
    let group = given::visible_group(ams)?;
    given::try_each_call(ams, &ams.as_role("nobody")?, &group, &[])?;
    if !ams.on_mock() {
        return Ok(());
    }
    let user = given::user(ams)?;
    given::holds_groups(ams, &user, &[])?;
    let acting = ams.as_user(&user)?;
    given::try_each_call(ams, &acting, &group, &[])?;
    calls::assign_groups(ams, "give a first group", &user, [world::STANDARD]).expect_success()?;
    calls::list_groups(&acting, "the user is functional now").expect_success()?;
    Ok(())
}
