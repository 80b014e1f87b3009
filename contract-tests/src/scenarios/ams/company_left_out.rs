//! How a user is refused for whom a caller without a company names none.

use super::{bodies, calls};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/company-left-out",
    proves: &["ams.user.company-left-out"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let setup = ams.as_role("setup")?;
    let body = bodies::user(ams);
    let answer = calls::create_user(&setup, "name no company", body).expect_error()?;
    if answer.mentions("company.002") {
        Ok(Observation::Known("not-found"))
    } else if answer.mentions("company_id") || answer.status() == 422 {
        Ok(Observation::Known("invalid"))
    } else {
        answer.unknown("a problem of company_id, or company.002")
    }
}
