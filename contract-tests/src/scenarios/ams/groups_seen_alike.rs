//! Who is of one company sees one list, in which no group stands twice.

use std::collections::BTreeSet;

use serde_json::Value;

use super::calls;
use crate::client::{Answer, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Outcome, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/groups-seen-alike",
    proves: &["ams.group.general-or-company"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let list = calls::list_groups(ams, "list the groups").expect_success()?;
    let seen = ids(&list)?;
    ams.requires(
        seen.len() == list.items(),
        "no group twice",
        &list.described(),
    )?;
    let reader = ams.as_role("reader")?;
    let theirs = calls::list_groups(&reader, "list them as another of the company");
    same(ams, &seen, &theirs.expect_success()?)?;
    let Ok(setup) = ams.as_role("setup") else {
        return Ok(());
    };
    // For a caller without a company it is a filter, and what it leaves is what the company sees; whether
    // the general groups, too, is an open question.
    let theirs = calls::list_groups(&setup, "list them for the company, without one")
        .query("company_id", ams.company()?)
        .expect_success()?;
    let company = Value::from(ams.company()?);
    let own = list.listed().iter();
    let own = own.filter(|group| group.get("company_id") == Some(&company));
    match ids_of(&list, own)? == ids(&theirs)? {
        true => Ok(()),
        false => same(ams, &seen, &theirs),
    }
}

fn same(ams: &Client, seen: &BTreeSet<String>, list: &Answer) -> Outcome {
    ams.requires(
        *seen == ids(list)?,
        &format!("the groups {seen:?}"),
        &list.described(),
    )
}

fn ids(list: &Answer) -> Result<BTreeSet<String>, Stop> {
    ids_of(list, list.listed().iter())
}

fn ids_of<'g>(
    list: &Answer,
    groups: impl Iterator<Item = &'g Value>,
) -> Result<BTreeSet<String>, Stop> {
    groups
        .map(|group| {
            let id = list.part(group.clone()).capture("group", "/id")?;
            Ok(id.to_string())
        })
        .collect()
}
