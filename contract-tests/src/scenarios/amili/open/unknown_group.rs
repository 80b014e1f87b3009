//! How an access group is refused that does not exist.

use super::by_status;
use crate::client::Captured;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::{bodies, given};
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/unknown-group",
    proves: &["amili.user.unknown-group"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let body = bodies::user(amili, &[&Captured::from(given::NO_SUCH_ID)])?;
    let answer = amili
        .step("create a user in a group that does not exist")
        .post("/users", &body)
        .answer()?;
    given::absent(amili, "/users", &body)?;
    by_status(&answer, &[(422, "422"), (404, "404")])
}
