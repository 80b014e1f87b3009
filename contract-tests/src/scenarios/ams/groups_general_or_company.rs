//! A caller with a company sees the general groups and those of its company, and no others.

use serde_json::{Value, json};

use super::{bodies, calls, world};
use crate::client::{Answer, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/groups-general-or-company",
    proves: &["ams.group.general-or-company"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let company = ams.company()?;
    let list = calls::list_groups(ams, "list the groups").expect_success()?;
    ams.requires(list.items() > 0, "at least one group", &list.described())?;
    for group in list.listed() {
        let owner = group.get("company_id").unwrap_or(&Value::Null);
        let seen = list.part(group.clone());
        seen.satisfies("a general group, or one of the caller's company", |_| {
            owner.is_null() || *owner == company
        })?;
    }
    if let Ok(setup) = ams.as_role("setup") {
        holds_what_setup_sees(ams, &setup, company, &list)?;
    }
    if !ams.on_mock() {
        return Ok(());
    }
    let own = [world::STANDARD, world::POWER, world::ADMIN];
    list.part(list.listed().into())
        .holds_exactly("/*/id", own)?;
    let body = with(bodies::user(ams), "company_id", json!(world::OTHER_COMPANY));
    let setup = ams.as_role("setup")?;
    let created = calls::create_user(&setup, "make a user of company 42", body).expect_success()?;
    let user = created.capture("user", "/id")?;
    calls::assign_groups(&setup, "let them read", &user, [world::STANDARD]).expect_success()?;
    let other = ams.as_user(&user)?;
    let list = calls::list_groups(&other, "list the groups for company 42").expect_success()?;
    let theirs = [world::STANDARD, world::ADMIN, world::FOREIGN_GROUP];
    list.part(list.listed().into())
        .holds_exactly("/*/id", theirs)
}

/// Who has no company sees every group, so also those that the caller must see.
fn holds_what_setup_sees(ams: &Client, setup: &Client, company: i64, list: &Answer) -> Outcome {
    let all = calls::list_groups(setup, "list them without a company").expect_success()?;
    let id = |group: &Value| group.get("id").cloned();
    let seen: Vec<_> = list.listed().iter().filter_map(id).collect();
    for group in all.listed() {
        let owner = group.get("company_id").unwrap_or(&Value::Null);
        let due = owner.is_null() || *owner == company;
        let found = id(group).is_none_or(|id| seen.contains(&id));
        let told = format!("{group} in the caller's own list");
        ams.requires(!due || found, &told, &list.described())?;
    }
    Ok(())
}
