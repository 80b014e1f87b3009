//! What becomes of blanks around a text.

use serde_json::{Value, json};

use super::{bodies, calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/blanks",
    proves: &["ams.body.blanks"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let name = ams.unique();
    let body = with(bodies::user(ams), "name", json!(format!(" {name} ")));
    let answer = calls::create_user(ams, "put blanks around the name", body).expect_success()?;
    let record = given::seen(ams, "/ams/users", &answer)?;
    match record.at("/name").and_then(Value::as_str) {
        Some(kept) if kept == name => Ok(Observation::Known("trimmed")),
        Some(kept) if kept == format!(" {name} ") => Ok(Observation::Known("kept")),
        Some(_) => record.unknown("the name with its blanks, or without them"),
        None if record.planned() => Ok(Observation::Known("kept")),
        None => Err(Stop::NotObservable(
            "the answer to a creation does not show the name".to_owned(),
        )),
    }
}
