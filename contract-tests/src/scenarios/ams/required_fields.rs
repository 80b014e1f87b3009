//! Which fields a new user needs.

use super::{bodies, calls};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::without;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/required-fields",
    proves: &["ams.user.required-fields"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let optional = ["mail_otp", "service_number"];
    calls::create_user(ams, "give all", bodies::user(ams)).expect_success()?;
    let least = without(bodies::user(ams), &optional);
    let least = calls::create_user(ams, "give name, surname and email", least).answer()?;
    if least.refused() {
        return Ok(Observation::Known("every-field"));
    }
    let missing = |field: &str| {
        let body = without(without(bodies::user(ams), &optional), &[field]);
        calls::create_user(ams, &format!("leave out {field}"), body).answer()
    };
    let [name, surname, email] = [missing("name")?, missing("surname")?, missing("email")?];
    let only_email = without(bodies::user(ams), &["name", "surname"]);
    let only_email = calls::create_user(ams, "give the email alone", only_email).answer()?;
    match [
        name.refused(),
        surname.refused(),
        email.refused(),
        only_email.refused(),
    ] {
        [true, true, true, true] => Ok(Observation::Known("name-surname-email")),
        [false, false, true, false] => Ok(Observation::Known("email-only")),
        _ => only_email.unknown("all three needed, or the email alone"),
    }
}
