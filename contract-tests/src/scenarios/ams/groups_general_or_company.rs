//! A caller with a company sees the general groups and those of its company, and no others.

use serde_json::{Value, json};

use super::{bodies, calls, world};
use crate::client::Client;
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
