//! What becomes of an object that a change names.

use serde_json::json;

use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/nested-patch",
    proves: &["amili.patch.nested"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let etag = given::etag(amili, "/creditors", &creditor)?;
    amili
        .step("change one member of an address")
        .patch(
            format!("/creditors/{creditor}"),
            json!({ "sender_address": { "city": "Lund" } }),
        )
        .if_match(etag)
        .expect(200)?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    shown.holds("/sender_address/city", "Lund")?;
    match shown.at("/sender_address/zip_code") {
        Some(_) => Ok(Observation::Known("merged")),
        None => Ok(Observation::Known("replaced")),
    }
}
