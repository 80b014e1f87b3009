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
            // As booleans or as 0 and 1, like mail_otp: an open question.
            seen.satisfies(&format!("{flag} as a flag"), |group| {
                flag_of(group, flag).is_some()
            })?;
        }
        // A group of one's own company is one's to manage; of general ones no document says it.
        let own = group
            .get("company_id")
            .is_some_and(|owner| !owner.is_null());
        if own && ams.on_mock() {
            seen.satisfies("a group that may be managed", managed)?;
        }
        seen.satisfies("an integer id and a name", |group| {
            group["id"].is_i64() && group["name"].is_string()
        })?;
    }
    if !ams.on_mock() {
        return Ok(());
    }
    let setup = ams.as_role("setup")?;
    let all = calls::list_groups(&setup, "list them without a company").expect_success()?;
    for group in all.listed() {
        let seen = all.part(group.clone());
        seen.satisfies("a group that may be managed by who has no company", managed)?;
    }
    Ok(())
}

fn managed(group: &Value) -> bool {
    flag_of(group, "editable") == Some(true) && flag_of(group, "deletable") == Some(true)
}

fn flag_of(group: &Value, flag: &str) -> Option<bool> {
    match group.get(flag)? {
        Value::Bool(flag) => Some(*flag),
        number => match number.as_i64()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        },
    }
}
