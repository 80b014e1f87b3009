//! A creditor belongs to an account that exists.

use serde_json::json;

use super::{bodies, forms, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-account-exists",
    proves: &["amili.creditor.account-exists"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    for body in [
        bodies::active_creditor(amili)?,
        bodies::inactive_creditor(amili)?,
    ] {
        let body = with(body, "account", json!(given::NO_SUCH_ID));
        // Whether it is refused like an account that is not the caller's is an open question.
        let answer = amili
            .step("create a creditor of an account that does not exist")
            .post("/creditors", &body)
            .expect_refusal_among(&[422, 403])?;
        forms::problem(&answer, "account")?;
        answer.spares("name")?;
        given::absent(amili, "/creditors", &body)?;
    }
    let body = bodies::active_creditor(amili)?;
    let step = "name an account that exists";
    let creditor = given::created(amili, step, "/creditors", &body)?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    shown.holds("/account", amili.account()?)
}
