//! A caller with a company makes users of that company, whatever company_id says.

use serde_json::json;

use super::{bodies, calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/user-company-of-caller",
    proves: &["ams.user.company-of-caller"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let company = ams.company()?;
    let silent = bodies::user(ams);
    let own = with(bodies::user(ams), "company_id", json!(company));
    for body in [silent, own] {
        let answer = calls::create_user(ams, "create a user", body).expect_success()?;
        let record = given::seen(ams, "/ams/users", &answer)?;
        given::shows(&record, "/company_id", company)?;
    }
    for foreign in [world::OTHER_COMPANY, given::NO_SUCH_ID] {
        let body = with(bodies::user(ams), "company_id", json!(foreign));
        let step = format!("create a user of company {foreign}");
        let answer = calls::create_user(ams, &step, body).answer()?;
        // Whether it is ignored or refused is an open question; it is never obeyed.
        if answer.succeeded() {
            let record = given::seen(ams, "/ams/users", &answer)?;
            given::shows(&record, "/company_id", company)?;
        }
    }
    Ok(())
}
