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
    calls::assign_groups(ams, "assign a group", &user, [&group]).expect_success()?;
    let unknown = Captured::from(given::NO_SUCH_ID);
    for list in [
        vec![&unknown],
        vec![&unknown, &group],
        vec![&group, &unknown],
        vec![&group, &group, &unknown],
    ] {
        calls::assign_groups(ams, "assign an unknown group", &user, &list)
            .expect_code("permission.group.002")?;
    }
    match ams.on_mock() {
        true => ams
            .mock()?
            .record("/ams/users", &user)?
            .holds_exactly("/groups/*", [&group]),
        false => Ok(()),
    }
}
