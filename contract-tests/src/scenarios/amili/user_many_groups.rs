//! A user can have groups of several creditors, and all of them are kept.

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/user-many-groups",
    proves: &["amili.user.many-groups"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let mut groups = Vec::new();
    for _ in 0..2 {
        let creditor = given::creditor(amili)?;
        let brought = given::groups_of(amili, &creditor)?;
        groups.extend([brought.user, brought.admin]);
    }
    for count in 1..=groups.len() {
        let list: Vec<_> = groups.iter().take(count).collect();
        let body = bodies::user(amili, &list)?;
        let step = format!("create a user with {count} groups");
        let user = given::created(amili, &step, "/users", &body)?;
        let shown = given::read(amili, "/users", &user)?;
        shown.holds_in_order("/data_access/*/access_group", &list)?;
    }
    Ok(())
}
