//! Whether the departments sent add to those kept, or replace them.

use super::{calls, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/link-mode",
    proves: &["ams.user-department.mode"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let user = given::user(ams)?;
    let [first, second, third] = [
        given::department(ams)?,
        given::department(ams)?,
        given::department(ams)?,
    ];
    calls::assign_departments(ams, "assign two", &user, [&first, &second]).expect_success()?;
    let step = "assign a third, and one again";
    let answer = calls::assign_departments(ams, step, &user, [&second, &third]).expect_success()?;
    let kept = |ids: &[&Captured]| given::keeps_departments(ams, &user, &answer, ids);
    match (kept(&[&first, &second, &third]), kept(&[&second, &third])) {
        (Ok(()), _) => Ok(Observation::Known("adds")),
        (_, Ok(())) => Ok(Observation::Known("replaces")),
        (Err(Stop::Broken(_)), _) => answer.unknown("the three departments, or the last two"),
        (Err(stop), _) => Err(stop),
    }
}
