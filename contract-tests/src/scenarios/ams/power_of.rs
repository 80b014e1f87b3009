//! Which groups of the request are held against the caller's own power.

use super::{calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/power-of",
    proves: &["ams.permission.power-of"],
    runs_on: RunsOn::MockOnly {
        because: "which permissions a group bundles is shown by no documented call",
    },
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let setup = ams.as_role("setup")?;
    let user = given::user(ams)?;
    calls::assign_groups(
        &setup,
        "let somebody strong give group 3",
        &user,
        [world::ADMIN],
    )
    .expect_success()?;
    let both = [world::ADMIN, world::STANDARD];
    let answer = calls::assign_groups(ams, "keep it and add group 1", &user, both).answer()?;
    if answer.succeeded() {
        given::holds_groups(ams, &user, &both)?;
        Ok(Observation::Known("added-groups"))
    } else if answer.refused() && answer.mentions("permission.011") {
        given::holds_groups(ams, &user, &[world::ADMIN])?;
        Ok(Observation::Known("every-group"))
    } else {
        answer.unknown("a success, or permission.011")
    }
}
