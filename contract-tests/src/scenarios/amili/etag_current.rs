//! A change or deletion that names an etag succeeds only while it is the document's.

use serde_json::json;

use super::{forms, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/etag-current",
    proves: &["amili.write.etag-current"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let path = format!("/creditors/{creditor}");
    let first = given::etag(amili, "/creditors", &creditor)?;
    refused(amili, &path, "0000000000000000000000000000000000000000")?;
    let changed = amili
        .step("change it, naming its etag")
        .patch(&path, json!({ "description": "changed" }))
        .if_match(&first)
        .expect(200)?;
    let second = changed.capture("etag", "/_etag")?;
    amili.requires(
        first != second,
        "another etag after a change",
        &second.to_string(),
    )?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    shown.holds("/_etag", &second)?;
    shown.holds("/description", "changed")?;
    // The etag that it had is no longer its etag.
    refused(amili, &path, &first.to_string())?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    shown.holds("/_etag", &second)?;
    shown.holds("/description", "changed")?;
    amili
        .step("delete it, naming its etag")
        .delete(&path)
        .if_match(&second)
        .expect(204)?;
    amili.step("it is gone").get(&path).expect(404)?;
    Ok(())
}

fn refused(amili: &Client, path: &str, etag: &str) -> Outcome {
    let answer = amili
        .step("change it, naming another etag")
        .patch(path, json!({ "description": "lost" }))
        .if_match(etag)
        .expect_refusal(412)?;
    forms::refusal(&answer, 412)?;
    let answer = amili
        .step("delete it, naming another etag")
        .delete(path)
        .if_match(etag)
        .expect_refusal(412)?;
    forms::refusal(&answer, 412)
}
