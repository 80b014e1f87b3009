//! Which is told to a caller who lacks the permission and names an unknown user.

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/permission-or-target",
    proves: &["ams.errors.permission-or-target"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let (department, group) = (given::department(ams)?, given::visible_group(ams)?);
    let reader = ams.as_role("reader")?;
    let unknown = given::NO_SUCH_ID.into();
    let linking = "assign a department to nobody, without the permission";
    let granting = "assign a group to nobody, without the permission";
    let answers = [
        calls::assign_departments(&reader, linking, &unknown, [&department])
            .not_own(given::NOBODY)
            .expect_error()?,
        calls::assign_groups(&reader, granting, &unknown, [&group])
            .not_own(given::NOBODY)
            .expect_error()?,
    ];
    if answers.iter().all(|answer| answer.mentions("user.002")) {
        Ok(Observation::Known("target-first"))
    } else if answers.iter().all(|answer| answer.status() == 403) {
        Ok(Observation::Known("permission-first"))
    } else {
        answers[0].unknown("403 or user.002, for both")
    }
}
