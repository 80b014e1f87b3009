//! Whether a change or deletion must name the document's etag.

use serde_json::json;

use super::given;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/if-match",
    proves: &["amili.patch.if-match"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    // One that stays, for the last creditor of an account may be kept whatever the request says.
    given::creditor(amili)?;
    let creditor = given::creditor(amili)?;
    let path = format!("/creditors/{creditor}");
    let changed = amili
        .step("change it without If-Match")
        .patch(&path, json!({ "description": "changed" }))
        .answer()?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    let deleted = amili
        .step("delete it without If-Match")
        .delete(&path)
        .answer()?;
    match (changed.status(), deleted.status()) {
        (428, 428) => {
            shown.holds("/description", "Testing")?;
            given::read(amili, "/creditors", &creditor)?;
            Ok(Observation::Known("required"))
        }
        (200, 204) => {
            shown.holds("/description", "changed")?;
            Ok(Observation::Known("optional"))
        }
        _ => changed.unknown("428 for both, or both done"),
    }
}
