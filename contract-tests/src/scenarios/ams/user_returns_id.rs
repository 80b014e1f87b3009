//! The creation of a user returns its id, which later steps take.

use super::{bodies, calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/user-returns-id",
    proves: &["ams.user.returns-id"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let mut ids = Vec::new();
    let department = given::department(ams)?;
    for _ in 0..2 {
        let answer =
            calls::create_user(ams, "create a user", bodies::user(ams)).expect_success()?;
        let id = answer.capture("user", "/id")?;
        ams.requires(id.0.is_i64(), "an integer id", &id.to_string())?;
        calls::assign_departments(ams, "use the id", &id, [&department]).expect_success()?;
        ids.push(id);
    }
    ams.requires(ids[0] != ids[1], "two ids", &format!("{} twice", ids[0]))
}
