//! A new user has a profile of name and surname, and nothing more.

use serde_json::json;

use super::{bodies, calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/user-profile",
    proves: &["ams.user.profile"],
    runs_on: RunsOn::MockOnly {
        because: "AMS documents no way to read it back",
    },
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    for surname in ["Surname", "Öberg"] {
        let body = with(bodies::user(ams), "surname", json!(surname));
        let answer = calls::create_user(ams, "create a user", &body).expect_success()?;
        let record = given::seen(ams, "/ams/users", &answer)?;
        let profile = json!({ "name": body["name"], "surname": surname });
        record.holds("/profile", profile)?;
        record.holds("/email", &body["email"])?;
        record.holds("/service_number", "abc123")?;
    }
    Ok(())
}
