//! Whether a user may be put into a department of another company.

use serde_json::json;

use super::{calls, given, world};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/foreign-department",
    proves: &["ams.user-department.foreign-department"],
    runs_on: RunsOn::MockOnly {
        because: "no documented call can set this scene",
    },
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let foreign = json!({
        "id": 900,
        "name": ams.unique(),
        "parent_id": null,
        "company_id": world::OTHER_COMPANY,
    });
    ams.mock()?.add("/ams/departments", foreign)?;
    let user = given::user(ams)?;
    let answer = calls::assign_departments(ams, "assign it", &user, [900]).answer()?;
    if answer.succeeded() {
        given::is_in(ams, &user, &[&Captured::from(900)])?;
        Ok(Observation::Known("allowed"))
    } else if answer.refused() && answer.mentions("department.002") {
        given::is_in(ams, &user, &[])?;
        Ok(Observation::Known("not-found"))
    } else {
        answer.unknown("a success, or department.002")
    }
}
