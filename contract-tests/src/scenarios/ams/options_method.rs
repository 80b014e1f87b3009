//! What OPTIONS answers at a documented path.

use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/options-method",
    proves: &["ams.method.options"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let answer = ams
        .without_token()
        .step("ask what the list of groups allows")
        .request("OPTIONS", "/v2/admin/permission/groups")
        .answer()?;
    match answer.status() {
        200 | 204 => Ok(Observation::Known("allow")),
        405 => Ok(Observation::Known("refused")),
        _ => answer.unknown("200 or 405"),
    }
}
