//! Whether the parent of a department may be of another company than the caller's.

use serde_json::json;

use super::{bodies, calls, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/foreign-parent",
    proves: &["ams.department.foreign-parent"],
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
    let body = with(bodies::department(ams), "parent_id", json!(900));
    let answer = calls::create_department(ams, "name it as the parent", body).answer()?;
    if answer.succeeded() {
        Ok(Observation::Known("allowed"))
    } else if answer.refused() && answer.mentions("department.002") {
        Ok(Observation::Known("not-found"))
    } else {
        answer.unknown("a success, or department.002")
    }
}
