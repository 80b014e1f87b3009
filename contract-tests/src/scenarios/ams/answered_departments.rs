//! Where an assignment answers with the departments that the user has now, those asked for are among them.

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/answered-departments",
    proves: &["ams.user-department.links"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let made = [
        given::department(ams)?,
        given::department(ams)?,
        given::department(ams)?,
    ];
    for count in 1..=made.len() {
        let user = given::user(ams)?;
        let list: Vec<_> = made.iter().take(count).collect();
        let step = format!("assign {count} departments");
        let answer = calls::assign_departments(ams, &step, &user, &list).expect_success()?;
        // What assignments answer is an open question; a new user has no other departments.
        answer
            .shown_at("/departments")?
            .holds_exactly("/*", &list)?;
    }
    Ok(())
}
