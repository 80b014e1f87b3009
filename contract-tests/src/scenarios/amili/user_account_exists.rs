//! A user belongs to an account that exists.

use serde_json::json;

use super::{bodies, forms, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/user-account-exists",
    proves: &["amili.user.account-exists"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let groups = given::groups_of(amili, &creditor)?;
    let valid = bodies::user(amili, &[&groups.user])?;
    let empty = bodies::user(amili, &[])?;
    for body in [valid, empty] {
        let body = with(body, "account", json!(given::NO_SUCH_ID));
        // Whether it is refused like an account that is not the caller's is an open question.
        let answer = amili
            .step("create a user of an account that does not exist")
            .post("/users", &body)
            .expect_refusal_among(&[422, 403])?;
        forms::problem(&answer, "account")?;
        given::absent(amili, "/users", &body)?;
    }
    let body = bodies::user(amili, &[&groups.user])?;
    let user = given::created(amili, "name an account that exists", "/users", &body)?;
    given::read(amili, "/users", &user)?.holds("/account", amili.account()?)
}
