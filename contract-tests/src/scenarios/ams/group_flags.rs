//! A listed group has its id and name, and says whether the caller may edit or delete it.

use serde_json::Value;

use super::calls;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/group-flags",
    proves: &["ams.group.flags"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let list = calls::list_groups(ams, "list the groups").expect_success()?;
    ams.requires(list.items() > 0, "at least one group", &list.described())?;
    for group in list.listed() {
        let seen = list.part(group.clone());
        for flag in ["editable", "deletable"] {
            seen.satisfies(&format!("{flag} as a boolean"), |group| {
                group.get(flag).is_some_and(Value::is_boolean)
            })?;
        }
        if ams.on_mock() {
            // General groups are nobody's to manage who has a company; no document says more.
            let own = group
                .get("company_id")
                .is_some_and(|owner| !owner.is_null());
            seen.holds("/editable", own)?;
            seen.holds("/deletable", own)?;
        }
        seen.satisfies("an integer id and a name", |group| {
            group["id"].is_i64() && group["name"].is_string()
        })?;
    }
    Ok(())
}
