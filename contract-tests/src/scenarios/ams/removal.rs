//! Whether a caller may take away a group that permits more than the caller may.

use super::{calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/removal",
    proves: &["ams.permission.removal"],
    runs_on: RunsOn::MockOnly {
        because: "which permissions a group bundles is shown by no documented call",
    },
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let setup = ams.as_role("setup")?;
    let user = given::user(ams)?;
    let both = [world::STANDARD, world::ADMIN];
    calls::assign_groups(&setup, "let somebody strong give group 3", &user, both)
        .expect_success()?;
    let answer = calls::assign_groups(ams, "leave group 1", &user, [world::STANDARD]).answer()?;
    if answer.succeeded() {
        given::holds_groups(ams, &user, &[world::STANDARD])?;
        Ok(Observation::Known("allowed"))
    } else if answer.refused() && answer.mentions("permission.011") {
        given::holds_groups(ams, &user, &both)?;
        Ok(Observation::Known("refused"))
    } else {
        answer.unknown("a success, or permission.011")
    }
}
