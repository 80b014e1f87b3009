//! A group shows the name of its account and, at creditor level, of its creditor.

use serde_json::{Value, json};

use super::{bodies, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Outcome, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/groups-show-names",
    proves: &["amili.access-group.shows-names"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let account_name = account_name(amili)?;
    for _ in 0..2 {
        let body = bodies::active_creditor(amili)?;
        let creditor = given::created(amili, "create a creditor", "/creditors", &body)?;
        let groups = given::groups_of(amili, &creditor)?;
        let list = amili
            .step("list the groups of the creditor")
            .get("/access--groups")
            .query("where", given::own_groups(&creditor))
            .expect(200)?;
        list.holds_in_order("/_items/*/creditor_name", [&body["name"], &body["name"]])?;
        list.holds_in_order("/_items/*/account_name", [&account_name, &account_name])?;
        for id in [&groups.admin, &groups.user] {
            let group = given::read(amili, "/access--groups", id)?;
            group.holds("/creditor_name", &body["name"])?;
            group.holds("/account_name", &account_name)?;
        }
        follow(amili, &creditor, &groups, &body["name"])?;
    }
    Ok(())
}

/// The name is the creditor's, and so the one that it has now.
fn follow(amili: &Client, creditor: &Captured, groups: &given::Groups, before: &Value) -> Outcome {
    let name = amili.unique();
    amili
        .step("rename the creditor")
        .patch(format!("/creditors/{creditor}"), json!({ "name": name }))
        .if_match(given::etag(amili, "/creditors", creditor)?)
        .expect(200)?;
    let shown = given::read(amili, "/access--groups", &groups.admin)?;
    if shown.holds("/creditor_name", before).is_ok() {
        // Whether it follows is an open question.
        return Ok(());
    }
    for id in [&groups.admin, &groups.user] {
        given::read(amili, "/access--groups", id)?.holds("/creditor_name", &name)?;
    }
    Ok(())
}

/// The account's name as its own group shows it; a mock tells it besides.
fn account_name(amili: &Client) -> Result<Captured, Stop> {
    let account = amili.account()?;
    let list = amili
        .step("read the account's own group")
        .get("/access--groups")
        .query(
            "where",
            json!({ "account": account, "type": "account_admin" }),
        )
        .expect(200)?;
    list.lacks("/_items/0/creditor_name")?;
    let shown = list.capture("account_name", "/_items/0/account_name")?;
    if amili.on_mock() {
        let known = amili
            .mock()?
            .record("/amili/accounts", &account.as_str().into())?;
        known.holds("/name", &shown)?;
    }
    Ok(shown)
}
