//! The five steps of the guide, in order, with the bodies that it prints; the ids are those of the target.

use serde_json::{Value, json};

use super::{calls, given, world};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Outcome, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/walk-through",
    proves: &[
        "ams.user.returns-id",
        "ams.user.profile",
        "ams.user.mail-otp",
        "ams.user-department.links",
        "ams.permission.replace-all",
    ],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let user = first(ams)?;
    let (parent, departments) = departments(ams)?;
    second(ams, &parent)?;

    let step = "3. assign departments";
    let linked = calls::assign_departments(ams, step, &user, &departments).expect_success()?;
    let all: Vec<_> = departments.iter().collect();
    given::shows_departments(ams, &user, &linked, &all)?;

    let list = calls::list_groups(ams, "4. list the permission groups").expect_success()?;
    let groups = given::two_groups(ams)?;
    for group in &groups {
        list.find("a group to assign", &[("id", group)])?;
    }

    let step = "5. assign permission groups";
    let granted = calls::assign_groups(ams, step, &user, &groups).expect_success()?;
    given::shows_groups(ams, &user, &granted, &groups.each_ref())?;
    if ams.on_mock() {
        let functional = ams.as_user(&user)?;
        calls::list_groups(&functional, "the user can act now").expect_success()?;
    }
    Ok(())
}

/// Step 1, with every field that the guide prints.
fn first(ams: &Client) -> Result<Captured, Stop> {
    let body = json!({
        "name": ams.unique(),
        "surname": "My Surname",
        "email": ams.unique_email(),
        "company_id": ams.company()?,
        "mail_otp": 1,
        "service_number": "abc123",
    });
    let created = calls::create_user(ams, "1. create a user", &body).expect_success()?;
    let record = given::seen(ams, "/ams/users", &created)?;
    for (field, sent) in body.as_object().into_iter().flatten() {
        if ams.on_mock() || record.at(&format!("/{field}")).is_some() {
            record.holds(&format!("/{field}"), sent)?;
        }
    }
    if ams.on_mock() {
        let profile = json!({ "name": body["name"], "surname": "My Surname" });
        record.holds("/profile", profile)?;
        record.holds("/groups", json!([]))?;
        record.holds("/departments", json!([]))?;
    }
    created.capture("user", "/id")
}

/// The departments of step 3, and the parent of step 2: those that the guide prints are in the built-in
/// world of a mock.
fn departments(ams: &Client) -> Result<(Captured, Vec<Captured>), Stop> {
    if ams.on_mock() {
        return Ok((42.into(), [1, 2, 3].map(Captured::from).into()));
    }
    let made = [given::department(ams)?, given::department(ams)?];
    Ok((given::department(ams)?, made.into()))
}

/// Step 2, with a company that may be discarded.
fn second(ams: &Client, parent: &Captured) -> Outcome {
    let name = ams.unique();
    let body = json!({ "name": name, "parent_id": parent, "company_id": world::OTHER_COMPANY });
    let created =
        calls::create_department(ams, "2. create a department", &body).expect_success()?;
    let record = given::seen(ams, "/ams/departments", &created)?;
    let company = json!(ams.company()?);
    for (place, kept) in [
        ("/name", &Value::from(name)),
        ("/parent_id", &parent.0),
        ("/company_id", &company),
    ] {
        if ams.on_mock() || record.at(place).is_some() {
            record.holds(place, kept)?;
        }
    }
    Ok(())
}
