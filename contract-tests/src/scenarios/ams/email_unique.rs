//! Whether two users may have the same e-mail address, whatever its letter case and their company.

use serde_json::{Value, json};

use super::{bodies, calls, world};
use crate::client::{Answer, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/email-unique",
    proves: &["ams.user.email-unique"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let body = bodies::user(ams);
    calls::create_user(ams, "create a user", &body).expect_success()?;
    let email = body["email"].as_str().unwrap_or_default();
    let again = |email: String| {
        let body = with(bodies::user(ams), "email", json!(email));
        calls::create_user(ams, &format!("create another with {email}"), body).answer()
    };
    let (same, upper) = (again(email.to_owned())?, again(email.to_uppercase())?);
    let elsewhere = in_other_company(ams, &body)?;
    let elsewhere = elsewhere.as_ref().map(Answer::succeeded);
    match (same.succeeded(), upper.succeeded(), elsewhere) {
        (true, true, _) => Ok(Observation::Known("repeatable")),
        (false, true, _) => Ok(Observation::Known("letter-case")),
        (false, false, Some(true)) => Ok(Observation::Known("per-company")),
        (false, false, _) if same.refused() && upper.refused() => Ok(Observation::Known("unique")),
        _ => upper.unknown("refused always, never, within a company, or in the same letters alone"),
    }
}

/// A user of company 42 with the same address; of a mock alone it is known that there is such a company.
fn in_other_company(ams: &Client, body: &Value) -> Result<Option<Answer>, Stop> {
    if !ams.on_mock() {
        return Ok(None);
    }
    let setup = ams.as_role("setup")?;
    let body = with(body.clone(), "company_id", json!(world::OTHER_COMPANY));
    let step = "create another with it in another company";
    calls::create_user(&setup, step, body).answer().map(Some)
}
