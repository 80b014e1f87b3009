//! The form of an error about fields.

use serde_json::{Value, json};

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/invalid-body",
    proves: &["ams.errors.invalid-body"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let list = json!(["x"]);
    let user = given::user(ams)?;
    let answer = calls::assign_departments(ams, "assign words", &user, list).expect_error()?;
    let errors = answer.value().get("errors").cloned().unwrap_or_default();
    let problem = |of: &Value| {
        of.as_array()
            .is_some_and(|told| told.iter().all(Value::is_string))
    };
    if errors.get("departments").is_some_and(problem) {
        Ok(Observation::Known("by-field"))
    } else if errors
        .pointer("/0/field")
        .is_some_and(|field| field == "departments")
    {
        Ok(Observation::Known("listed"))
    } else if errors.is_null() && answer.value().get("message").is_some_and(Value::is_string) {
        Ok(Observation::Known("message-only"))
    } else {
        answer.unknown("the problems by field, in a list, or a message alone")
    }
}
