//! Whether a department of no company is open to the callers and users of a company.

use serde_json::json;

use super::{bodies, calls, given};
use crate::client::{Answer, Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/common-department",
    proves: &["ams.department.of-no-company"],
    runs_on: RunsOn::MockOnly {
        because: "no documented call can set this scene",
    },
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let common = json!({
        "id": 900,
        "name": ams.unique(),
        "parent_id": null,
        "company_id": null,
    });
    ams.mock()?.add("/ams/departments", common)?;
    let user = given::user(ams)?;
    let below = with(bodies::department(ams), "parent_id", json!(900));
    let answers = [
        calls::create_department(ams, "name it as the parent", below).answer()?,
        calls::assign_departments(ams, "assign it", &user, [900]).answer()?,
    ];
    let missing = |answer: &Answer| answer.refused() && answer.mentions("department.002");
    if answers.iter().all(Answer::succeeded) {
        given::is_in(ams, &user, &[&Captured::from(900)])?;
        Ok(Observation::Known("common"))
    } else if answers.iter().all(missing) {
        given::is_in(ams, &user, &[])?;
        Ok(Observation::Known("apart"))
    } else {
        answers[0].unknown("a success for both, or department.002")
    }
}
