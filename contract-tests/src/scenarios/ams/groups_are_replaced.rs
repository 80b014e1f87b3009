//! The groups given replace the groups kept.

use super::{calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/groups-are-replaced",
    proves: &["ams.permission.replace-all"],
    runs_on: RunsOn::MockOnly {
        because: "AMS documents no way to read it back",
    },
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let user = given::user(ams)?;
    let bystander = given::user_with(ams, [world::STANDARD, world::POWER])?;
    for list in [&[1, 2][..], &[1], &[2], &[2, 1], &[2]] {
        let step = format!("assign {list:?}");
        calls::assign_groups(ams, &step, &user, list).expect_success()?;
        given::holds_groups(ams, &user, list)?;
        given::holds_groups(ams, &bystander, &[world::STANDARD, world::POWER])?;
    }
    Ok(())
}
