//! What mail_otp is when the request does not say.

use serde_json::Value;

use super::{bodies, calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::without;
use crate::verdict::{Answered, Observation, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/mail-otp-default",
    proves: &["ams.user.mail-otp-default"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let body = without(bodies::user(ams), &["mail_otp"]);
    let answer = calls::create_user(ams, "do not say", body).answer()?;
    if answer.refused() {
        return Err(Stop::NotObservable("a user needs mail_otp here".to_owned()));
    }
    let record = given::seen(ams, "/ams/users", &answer)?;
    match record.at("/mail_otp").and_then(Value::as_i64) {
        Some(0) => Ok(Observation::Known("0")),
        Some(1) => Ok(Observation::Known("1")),
        _ => record.unknown("mail_otp as 0 or 1"),
    }
}
