//! Which is told when the list is malformed and the user unknown, or the caller's own.

use super::{calls, given};
use crate::client::{Answer, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/body-or-target",
    proves: &["ams.errors.body-or-target"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let unknown = given::NO_SUCH_ID.into();
    let mut answers = vec![
        calls::assign_departments(ams, "assign a word to nobody", &unknown, "x")
            .not_own(given::NOBODY)
            .expect_error()?,
        calls::assign_groups(ams, "assign a word as groups to nobody", &unknown, "x")
            .not_own(given::NOBODY)
            .expect_error()?,
    ];
    if let Ok(me) = ams.user_of("manager") {
        answers.push(
            calls::assign_groups(ams, "assign oneself a word", &me.into(), "x")
                .not_own(given::MYSELF)
                .expect_error()?,
        );
    }
    let coded = |answer: &Answer| answer.mentions("user.002") || answer.mentions("permission.010");
    if answers.iter().all(coded) {
        Ok(Observation::Known("target-first"))
    } else if answers.iter().any(coded) {
        answers[0].unknown("the problem of the list, or a code, for all of them")
    } else {
        Ok(Observation::Known("body-first"))
    }
}
