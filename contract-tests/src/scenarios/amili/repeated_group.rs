//! Whether one access group may stand in data_access twice.

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/repeated-group",
    proves: &["amili.user.repeated-group"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let groups = given::groups_of(amili, &creditor)?;
    let body = bodies::user(amili, &[&groups.user, &groups.user])?;
    let answer = amili
        .step("create a user with one group twice")
        .post("/users", &body)
        .answer()?;
    match answer.status() {
        201 => {
            let user = answer.capture("user", "/_id")?;
            let shown = given::read(amili, "/users", &user)?;
            shown.holds("/data_access", &body["data_access"])?;
            Ok(Observation::Known("kept"))
        }
        422 => {
            answer.names("data_access.1")?;
            Ok(Observation::Known("refused"))
        }
        _ => answer.unknown("201 or 422"),
    }
}
