//! Whether a user can be created without any access group.

use super::bodies;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::without;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/user-without-groups",
    proves: &["amili.user.empty-data-access"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let empty = amili
        .step("create a user with an empty data_access")
        .post("/users", bodies::user(amili, &[])?)
        .answer()?;
    let absent = amili
        .step("create a user without data_access")
        .post(
            "/users",
            without(bodies::user(amili, &[])?, &["data_access"]),
        )
        .answer()?;
    match (empty.status(), absent.status()) {
        (201, 201) => Ok(Observation::Known("allowed")),
        (422, 422) => {
            empty.names("data_access")?;
            absent.names("data_access")?;
            Ok(Observation::Known("refused"))
        }
        (201 | 422, _) => absent.unknown("the same answer as for an empty list"),
        _ => empty.unknown("201 or 422"),
    }
}
