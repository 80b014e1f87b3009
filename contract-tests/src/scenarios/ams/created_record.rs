//! What a creation answers.

use super::{bodies, calls};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/created-record",
    proves: &["ams.answer.created-record"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let body = bodies::user(ams);
    let answer = calls::create_user(ams, "create a user", &body).expect_success()?;
    answer.capture("user", "/id")?;
    let shows = |field: &&str| {
        answer
            .at(&format!("/{field}"))
            .is_some_and(|kept| *kept == body[*field])
    };
    let fields = ["name", "surname", "email", "mail_otp", "service_number"];
    match fields.iter().filter(|field| shows(field)).count() {
        0 => Ok(Observation::Known("id-only")),
        5 => Ok(Observation::Known("whole")),
        _ => answer.unknown("all that was sent, or the id alone"),
    }
}
