//! The company_id filter of a caller with a company changes nothing.

use serde_json::Value;

use super::{calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/group-filter-ignored",
    proves: &["ams.group.company-filter-ignored"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let company = ams.company()?;
    let whole = calls::list_groups(ams, "list the groups").expect_success()?;
    for asked in [company, world::OTHER_COMPANY, given::NO_SUCH_ID] {
        let step = format!("list the groups, filtering by company {asked}");
        let filtered = calls::list_groups(ams, &step)
            .query("company_id", asked)
            .expect_success()?;
        filtered.satisfies("the list without the filter", |body| body == whole.value())?;
    }
    let Ok(setup) = ams.as_role("setup") else {
        return Ok(());
    };
    // It is a filter for a caller without a company: groups of another company stay away.
    let filtered = calls::list_groups(&setup, "filter without a company of one's own")
        .query("company_id", world::OTHER_COMPANY)
        .expect_success()?;
    filtered.satisfies("no group of another company", |_| {
        filtered.listed().iter().all(|group| {
            let owner = group.get("company_id").unwrap_or(&Value::Null);
            owner.is_null() || *owner == world::OTHER_COMPANY
        })
    })
}
