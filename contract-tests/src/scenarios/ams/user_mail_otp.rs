//! mail_otp is 1 or 0, and is kept as sent.

use serde_json::json;

use super::{bodies, calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/user-mail-otp",
    proves: &["ams.user.mail-otp"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    for otp in [1, 0] {
        let body = with(bodies::user(ams), "mail_otp", json!(otp));
        let step = format!("create a user with mail_otp {otp}");
        let answer = calls::create_user(ams, &step, body).expect_success()?;
        let record = given::seen(ams, "/ams/users", &answer)?;
        given::shows(&record, "/mail_otp", otp)?;
    }
    for other in [
        json!(2),
        json!(-1),
        json!(10),
        json!("on"),
        json!([1]),
        json!(1.5),
    ] {
        let step = format!("create a user with mail_otp {other}");
        let body = with(bodies::user(ams), "mail_otp", other);
        let answer = calls::create_user(ams, &step, body).expect_error()?;
        if ams.on_mock() {
            answer.tells("mail_otp")?;
        }
    }
    Ok(())
}
