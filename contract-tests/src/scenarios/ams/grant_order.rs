//! Which problem is told when one group is unknown and another too strong.

use super::{calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/grant-order",
    proves: &["ams.permission.order"],
    runs_on: RunsOn::MockOnly {
        because: "which permissions a group bundles is shown by no documented call",
    },
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let user = given::user(ams)?;
    let told = |list: [i64; 2]| {
        calls::assign_groups(ams, &format!("assign {list:?}"), &user, list).expect_error()
    };
    let answers = [
        told([world::ADMIN, given::NO_SUCH_ID])?,
        told([given::NO_SUCH_ID, world::ADMIN])?,
    ];
    let all = |code: &str| answers.iter().all(|answer| answer.mentions(code));
    if all("permission.group.002") {
        Ok(Observation::Known("group-first"))
    } else if all("permission.011") {
        Ok(Observation::Known("power-first"))
    } else {
        answers[0].unknown("one of the two codes, whatever the order of the list")
    }
}
