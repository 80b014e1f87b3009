//! Which groups a caller with a company may edit and delete.

use serde_json::{Value, json};

use super::calls;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/managed-groups",
    proves: &["ams.group.managed"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let list = calls::list_groups(ams, "list the groups").expect_success()?;
    let general = |group: &&Value| group.get("company_id").is_none_or(Value::is_null);
    let flags: Vec<_> = list
        .listed()
        .iter()
        .filter(general)
        .flat_map(|group| [&group["editable"], &group["deletable"]])
        .collect();
    let all = |known: [Value; 2]| flags.iter().all(|flag| known.contains(flag));
    if flags.is_empty() && !list.planned() {
        Err(Stop::NotObservable("there is no general group".to_owned()))
    } else if all([json!(false), json!(0)]) {
        Ok(Observation::Known("of-own-company"))
    } else if all([json!(true), json!(1)]) {
        Ok(Observation::Known("visible"))
    } else {
        list.unknown("all general groups managed, or none")
    }
}
