//! How the deletion of something that does not exist is answered.

use super::given;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/delete-unknown",
    proves: &["amili.delete.unknown"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let answer = amili
        .step("delete what does not exist")
        .delete(format!("/creditors/{}", given::NO_SUCH_ID))
        .not_own("nothing has this id")
        .answer()?;
    match answer.status() {
        204 => Ok(Observation::Known("204")),
        404 => Ok(Observation::Known("404")),
        _ => answer.unknown("204 or 404"),
    }
}
