//! What a documented path with a slash at its end answers.

use serde_json::json;

use super::given;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/trailing-slash",
    proves: &["ams.path.trailing-slash"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let user = given::user(ams)?;
    let department = given::department(ams)?;
    let body = json!({ "departments": [department] });
    let answers = [
        ams.step("list the groups, with a slash")
            .get("/v2/admin/permission/groups/")
            .answer()?,
        ams.step("assign a department, with a slash")
            .post(format!("/v2/admin/users/{user}/department/"), body)
            .answer()?,
    ];
    match [answers[0].succeeded(), answers[1].succeeded()] {
        [true, true] => Ok(Observation::Known("same-path")),
        [false, false] if answers[0].status() == 404 => Ok(Observation::Known("another-path")),
        _ => answers[0].unknown("a success for both, or 404"),
    }
}
