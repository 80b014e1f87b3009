//! In which forms a body may give an id.

use serde_json::json;

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/id-forms",
    proves: &["ams.body.id-forms"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let (user, department) = (given::user(ams)?, given::department(ams)?);
    let mut answers = Vec::new();
    let whole = department.0.as_f64().unwrap_or_default();
    for form in [json!(department.to_string()), json!(whole)] {
        let step = format!("assign department {form}");
        answers.push(calls::assign_departments(ams, &step, &user, [form]).answer()?);
    }
    match [answers[0].succeeded(), answers[1].succeeded()] {
        [true, true] => {
            given::keeps_departments(ams, &user, &answers[1], &[&department])?;
            Ok(Observation::Known("numeric-texts"))
        }
        [false, false] if answers[0].refused() => Ok(Observation::Known("integers")),
        _ => answers[0].unknown("a text and a whole number with a point both taken, or neither"),
    }
}
