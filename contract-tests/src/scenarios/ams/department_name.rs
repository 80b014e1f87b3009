//! Whether a new department needs a name.

use serde_json::json;

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/department-name",
    proves: &["ams.department.name"],
    runs_on: RunsOn::MockOnly {
        because: "on a sandbox it could leave a department that nobody finds again",
    },
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let parent = given::department(ams)?;
    let body = json!({ "parent_id": parent });
    let answer = calls::create_department(ams, "name none", body).answer()?;
    if answer.succeeded() {
        Ok(Observation::Known("optional"))
    } else if answer.refused() {
        Ok(Observation::Known("required"))
    } else {
        answer.unknown("a success, or a refusal")
    }
}
