//! account and agreement_template of a creditor never change.

use serde_json::json;

use super::given;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-set-at-creation",
    proves: &["amili.creditor.set-at-creation"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let path = format!("/creditors/{creditor}");
    let before = given::read(amili, "/creditors", &creditor)?;
    let etag = before.capture("etag", "/_etag")?;
    for (field, value) in [
        ("account", json!(given::NO_SUCH_ID)),
        ("agreement_template", json!("665d9246f611f5df88245746")),
    ] {
        let answer = amili
            .step(format!("change {field}"))
            .patch(&path, json!({ field: value, "description": "lost" }))
            .if_match(&etag)
            .expect_refusal(422)?;
        answer.names(field)?;
        let after = given::read(amili, "/creditors", &creditor)?;
        after.satisfies("the creditor as it was", |body| body == before.value())?;
    }
    amili
        .step("change another field")
        .patch(&path, json!({ "description": "changed" }))
        .if_match(&etag)
        .expect(200)?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    shown.holds("/account", amili.account()?)
}
