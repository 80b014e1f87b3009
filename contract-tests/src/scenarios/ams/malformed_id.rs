//! What a path answers whose userId is no number.

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/malformed-id",
    proves: &["ams.path.malformed-id"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let group = given::visible_group(ams)?;
    let mut answers = Vec::new();
    for id in ["x", "-1", "2.0"] {
        let step = format!("assign a group to user {id}");
        answers.push(calls::assign_groups(ams, &step, &id.into(), [&group]).expect_error()?);
    }
    if answers.iter().all(|answer| answer.mentions("user.002")) {
        Ok(Observation::Known("user-not-found"))
    } else if answers.iter().all(|answer| answer.status() == 404) {
        Ok(Observation::Known("no-path"))
    } else {
        answers[0].unknown("user.002, or 404 without a code")
    }
}
