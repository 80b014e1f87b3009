//! Whether a user may send their own groups unchanged.

use super::{calls, given, world};
use crate::client::{Answer, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/self-unchanged",
    proves: &["ams.permission.self-unchanged"],
    runs_on: RunsOn::MockOnly {
        because: "the groups that the caller holds are shown by no documented call",
    },
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let me = given::myself(ams)?;
    let send = |list: [i64; 2]| {
        calls::assign_groups(
            ams,
            &format!("give myself {list:?}, which I have"),
            &me,
            list,
        )
        .not_own(given::MYSELF)
        .answer()
    };
    let answers = [
        send([world::STANDARD, world::POWER])?,
        send([world::POWER, world::STANDARD])?,
    ];
    given::holds_groups(ams, &me, &[world::STANDARD, world::POWER])?;
    if answers.iter().all(Answer::succeeded) {
        Ok(Observation::Known("allowed"))
    } else if answers
        .iter()
        .all(|answer| answer.mentions("permission.010"))
    {
        Ok(Observation::Known("refused"))
    } else {
        answers[0].unknown("a success, or permission.010")
    }
}
