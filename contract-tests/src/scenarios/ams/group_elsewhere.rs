//! Whether a caller without a company may give a user the group of another company.

use super::{calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/group-elsewhere",
    proves: &["ams.permission.group-elsewhere"],
    runs_on: RunsOn::MockOnly {
        because: "the groups of a sandbox's companies are not known",
    },
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let setup = ams.as_role("setup")?;
    let user = given::user(ams)?;
    let foreign = [world::FOREIGN_GROUP];
    let step = "give somebody of company 24 a group of company 42";
    let answer = calls::assign_groups(&setup, step, &user, foreign).answer()?;
    if answer.succeeded() {
        given::holds_groups(ams, &user, &foreign)?;
        Ok(Observation::Known("allowed"))
    } else if answer.refused() && answer.mentions("permission.group.002") {
        given::holds_groups(ams, &user, &[])?;
        Ok(Observation::Known("not-found"))
    } else {
        answer.unknown("a success, or permission.group.002")
    }
}
