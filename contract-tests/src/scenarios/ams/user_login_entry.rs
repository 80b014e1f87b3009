//! A new user is a login and nothing more: in no group and in no department.

use serde_json::json;

use super::{bodies, calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/user-login-entry",
    proves: &["ams.user.login-entry"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    // What is added to nothing is all there is, wherever an answer shows it.
    let department = given::department(ams)?;
    let created = calls::create_user(ams, "create a user", bodies::user(ams)).expect_success()?;
    for list in ["/groups", "/departments"] {
        if created.at(list).is_some() {
            created.holds(list, json!([]))?;
        }
    }
    let user = created.capture("user", "/id")?;
    let step = "assign a first department";
    let linked = calls::assign_departments(ams, step, &user, [&department]).expect_success()?;
    given::keeps_departments(ams, &user, &linked, &[&department])?;
    if !ams.on_mock() {
        return Ok(());
    }
    let setup = ams.as_role("setup")?;
    for caller in [ams, &setup] {
        let body = with(bodies::user(ams), "company_id", json!(world::COMPANY));
        let created = calls::create_user(caller, "create a user", body).expect_success()?;
        let user = created.capture("user", "/id")?;
        let record = ams.mock()?.record("/ams/users", &user)?;
        record.holds("/groups", json!([]))?;
        record.holds("/departments", json!([]))?;
        given::try_each_call(ams, &ams.as_user(&user)?, world::STANDARD, &[])?;
    }
    Ok(())
}
