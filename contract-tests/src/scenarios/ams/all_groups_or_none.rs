//! A list with an unknown group gives none of its groups, and takes none away.

use super::{calls, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/all-groups-or-none",
    proves: &["ams.permission.group-exists"],
    runs_on: RunsOn::MockOnly {
        because: "AMS documents no way to read it back",
    },
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let group = given::visible_group(ams)?;
    let unknown = Captured::from(given::NO_SUCH_ID);
    let (empty, full) = (given::user(ams)?, given::user_with(ams, [1, 2])?);
    for list in [[&unknown, &group], [&group, &unknown]] {
        for (user, kept) in [(&empty, &[][..]), (&full, &[1, 2])] {
            calls::assign_groups(ams, "assign one group of two that exist", user, list)
                .expect_code("permission.group.002")?;
            given::holds_groups(ams, user, kept)?;
        }
    }
    calls::assign_groups(ams, "assign one that exists", &empty, [&group]).expect_success()?;
    ams.mock()?
        .record("/ams/users", &empty)?
        .holds_exactly("/groups/*", [&group])
}
