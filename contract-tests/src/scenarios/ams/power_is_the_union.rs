//! Power is the union of all of the caller's groups, compared by permission and not by number.

use serde_json::Value;

use super::{calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/power-is-the-union",
    proves: &["ams.permission.no-more-power"],
    runs_on: RunsOn::MockOnly {
        because: "no documented call can set this scene",
    },
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let user = given::user(ams)?;
    // One permission from each group of the manager: within the union, within neither group.
    let across = given::new_group(ams, &["read_groups", "write_users"], Value::Null)?;
    calls::assign_groups(ams, "grant what both groups hold together", &user, [across])
        .expect_success()?;
    given::holds_groups(ams, &user, &[across])?;
    // A single permission that the manager lacks, and all that they have with one more.
    let foreign = given::new_group(ams, &["write_companies"], Value::Null)?;
    let mut all = world::PERMISSIONS.to_vec();
    all.push("write_groups");
    let more = given::new_group(ams, &all, Value::Null)?;
    let none = given::new_group(ams, &[], Value::Null)?;
    for list in [
        vec![foreign],
        vec![more],
        vec![none, foreign],
        vec![across, more],
    ] {
        calls::assign_groups(ams, "grant one permission too many", &user, list)
            .expect_code("permission.011")?;
        given::holds_groups(ams, &user, &[across])?;
    }
    calls::assign_groups(ams, "grant nothing", &user, [none]).expect_success()?;
    let (weak, _) = given::caller_with(ams, &["write_permission_user"])?;
    calls::assign_groups(
        &weak,
        "grant what only others hold",
        &user,
        [world::STANDARD],
    )
    .expect_code("permission.011")?;
    given::holds_groups(ams, &user, &[none])
}
