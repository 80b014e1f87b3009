//! What happens to a field that only the server writes.

use serde_json::json;

use super::by_status;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::{bodies, given};
use crate::scenarios::with;
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/read-only-field",
    proves: &["amili.body.read-only-field"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let body = with(
        bodies::inactive_creditor(amili)?,
        "creditor_number",
        json!(7),
    );
    let answer = amili
        .step("create a creditor with a number of one's own")
        .post("/creditors", &body)
        .answer()?;
    match answer.status() {
        422 => {
            answer.names("creditor_number")?;
            given::absent(amili, "/creditors", &body)?;
        }
        201 => {
            let creditor = answer.capture("creditor", "/_id")?;
            let shown = given::read(amili, "/creditors", &creditor)?;
            if shown.at("/creditor_number") == Some(&json!(7)) {
                return shown.unknown("another number, or none");
            }
        }
        _ => {}
    }
    by_status(&answer, &[(422, "refused"), (201, "ignored")])
}
