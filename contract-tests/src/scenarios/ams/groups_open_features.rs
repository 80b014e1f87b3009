//! A group gives its permissions at once, and taking it away ends them at once.

use super::{calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/groups-open-features",
    proves: &["ams.permission.opens-features"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let [create, depart, link, read, grant] = world::PERMISSIONS;
    // Two who differ by their groups alone: the targets file lists them.
    let group = given::visible_group(ams)?;
    given::try_each_call(ams, &ams.as_role("reader")?, &group, &[read])?;
    given::try_each_call(ams, ams, &group, &world::PERMISSIONS)?;
    if !ams.on_mock() {
        return Ok(());
    }
    let user = given::user(ams)?;
    let acting = ams.as_user(&user)?;
    for (groups, permissions) in [
        (&[1][..], &[read][..]),
        (&[1, 2], &[create, depart, link, read, grant]),
        (&[2], &[create, depart, link, grant]),
        (&[1], &[read]),
        (&[2, 1], &[create, depart, link, read, grant]),
        (&[1], &[read]),
    ] {
        let step = format!("assign {groups:?}");
        calls::assign_groups(ams, &step, &user, groups).expect_success()?;
        given::try_each_call(ams, &acting, groups[0], permissions)?;
    }
    Ok(())
}
