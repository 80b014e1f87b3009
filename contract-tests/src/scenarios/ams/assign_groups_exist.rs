//! Every group assigned exists, wherever in the list it stands; otherwise nothing changes.

use super::{calls, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/assign-groups-exist",
    proves: &["ams.permission.group-exists"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let (user, group) = (given::user(ams)?, given::visible_group(ams)?);
    let before = calls::assign_groups(ams, "assign a group", &user, [&group]).expect_success()?;
    let unknown = Captured::from(given::NO_SUCH_ID);
    for list in [
        vec![&unknown],
        vec![&unknown, &group],
        vec![&group, &unknown],
    ] {
        calls::assign_groups(ams, "assign an unknown group", &user, &list)
            .expect_code("permission.group.002")?;
        if ams.on_mock() {
            given::keeps_groups(ams, &user, &before, &[&group])?;
        }
    }
    let after =
        calls::assign_groups(ams, "a list of known ones", &user, [&group]).expect_success()?;
    given::shows_groups(ams, &user, &after, &[&group])
}
