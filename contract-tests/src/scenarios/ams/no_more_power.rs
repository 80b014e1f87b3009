//! Nobody grants permissions that they do not hold, wherever in the list they hide.

use serde_json::json;

use super::{calls, given, world};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Outcome, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/no-more-power",
    proves: &["ams.permission.no-more-power"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    match ams.on_mock() {
        true => in_the_built_in_world(ams),
        false => among_the_groups_seen(ams),
    }
}

/// What a group permits is shown by no documented call: which ones are too strong is found by trying. One
/// that is refused by itself must be refused in company, too, and leave nothing of it behind.
fn among_the_groups_seen(ams: &Client) -> Outcome {
    let list = calls::list_groups(ams, "list the groups").expect_success()?;
    let user = given::user(ams)?;
    let planned = |name| list.planned().then(|| Captured::placeholder(name));
    let (mut weak, mut strong) = (planned("weaker group"), planned("stronger group"));
    for group in list.listed() {
        let group = list.part(group.clone()).capture("group", "/id")?;
        let step = format!("see whether group {group} may be granted");
        let answer = calls::assign_groups(ams, &step, &user, [&group]).answer()?;
        if answer.succeeded() {
            weak = weak.or(Some(group));
        } else if answer.mentions("permission.011") {
            strong = strong.or(Some(group));
        }
    }
    let (Some(weak), Some(strong)) = (weak, strong) else {
        return Err(Stop::NotObservable(
            "of the groups that the caller sees, none may be granted or all may".to_owned(),
        ));
    };
    for list in [[&weak, &strong], [&strong, &weak]] {
        calls::assign_groups(ams, "hide it beside a weaker one", &user, list)
            .expect_code("permission.011")?;
    }
    let answer =
        calls::assign_groups(ams, "grant the weaker one", &user, [&weak]).expect_success()?;
    given::shows_groups(ams, &user, &answer, &[&weak])
}

fn in_the_built_in_world(ams: &Client) -> Outcome {
    let user = given::user_with(ams, [world::STANDARD])?;
    for list in [json!([3]), json!([1, 3]), json!([3, 1]), json!([1, 2, 3])] {
        let step = format!("grant {list}, of which 3 is too strong");
        calls::assign_groups(ams, &step, &user, list).expect_code("permission.011")?;
        given::holds_groups(ams, &user, &[world::STANDARD])?;
    }
    // Neither group of the manager alone holds what both together do.
    for list in [json!([2]), json!([1]), json!([1, 2]), json!([2, 1])] {
        let step = format!("grant {list}, which is no more than one's own");
        calls::assign_groups(ams, &step, &user, &list).expect_success()?;
    }
    given::holds_groups(ams, &user, &[world::STANDARD, world::POWER])?;
    // Somebody who holds group 2 alone cannot grant group 1, whatever stands beside it.
    let acting = ams.as_user(&given::user_with(ams, [world::POWER])?)?;
    let other = given::user(ams)?;
    for list in [json!([1]), json!([1, 2]), json!([2, 1])] {
        let step = format!("grant {list}, of which 1 is too strong");
        calls::assign_groups(&acting, &step, &other, list).expect_code("permission.011")?;
        given::holds_groups(ams, &other, &[])?;
    }
    calls::assign_groups(&acting, "grant what one holds", &other, [2]).expect_success()?;
    power_is_what_is_held_now(ams)?;
    let setup = ams.as_role("setup")?;
    calls::assign_groups(&setup, "who holds all grants all", &user, [3]).expect_success()?;
    given::holds_groups(ams, &user, &[world::ADMIN])
}

/// Whoever has lost a group grants it no more.
fn power_is_what_is_held_now(ams: &Client) -> Outcome {
    let manager = given::user_with(ams, [world::STANDARD, world::POWER])?;
    let (acting, other) = (ams.as_user(&manager)?, given::user(ams)?);
    calls::assign_groups(
        &acting,
        "grant group 1, holding it",
        &other,
        [world::STANDARD],
    )
    .expect_success()?;
    calls::assign_groups(
        ams,
        "take group 1 from the granter",
        &manager,
        [world::POWER],
    )
    .expect_success()?;
    let third = given::user(ams)?;
    calls::assign_groups(
        &acting,
        "grant group 1, having lost it",
        &third,
        [world::STANDARD],
    )
    .expect_code("permission.011")?;
    given::holds_groups(ams, &third, &[])
}
