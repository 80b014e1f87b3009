//! Whether two users may have the same e-mail address, whatever its letter case.

use serde_json::json;

use super::{bodies, calls};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

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
    match (same.succeeded(), upper.succeeded()) {
        (true, true) => Ok(Observation::Known("repeatable")),
        (false, false) if same.refused() && upper.refused() => Ok(Observation::Known("unique")),
        _ => upper.unknown("both refused, or both accepted"),
    }
}
