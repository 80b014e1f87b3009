//! Each of the five permissions opens its call, and no other permission does.

use super::{given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/each-call-takes-its-own-permission",
    proves: &[
        "ams.user.create-permission",
        "ams.department.create-permission",
        "ams.user-department.permission",
        "ams.group.list-permission",
        "ams.permission.assign-permission",
    ],
    runs_on: RunsOn::MockOnly {
        because: "no documented call can set this scene",
    },
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    for alone in world::PERMISSIONS {
        let (caller, group) = given::caller_with(ams, &[alone])?;
        given::try_each_call(ams, &caller, group, &[alone])?;
        let others: Vec<_> = world::PERMISSIONS
            .into_iter()
            .filter(|permission| *permission != alone)
            .collect();
        let (caller, group) = given::caller_with(ams, &others)?;
        given::try_each_call(ams, &caller, group, &others)?;
    }
    Ok(())
}
