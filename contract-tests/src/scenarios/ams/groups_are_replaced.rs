//! The groups given replace the groups kept.

use super::{calls, given, world};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/groups-are-replaced",
    proves: &["ams.permission.replace-all"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let [first, second] = given::two_groups(ams)?;
    let (user, bystander) = (given::user(ams)?, given::user(ams)?);
    let both = [&first, &second];
    let beside =
        calls::assign_groups(ams, "give somebody else both", &bystander, both).expect_success()?;
    for list in [
        &both[..],
        &[&first],
        &[&second],
        &[&second, &first],
        &[&second],
    ] {
        let step = format!("assign {} of the two", list.len());
        let answer = calls::assign_groups(ams, &step, &user, list).expect_success()?;
        given::keeps_groups(ams, &user, &answer, list)?;
        if ams.on_mock() {
            given::keeps_groups(ams, &bystander, &beside, &both)?;
        }
    }
    if ams.on_mock() {
        left_alone_with_the_last(ams, &user)?;
    }
    Ok(())
}

/// Acting as the user shows it, too: group 1 has gone, and with it what it permits.
fn left_alone_with_the_last(ams: &Client, user: &Captured) -> Outcome {
    let acting = ams.as_user(user)?;
    for (list, lists_groups) in [([world::STANDARD], true), ([world::POWER], false)] {
        let step = format!("leave the user group {list:?}");
        calls::assign_groups(ams, &step, user, list).expect_success()?;
        let call = calls::list_groups(&acting, "list the groups as the user");
        match lists_groups {
            true => call.expect_success()?,
            false => call.expect_refusal(403)?,
        };
    }
    Ok(())
}
