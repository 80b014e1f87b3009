//! The admin of a creditor manages the users and settings of that creditor, and of no other.

use serde_json::json;

use super::{bodies, forms, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/admin-manages",
    proves: &["amili.scope.admin-manages"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let member = given::member(amili, "admin")?;
    let (admin, own) = (&member.caller, &member.groups);
    let other = given::creditor(amili)?;
    let theirs = given::groups_of(amili, &other)?;
    let account = account_level(amili)?;
    let foreign: [&[_]; 6] = [
        &[&theirs.user],
        &[&theirs.admin],
        &[&own.user, &theirs.user],
        &[&theirs.user, &own.user],
        &[&own.admin, &account],
        &[],
    ];
    for groups in foreign {
        let body = bodies::user(amili, groups)?;
        let answer = admin
            .step("create a user beyond the own creditor")
            .post("/users", &body)
            .expect_refusal(403)?;
        forms::refusal(&answer, 403)?;
        given::absent(amili, "/users", &body)?;
    }
    for group in [&own.user, &own.admin] {
        let body = bodies::user(amili, &[group])?;
        let step = "create a user of the own creditor";
        let user = given::created(admin, step, "/users", &body)?;
        let shown = given::read(amili, "/users", &user)?;
        shown.holds("/data_access", json!([{ "access_group": group }]))?;
    }
    leaves_alone(amili, admin, &other)?;
    match amili.on_mock() {
        true => changes(amili, admin, &member.creditor),
        // The creditor of whom the targets file lists is nobody's to change.
        false => Ok(()),
    }
}

/// The group of the account's admins.
fn account_level(amili: &Client) -> Result<Captured, crate::verdict::Stop> {
    let wanted = json!({ "account": amili.account()?, "type": "account_admin" });
    amili
        .step("find the group of the account's admins")
        .get("/access--groups")
        .query("where", wanted)
        .expect(200)?
        .capture("group", "/_items/0/_id")
}

fn leaves_alone(amili: &Client, admin: &Client, other: &Captured) -> Outcome {
    let etag = given::etag(amili, "/creditors", other)?;
    // Whether it is 403, or 404 because the other creditors are invisible, is an open question.
    admin
        .step("change another creditor")
        .patch(
            format!("/creditors/{other}"),
            json!({ "description": "theirs" }),
        )
        .if_match(&etag)
        .expect_refusal_among(&[403, 404])?;
    let shown = given::read(amili, "/creditors", other)?;
    shown.holds("/_etag", etag)?;
    shown.holds("/description", "Testing")
}

fn changes(amili: &Client, admin: &Client, own: &Captured) -> Outcome {
    admin
        .step("change the own creditor")
        .patch(
            format!("/creditors/{own}"),
            json!({ "description": "ours" }),
        )
        .if_match(given::etag(amili, "/creditors", own)?)
        .expect(200)?;
    given::read(amili, "/creditors", own)?.holds("/description", "ours")
}
