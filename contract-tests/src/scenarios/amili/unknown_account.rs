//! How a document for an account that does not exist is refused.

use serde_json::json;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/unknown-account",
    proves: &["amili.scope.unknown-account"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let mut answers = Vec::new();
    for (path, body) in [
        ("/creditors", bodies::active_creditor(amili)?),
        ("/creditors", bodies::inactive_creditor(amili)?),
        ("/users", bodies::user(amili, &[])?),
    ] {
        let body = with(body, "account", json!(given::NO_SUCH_ID));
        let answer = amili
            .step(format!(
                "write to {path} for an account that does not exist"
            ))
            .post(path, &body)
            .expect_error()?;
        if answer.status() == 422 {
            answer.names("account")?;
        }
        given::absent(amili, path, &body)?;
        answers.push(answer);
    }
    let all = |status: u16| answers.iter().all(|answer| answer.status() == status);
    match answers.last() {
        Some(last) if !all(422) && !all(403) => last.unknown("422 for all of them, or 403"),
        _ if all(403) => Ok(Observation::Known("403")),
        _ => Ok(Observation::Known("422")),
    }
}
