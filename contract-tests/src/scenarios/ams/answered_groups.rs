//! Where an assignment answers with what the user has now, that is what was asked for and nothing else.

use super::{calls, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Outcome, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/answered-groups",
    proves: &["ams.permission.replace-all"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let user = given::user(ams)?;
    let grantable = grantable(ams)?;
    let mut lists: Vec<Vec<&Captured>> = grantable.iter().map(|group| vec![group]).collect();
    lists.insert(0, grantable.iter().collect());
    lists.push(grantable.iter().rev().collect());
    lists.extend(grantable.first().map(|group| vec![group]));
    for list in lists {
        let answer = calls::assign_groups(ams, "assign groups", &user, &list).expect_success()?;
        // What assignments answer is an open question.
        answer.shown_at("/groups")?.holds_exactly("/*", list)?;
    }
    Ok(())
}

/// The groups that the caller may grant.
fn grantable(ams: &Client) -> Result<Vec<Captured>, Stop> {
    let (user, mut grantable) = (given::user(ams)?, Vec::new());
    let list = calls::list_groups(ams, "list the groups")
        .expect_success()
        .map_err(Stop::while_setting_the_scene)?;
    for group in list.listed() {
        let group = list.part(group.clone()).capture("group", "/id")?;
        let step = format!("see whether group {group} may be granted");
        if calls::assign_groups(ams, &step, &user, [&group])
            .answer()?
            .succeeded()
        {
            grantable.push(group);
        }
    }
    Ok(grantable)
}
