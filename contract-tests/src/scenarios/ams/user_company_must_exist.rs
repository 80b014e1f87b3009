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
    runs_on: RunsOn::MockOnly {
        because: "the companies of a sandbox are not known",
    },
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let setup = ams.as_role("setup")?;
    for unknown in [
        json!(given::NO_SUCH_ID),
        json!(0),
        json!(-1),
        json!(world::COMPANY + 1),
    ] {
        let step = format!("create a user of company {unknown}");
        let body = with(bodies::user(ams), "company_id", unknown);
        calls::create_user(&setup, &step, body).expect_error()?;
    }
    calls::create_user(&setup, "create a user of no company", bodies::user(ams)).expect_error()?;
    for known in [world::COMPANY, world::OTHER_COMPANY] {
        let body = with(bodies::user(ams), "company_id", json!(known));
        let step = format!("create a user of company {known}");
        let answer = calls::create_user(&setup, &step, body).expect_success()?;
        let record = given::seen(ams, "/ams/users", &answer)?;
        given::shows(&record, "/company_id", known)?;
    }
    Ok(())
}
