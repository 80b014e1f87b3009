//! One or several departments are linked to a user in one call.

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/link-departments",
    proves: &["ams.user-department.links"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let departments = [
        given::department(ams)?,
        given::department(ams)?,
        given::department(ams)?,
    ];
    for count in 1..=departments.len() {
        let user = given::user(ams)?;
        let bystander = given::user(ams)?;
        let list: Vec<_> = departments.iter().take(count).collect();
        let step = format!("assign {count} departments");
        let answer = calls::assign_departments(ams, &step, &user, &list).expect_success()?;
        given::keeps_departments(ams, &user, &answer, &list)?;
        if ams.on_mock() {
            given::is_in(ams, &bystander, &[])?;
        }
    }
    Ok(())
}
