//! A caller without a company names an existing one for a new user, or there is no user.

use serde_json::json;

use super::{bodies, calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/company-of-setup",
    proves: &["ams.user.company-must-exist"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let (setup, company) = (ams.as_role("setup")?, ams.company()?);
    for unknown in [given::NO_SUCH_ID, 0, -1] {
        let body = with(bodies::user(ams), "company_id", json!(unknown));
        let step = format!("create a user of company {unknown}");
        calls::create_user(&setup, &step, &body).expect_error()?;
    }
    calls::create_user(&setup, "create a user of no company", bodies::user(ams)).expect_error()?;
    let body = with(bodies::user(ams), "company_id", json!(company));
    let step = format!("create a user of company {company}");
    let answer = calls::create_user(&setup, &step, &body).expect_success()?;
    answer.capture("user", "/id")?;
    // Whether an answer shows the company is its own affair; if it does, it is the one asked for.
    match answer.at("/company_id") {
        Some(_) => answer.holds("/company_id", company),
        None => Ok(()),
    }
}
