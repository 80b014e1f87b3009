//! A caller without a company names an existing one for a new user.

use serde_json::json;

use super::{bodies, calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/user-company-must-exist",
    proves: &["ams.user.company-must-exist"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let (setup, own) = (ams.as_role("setup")?, ams.company()?);
    // Elsewhere there may be a company with the next number.
    let next = ams.on_mock().then(|| json!(own + 1));
    let unknown = [json!(given::NO_SUCH_ID), json!(0), json!(-1)];
    for unknown in unknown.into_iter().chain(next) {
        let step = format!("create a user of company {unknown}");
        let body = with(bodies::user(ams), "company_id", unknown);
        calls::create_user(&setup, &step, &body).expect_error()?;
        // Nobody has the address: with a company that exists it is taken.
        let body = with(body, "company_id", json!(own));
        calls::create_user(&setup, "the same with a known company", body).expect_success()?;
    }
    calls::create_user(&setup, "create a user of no company", bodies::user(ams)).expect_error()?;
    let other = ams.on_mock().then_some(world::OTHER_COMPANY);
    for known in [Some(own), other].into_iter().flatten() {
        let body = with(bodies::user(ams), "company_id", json!(known));
        let step = format!("create a user of company {known}");
        let answer = calls::create_user(&setup, &step, body).expect_success()?;
        let record = given::seen(ams, "/ams/users", &answer)?;
        given::shows(&record, "/company_id", known)?;
    }
    Ok(())
}
