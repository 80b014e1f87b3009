//! Of which type editable and deletable are.

use super::calls;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/flag-type",
    proves: &["ams.group.flag-type"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let list = calls::list_groups(ams, "list the groups").expect_success()?;
    let groups = list.listed().iter();
    let flags: Vec<_> = groups
        .flat_map(|group| [&group["editable"], &group["deletable"]])
        .collect();
    if flags.is_empty() && !list.planned() {
        Err(Stop::NotObservable("there is no group".to_owned()))
    } else if flags.iter().all(|flag| flag.is_boolean()) {
        Ok(Observation::Known("booleans"))
    } else if flags.iter().all(|flag| flag.is_i64()) {
        Ok(Observation::Known("integers"))
    } else {
        list.unknown("true and false, or 1 and 0")
    }
}
