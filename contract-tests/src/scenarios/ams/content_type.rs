//! Whether a body is read that does not say that it is JSON.

use super::bodies;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/content-type",
    proves: &["ams.body.content-type"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let path = ams.path_for("create_user", "/v2/admin/users");
    let mut read = Vec::new();
    let mut last = None;
    for kind in [Some("text/plain"), None] {
        let step = ams.step(format!(
            "create a user, saying {}",
            kind.unwrap_or("nothing")
        ));
        let body = bodies::user(ams).to_string();
        let answer = step.request("POST", &path).raw(kind, &body).answer()?;
        read.push(answer.succeeded());
        last = Some(answer);
    }
    match (read.as_slice(), last) {
        ([true, true], _) => Ok(Observation::Known("any")),
        ([false, false], Some(last)) if last.refused() => Ok(Observation::Known("json-only")),
        (_, Some(last)) => last.unknown("both read, or both refused"),
        (_, None) => Err(Stop::NotObservable("no type is known".to_owned())),
    }
}
