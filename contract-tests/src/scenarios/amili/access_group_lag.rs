//! When the groups of a new creditor are dated.

use jiff::fmt::rfc2822;
use serde_json::Value;

use super::given;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/access-group-lag",
    proves: &["amili.access-group.lag"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let made = given::read(amili, "/creditors", &creditor)?;
    let groups = amili
        .step("see when its groups were made")
        .get("/access--groups")
        .query("where", given::own_groups(&creditor))
        .until(|answer| answer.items() == 2)
        .expect(200)?;
    let own = groups.listed();
    groups.satisfies("two groups, each with one date", |_| {
        let dated = |item: &Value| item["_created"] == item["_updated"];
        own.len() == 2 && own.iter().all(dated)
    })?;
    let creditor = seconds(made.at("/_created"));
    let lag = |group: &Value| Some(seconds(group.get("_created"))? - creditor?);
    let lags: Vec<_> = own.iter().map(lag).collect();
    match lags.as_slice() {
        [Some(0), Some(0)] => Ok(Observation::Known("together")),
        [Some(1), Some(1)] => Ok(Observation::Known("one-second-later")),
        _ => groups.unknown("the second of the creditor, or the next"),
    }
}

fn seconds(date: Option<&Value>) -> Option<i64> {
    let date = rfc2822::parse(date?.as_str()?).ok()?;
    Some(date.timestamp().as_second())
}
