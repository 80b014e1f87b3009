//! The form of an error that carries a code.

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/errors-body",
    proves: &["ams.errors.body"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let group = given::visible_group(ams)?;
    let answer = calls::assign_groups(
        ams,
        "assign a group to an unknown user",
        &given::NO_SUCH_ID.into(),
        [&group],
    )
    .not_own(given::NOBODY)
    .expect_code("user.002")?;
    for (place, known) in [
        ("/code", "flat"),
        ("/error/code", "nested"),
        ("/errors/0/code", "listed"),
        ("/error", "error-key"),
        ("/message", "message-key"),
    ] {
        if answer
            .value()
            .pointer(place)
            .is_some_and(|code| code == "user.002")
        {
            return Ok(Observation::Known(known));
        }
    }
    answer.unknown("the code at /code, /error/code, /errors/0/code, /error or /message")
}
