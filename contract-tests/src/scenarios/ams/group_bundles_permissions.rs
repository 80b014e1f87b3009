//! A group gives whoever holds it every permission that it bundles, and no other.

use serde_json::Value;

use super::{calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/group-bundles-permissions",
    proves: &["ams.group.bundles-permissions"],
    runs_on: RunsOn::MockOnly {
        because: "no documented call can set this scene",
    },
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let user = given::user(ams)?;
    let acting = ams.as_user(&user)?;
    let [create, depart, link, read, grant] = world::PERMISSIONS;
    for bundle in [
        &[read, create][..],
        &[depart, link, grant],
        &[create, depart, link, read, grant],
    ] {
        let group = given::new_group(ams, bundle, Value::Null)?;
        let step = format!("give a group of {} permissions", bundle.len());
        calls::assign_groups(ams, &step, &user, [group]).expect_success()?;
        given::holds_groups(ams, &user, &[group])?;
        given::try_each_call(ams, &acting, group, bundle)?;
    }
    Ok(())
}
