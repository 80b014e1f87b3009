//! What happens to a list that holds an id twice.

use super::{calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/repeated-ids",
    proves: &["ams.body.repeated-ids"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let (user, department) = (given::user(ams)?, given::department(ams)?);
    let group = given::visible_group(ams)?;
    let linked =
        calls::assign_departments(ams, "assign it twice", &user, [&department, &department])
            .answer()?;
    let granted = calls::assign_groups(ams, "give it twice", &user, [&group, &group]).answer()?;
    match [linked.succeeded(), granted.succeeded()] {
        [true, true] => {
            given::keeps_departments(ams, &user, &linked, &[&department])?;
            given::keeps_groups(ams, &user, &granted, &[&group])?;
            Ok(Observation::Known("collapsed"))
        }
        [false, false] if linked.refused() => Ok(Observation::Known("refused")),
        _ => granted.unknown("both accepted, or both refused"),
    }
}
