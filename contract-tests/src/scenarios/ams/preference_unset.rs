//! Whether a mail is sent when the company has not set the preference.

use serde_json::{Value, json};

use super::{bodies, calls, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/preference-unset",
    proves: &["ams.company.preference-unset"],
    runs_on: RunsOn::MockOnly {
        because: "no documented call can set this scene",
    },
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    ams.mock()?.arrange(|state| {
        let companies = state
            .pointer_mut("/ams/companies")
            .and_then(Value::as_array_mut);
        for company in companies.into_iter().flatten() {
            if company["id"] == world::COMPANY {
                company["preferences"] = json!({});
            }
        }
    })?;
    let body = bodies::user(ams);
    let answer = calls::create_user(ams, "create a user", &body).expect_success()?;
    let address = body["email"].as_str().unwrap_or_default();
    match ams.mock()?.mails_to(address)?.len() {
        0 => Ok(Observation::Known("no-mail")),
        1 => Ok(Observation::Known("mail")),
        _ => answer.unknown("one mail or none"),
    }
}
