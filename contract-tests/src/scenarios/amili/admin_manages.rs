//! The admin of a creditor manages the users and settings of that creditor, and of no other.

use serde_json::json;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/admin-manages",
    proves: &["amili.scope.admin-manages"],
    runs_on: RunsOn::MockOnly {
        because: "it acts as users that it makes",
    },
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let own = given::creditor(amili)?;
    let own_groups = given::groups_of(amili, &own)?;
    let other = given::creditor(amili)?;
    let other_groups = given::groups_of(amili, &other)?;
    let admin = amili.as_user(&given::user(amili, &[&own_groups.admin])?)?;
    for group in [&own_groups.user, &own_groups.admin] {
        let body = bodies::user(amili, &[group])?;
        given::created(&admin, "create a user of the own creditor", "/users", &body)?;
    }
    let foreign: [&[_]; 3] = [
        &[&other_groups.user],
        &[&own_groups.user, &other_groups.user],
        &[],
    ];
    for groups in foreign {
        let body = bodies::user(amili, groups)?;
        admin
            .step("create a user beyond the own creditor")
            .post("/users", &body)
            .expect_refusal(403)?;
        given::absent(amili, "/users", &body)?;
    }
    let etag = given::etag(amili, "/creditors", &own)?;
    admin
        .step("change the own creditor")
        .patch(
            format!("/creditors/{own}"),
            json!({ "description": "ours" }),
        )
        .if_match(etag)
        .expect(200)?;
    Ok(())
}
