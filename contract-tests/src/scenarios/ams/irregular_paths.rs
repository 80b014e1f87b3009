//! The three paths that the article prints, plural and singular as it has them.

use serde_json::json;

use super::given;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/irregular-paths",
    proves: &[
        "ams.user-department.path",
        "ams.group.list-path",
        "ams.permission.assign-path",
    ],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let (user, department) = (given::user(ams)?, given::department(ams)?);
    let listed = ams
        .step("permission, groups")
        .get("/v2/admin/permission/groups")
        .expect_success()?;
    let first = listed.listed().first().cloned().unwrap_or_default();
    let group = listed.part(first).capture("group", "/id")?;
    let departments = json!({ "departments": [department] });
    let groups = json!({ "groups": [group] });
    let linked = ams
        .step("users, department")
        .post(format!("/v2/admin/users/{user}/department"), &departments)
        .expect_success()?;
    given::shows_departments(ams, &user, &linked, &[&department])?;
    let granted = ams
        .step("user, groups")
        .post(format!("/v2/admin/user/{user}/groups"), &groups)
        .expect_success()?;
    given::shows_groups(ams, &user, &granted, &[&group])?;
    if !ams.on_mock() {
        // What else a sandbox may have is its own affair.
        return Ok(());
    }
    for (path, body) in [
        (format!("/v2/admin/user/{user}/department"), &departments),
        (format!("/v2/admin/users/{user}/departments"), &departments),
        (format!("/v2/admin/users/{user}/groups"), &groups),
        (format!("/v2/admin/user/{user}/group"), &groups),
    ] {
        ams.step("another number")
            .post(path, body)
            .expect_refusal(404)?;
    }
    for path in ["/v2/admin/permissions/groups", "/v2/admin/permission/group"] {
        ams.step("another number").get(path).expect_refusal(404)?;
    }
    Ok(())
}
