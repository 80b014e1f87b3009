//! What happens to the automatic fields in a body.

use serde_json::json;

use super::by_status;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::{bodies, given};
use crate::scenarios::with;
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/automatic-field",
    proves: &["amili.body.automatic-field"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let body = with(
        bodies::inactive_creditor(amili)?,
        "_created",
        json!("Tue, 11 Nov 2025 12:22:34 GMT"),
    );
    let answer = amili
        .step("create a creditor that says when it was created")
        .post("/creditors", &body)
        .answer()?;
    if answer.status() == 201 {
        let creditor = answer.capture("creditor", "/_id")?;
        let shown = given::read(amili, "/creditors", &creditor)?;
        if shown.at("/_created") == body.get("_created") {
            return shown.unknown("the time of the creation");
        }
    }
    by_status(&answer, &[(422, "refused"), (201, "ignored")])
}
