//! The five steps of the guide, in order, with the bodies that it prints.

use serde_json::json;

use super::{calls, given, world};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/walk-through",
    proves: &[
        "ams.user.returns-id",
        "ams.user.profile",
        "ams.user.mail-otp",
        "ams.user-department.links",
        "ams.permission.replace-all",
    ],
    runs_on: RunsOn::MockOnly {
        because: "the ids that the guide prints are those of the built-in world",
    },
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let name = ams.unique();
    let body = json!({
        "name": name,
        "surname": "My Surname",
        "email": ams.unique_email(),
        "company_id": 24,
        "mail_otp": 1,
        "service_number": "abc123",
    });
    let created = calls::create_user(ams, "1. create a user", &body).expect_success()?;
    let user = created.capture("user", "/id")?;
    let record = ams.mock()?.record("/ams/users", &user)?;
    for field in [
        "name",
        "surname",
        "email",
        "company_id",
        "mail_otp",
        "service_number",
    ] {
        record.holds(&format!("/{field}"), &body[field])?;
    }
    record.holds("/profile", json!({ "name": name, "surname": "My Surname" }))?;
    record.holds("/groups", json!([]))?;
    record.holds("/departments", json!([]))?;

    let department = ams.unique();
    let body = json!({ "name": department, "parent_id": 42, "company_id": 42 });
    let created =
        calls::create_department(ams, "2. create a department", &body).expect_success()?;
    let made = created.capture("department", "/id")?;
    let record = ams.mock()?.record("/ams/departments", &made)?;
    record.holds("/name", department)?;
    record.holds("/parent_id", 42)?;
    record.holds("/company_id", world::COMPANY)?;

    calls::assign_departments(ams, "3. assign departments", &user, [1, 2, 3]).expect_success()?;
    let departments = [1, 2, 3].map(Captured::from);
    given::is_in(ams, &user, &departments.each_ref())?;

    let list = calls::list_groups(ams, "4. list the permission groups").expect_success()?;
    for group in [world::STANDARD, world::POWER] {
        list.find("a group to assign", &[("id", &group.into())])?;
    }
    calls::assign_groups(ams, "5. assign permission groups", &user, [1, 2]).expect_success()?;
    given::holds_groups(ams, &user, &[1, 2])?;
    let functional = ams.as_user(&user)?;
    calls::list_groups(&functional, "the user can act now").expect_success()?;
    Ok(())
}
