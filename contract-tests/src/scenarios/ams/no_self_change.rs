//! Nobody changes their own permissions, be it to more, to fewer or to none.

use serde_json::json;

use super::{calls, given, world};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/no-self-change",
    proves: &["ams.permission.no-self-change"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let me = given::myself(ams)?;
    let group = given::visible_group(ams)?;
    calls::assign_groups(ams, "give myself a group", &me, [&group])
        .not_own(given::MYSELF)
        .expect_code("permission.010")?;
    if !ams.on_mock() {
        return Ok(());
    }
    for list in [
        json!([2]),
        json!([1, 2, 3]),
        json!([3]),
        json!([999_999_999]),
    ] {
        let step = format!("give myself {list}");
        calls::assign_groups(ams, &step, &me, list)
            .not_own(given::MYSELF)
            .expect_code("permission.010")?;
    }
    // What an empty list does is an open question; it takes nothing away from oneself.
    calls::assign_groups(ams, "give myself nothing", &me, json!([]))
        .not_own(given::MYSELF)
        .expect_error()?;
    given::holds_groups(ams, &me, &[world::STANDARD, world::POWER])?;
    let setup = ams.as_role("setup")?;
    let chief = Captured::from(ams.user_of("setup")?);
    calls::assign_groups(
        &setup,
        "not even with every permission",
        &chief,
        [world::STANDARD],
    )
    .not_own(given::MYSELF)
    .expect_code("permission.010")?;
    given::holds_groups(ams, &chief, &[world::ADMIN])?;

    let user = given::user_with(ams, [world::STANDARD, world::POWER])?;
    let acting = ams.as_user(&user)?;
    calls::assign_groups(
        &acting,
        "a new manager is no exception",
        &user,
        [world::STANDARD],
    )
    .expect_code("permission.010")?;
    // Another manager may.
    calls::assign_groups(ams, "change somebody else", &user, [world::STANDARD]).expect_success()?;
    given::holds_groups(ams, &user, &[world::STANDARD])
}
