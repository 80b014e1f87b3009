//! Which groups the company_id filter leaves a caller without a company.

use serde_json::Value;

use super::calls;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/group-filter",
    proves: &["ams.group.filter"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let company = ams.company()?;
    let setup = ams.as_role("setup")?;
    let whole = calls::list_groups(&setup, "list the groups").expect_success()?;
    let general = |group: &Value| group.get("company_id").is_none_or(Value::is_null);
    if !whole.planned() && !whole.listed().iter().any(general) {
        return Err(Stop::NotObservable("there is no general group".to_owned()));
    }
    let filtered = calls::list_groups(&setup, "list those of one company")
        .query("company_id", company)
        .expect_success()?;
    let foreign = |group: &Value| !general(group) && group["company_id"] != company;
    if filtered.listed().iter().any(foreign) {
        return filtered.unknown("no group of another company");
    }
    match filtered.listed().iter().any(general) {
        true => Ok(Observation::Known("with-general")),
        false => Ok(Observation::Known("company-only")),
    }
}
