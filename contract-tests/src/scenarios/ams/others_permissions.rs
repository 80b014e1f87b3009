//! Who may not change their own permissions may still change another's.

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/others-permissions",
    proves: &["ams.permission.no-self-change"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let me = given::myself(ams)?;
    let group = given::visible_group(ams)?;
    let users = [given::user(ams)?, given::user(ams)?];
    for user in &users {
        for list in [vec![&group], vec![&group, &group]] {
            calls::assign_groups(ams, "give myself a group", &me, list)
                .not_own(given::MYSELF)
                .expect_code("permission.010")?;
        }
        calls::assign_groups(ams, "give another user the same group", user, [&group])
            .expect_success()?;
    }
    Ok(())
}
