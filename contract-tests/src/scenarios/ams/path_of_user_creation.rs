//! The path at which users are created.

use super::bodies;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/path-of-user-creation",
    proves: &["ams.path.create-user"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let mut serving = Vec::new();
    let mut last = None;
    for (path, known) in [("/v2/admin/users", "users"), ("/v2/admin/user", "user")] {
        let answer = ams
            .step(format!("create one at {path}"))
            .post(path, bodies::user(ams))
            .answer()?;
        if answer.succeeded() {
            serving.push(known);
        }
        last = Some(answer);
    }
    match (serving.as_slice(), last) {
        ([known], _) => Ok(Observation::Known(known)),
        (_, Some(last)) => last.unknown("exactly one of the known paths"),
        (_, None) => Err(Stop::NotObservable("no path is known".to_owned())),
    }
}
