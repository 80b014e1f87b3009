//! What happens when a caller with a company sends another company_id for a user.

use serde_json::json;

use super::{bodies, calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/foreign-company-id",
    proves: &["ams.user.foreign-company-id"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let company = ams.company()?;
    let mut answers = Vec::new();
    for foreign in [world::OTHER_COMPANY, given::NO_SUCH_ID] {
        let body = with(bodies::user(ams), "company_id", json!(foreign));
        let step = format!("create a user of company {foreign}");
        let answer = calls::create_user(ams, &step, body).answer()?;
        if answer.succeeded() {
            let record = given::seen(ams, "/ams/users", &answer)?;
            given::shows(&record, "/company_id", company)?;
        }
        answers.push(answer);
    }
    match [answers[0].succeeded(), answers[1].succeeded()] {
        [true, true] => Ok(Observation::Known("ignored")),
        [true, false] if answers[1].refused() => Ok(Observation::Known("must-exist")),
        [false, false] => Ok(Observation::Known("refused")),
        _ => answers[0].unknown("an existing company accepted if an unknown one is"),
    }
}
