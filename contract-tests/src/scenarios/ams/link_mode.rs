//! Whether the departments sent add to those kept, or replace them.

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/link-mode",
    proves: &["ams.user-department.mode"],
    runs_on: RunsOn::MockOnly {
        because: "AMS documents no way to read it back",
    },
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let user = given::user(ams)?;
    let [first, second, third] = [
        given::department(ams)?,
        given::department(ams)?,
        given::department(ams)?,
    ];
    calls::assign_departments(ams, "assign two", &user, [&first, &second]).expect_success()?;
    calls::assign_departments(
        ams,
        "assign a third, and one again",
        &user,
        [&second, &third],
    )
    .expect_success()?;
    let record = ams.mock()?.record("/ams/users", &user)?;
    if record
        .holds_exactly("/departments/*", [&first, &second, &third])
        .is_ok()
    {
        Ok(Observation::Known("adds"))
    } else if record
        .holds_exactly("/departments/*", [&second, &third])
        .is_ok()
    {
        Ok(Observation::Known("replaces"))
    } else {
        record.unknown("the three departments, or the last two")
    }
}
