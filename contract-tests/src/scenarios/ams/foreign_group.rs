//! How a group of another company is refused in an assignment.

use super::{calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/foreign-group",
    proves: &["ams.permission.foreign-group"],
    runs_on: RunsOn::MockOnly {
        because: "the groups of other companies are shown by no documented call",
    },
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let user = given::user(ams)?;
    let foreign = [world::FOREIGN_GROUP];
    let answer =
        calls::assign_groups(ams, "assign a group of company 42", &user, foreign).answer()?;
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
