//! Whether two users may sign in with the same address.

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/duplicate-user",
    proves: &["amili.user.duplicate-email-oauth"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let groups = given::groups_of(amili, &creditor)?;
    let first = bodies::user(amili, &[&groups.user])?;
    given::created(amili, "create a user", "/users", &first)?;
    let second = with(
        bodies::user(amili, &[&groups.user])?,
        "email_oauth",
        first["email_oauth"].clone(),
    );
    let answer = amili
        .step("create another with the same sign-in address")
        .post("/users", &second)
        .answer()?;
    match answer.status() {
        201 => Ok(Observation::Known("allowed")),
        422 => {
            answer.names("email_oauth")?;
            given::absent(amili, "/users", &second)?;
            Ok(Observation::Known("refused"))
        }
        _ => answer.unknown("201 or 422"),
    }
}
