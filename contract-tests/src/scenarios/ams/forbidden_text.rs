//! What the message of a 403 without a code says.

use super::calls;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/forbidden-text",
    proves: &["ams.errors.forbidden-text"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let nobody = ams.as_role("nobody")?;
    let answer = calls::list_groups(&nobody, "list groups without the permission").expect(403)?;
    let text = answer.value().to_string();
    if text.contains("This action is unauthorized") {
        Ok(Observation::Known("unauthorized-action"))
    } else if text.contains("Forbidden") {
        Ok(Observation::Known("forbidden"))
    } else {
        answer.unknown("Forbidden, or This action is unauthorized.")
    }
}
