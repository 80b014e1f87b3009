//! In which forms mail_otp may be given.

use serde_json::json;

use super::{bodies, calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/mail-otp-forms",
    proves: &["ams.user.mail-otp-forms"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let mut accepted = Vec::new();
    let mut last = None;
    for (form, kept) in [
        (json!(true), 1),
        (json!(false), 0),
        (json!("1"), 1),
        (json!("0"), 0),
    ] {
        let step = format!("give mail_otp as {form}");
        let body = with(bodies::user(ams), "mail_otp", form);
        let answer = calls::create_user(ams, &step, body).answer()?;
        accepted.push(answer.succeeded());
        if answer.succeeded() {
            let record = given::seen(ams, "/ams/users", &answer)?;
            given::shows(&record, "/mail_otp", kept)?;
        }
        last = Some(answer);
    }
    match (accepted.as_slice(), last) {
        ([true, true, true, true], _) => Ok(Observation::Known("boolean-forms")),
        ([false, false, false, false], _) => Ok(Observation::Known("integers")),
        (_, Some(last)) => last.unknown("all of these forms, or none"),
        (_, None) => Err(Stop::NotObservable("no form is known".to_owned())),
    }
}
