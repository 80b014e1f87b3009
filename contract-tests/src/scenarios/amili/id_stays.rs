//! A change leaves the id of a document as it is.

use serde_json::json;

use super::{forms, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/id-stays",
    proves: &["amili.write.id-stays"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let path = format!("/creditors/{creditor}");
    let etag = given::etag(amili, "/creditors", &creditor)?;
    let answer = amili
        .step("change the id")
        .patch(
            &path,
            json!({ "_id": given::NO_SUCH_ID, "description": "lost" }),
        )
        .if_match(&etag)
        .expect_refusal(400)?;
    forms::refusal(&answer, 400)?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    shown.holds("/_etag", &etag)?;
    shown.holds("/description", "Testing")?;
    amili
        .step("repeat the id")
        .patch(&path, json!({ "_id": creditor, "description": "changed" }))
        .if_match(&etag)
        .expect(200)?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    shown.holds("/description", "changed")
}
