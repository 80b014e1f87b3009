//! The five documented calls, each as a step.

use serde::Serialize;

use crate::client::{Captured, Client, Step};

/// Step 1 of the guide.
pub(super) fn create_user<'c>(ams: &'c Client, step: &str, body: impl Serialize) -> Step<'c> {
    let path = ams.path_for("create_user", "/v2/admin/users");
    ams.step(step).post(path, body).told_by("create_user")
}

/// Step 2 of the guide.
pub(super) fn create_department<'c>(ams: &'c Client, step: &str, body: impl Serialize) -> Step<'c> {
    let path = ams.path_for("create_department", "/v2/admin/departments");
    ams.step(step).post(path, body).told_by("create_department")
}

/// Step 3 of the guide.
pub(super) fn assign_departments<'c>(
    ams: &'c Client,
    step: &str,
    user: &Captured,
    departments: impl Serialize,
) -> Step<'c> {
    let body = serde_json::json!({ "departments": departments });
    ams.step(step)
        .post(format!("/v2/admin/users/{user}/department"), body)
}

/// Step 4 of the guide.
pub(super) fn list_groups<'c>(ams: &'c Client, step: &str) -> Step<'c> {
    ams.step(step).get("/v2/admin/permission/groups")
}

/// Step 5 of the guide.
pub(super) fn assign_groups<'c>(
    ams: &'c Client,
    step: &str,
    user: &Captured,
    groups: impl Serialize,
) -> Step<'c> {
    let body = serde_json::json!({ "groups": groups });
    ams.step(step)
        .post(format!("/v2/admin/user/{user}/groups"), body)
}
