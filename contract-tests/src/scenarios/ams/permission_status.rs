//! The status of permission.010 and permission.011.

use super::{calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/permission-status",
    proves: &["ams.errors.permission-status"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let me = given::myself(ams)?;
    let group = given::visible_group(ams)?;
    let own = calls::assign_groups(ams, "give myself a group", &me, [&group])
        .not_own(given::MYSELF)
        .expect_code("permission.010")?;
    if ams.on_mock() {
        let user = given::user(ams)?;
        let more = calls::assign_groups(ams, "grant too much", &user, [world::ADMIN])
            .expect_code("permission.011")?;
        if more.status() != own.status() {
            return more.unknown("the status of permission.010");
        }
    }
    match own.status() {
        403 => Ok(Observation::Known("403")),
        422 => Ok(Observation::Known("422")),
        400 => Ok(Observation::Known("400")),
        _ => own.unknown("403, 422 or 400"),
    }
}
