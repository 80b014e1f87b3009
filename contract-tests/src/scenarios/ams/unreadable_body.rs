//! How a body is refused that is no JSON object.

use serde_json::json;

use super::calls;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/unreadable-body",
    proves: &["ams.body.unreadable"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let path = ams.path_for("create_user", "/v2/admin/users");
    let empty = calls::create_user(ams, "send no field", json!({})).answer()?;
    let mut alike = true;
    let mut last = empty.clone();
    for body in ["{", "[]", "null"] {
        let step = ams.step(format!("send {body}"));
        let step = step.request("POST", &path);
        last = step.raw(Some("application/json"), body).answer()?;
        alike &= last.status() == empty.status() && last.value() == empty.value();
    }
    match (alike, last.status()) {
        (true, _) if empty.refused() => Ok(Observation::Known("as-empty")),
        (false, 400) => Ok(Observation::Known("bad-request")),
        _ => last.unknown("400, or what a body without fields is answered"),
    }
}
