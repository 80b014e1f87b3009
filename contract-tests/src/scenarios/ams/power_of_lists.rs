//! A group that nobody with the caller's power may grant is refused wherever in a list it hides.

use super::{calls, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Outcome, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/power-of-lists",
    proves: &["ams.permission.no-more-power"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let user = given::user(ams)?;
    let (mut weak, mut strong) = (Vec::new(), Vec::new());
    for group in visible(ams)? {
        let step = format!("grant group {group} alone");
        let answer = calls::assign_groups(ams, &step, &user, [&group]).answer()?;
        match answer.succeeded() {
            true => weak.push(group),
            false => {
                // What the caller sees exists; what else could stand in the way is too much power.
                answer.tells("permission.011")?;
                strong.push(group);
            }
        }
    }
    if ams.planning() {
        // Which groups are which is seen only when it is tried.
        let group = |name: &str| vec![Captured::placeholder(name)];
        (weak, strong) = (group("weak group"), group("strong group"));
    }
    let [Some(strong), Some(weak)] = [strong.first(), weak.first()] else {
        let because = "the caller sees no group that is too strong for them, or none that is not";
        return Err(Stop::NotObservable(because.to_owned()));
    };
    for list in [
        vec![weak, strong],
        vec![strong, weak],
        vec![weak, strong, weak],
        vec![strong, strong],
    ] {
        calls::assign_groups(ams, "grant it among others", &user, list)
            .expect_code("permission.011")?;
    }
    calls::assign_groups(ams, "grant what one may", &user, [weak]).expect_success()?;
    Ok(())
}

/// The groups that the caller sees.
fn visible(ams: &Client) -> Result<Vec<Captured>, Stop> {
    let list = calls::list_groups(ams, "list the groups")
        .expect_success()
        .map_err(Stop::while_setting_the_scene)?;
    let groups = list.listed().iter();
    groups
        .map(|group| list.part(group.clone()).capture("group", "/id"))
        .collect()
}
