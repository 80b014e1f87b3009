//! Whether the exclusion of the two organisation numbers looks at the stored document too.

use serde_json::json;

use super::given;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/organisation-numbers-in-patch",
    proves: &["amili.patch.organisation-numbers"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let etag = given::etag(amili, "/creditors", &creditor)?;
    let number = amili.unique_number();
    let answer = amili
        .step("add the other organisation number")
        .patch(
            format!("/creditors/{creditor}"),
            json!({ "non_swedish_organization_no": number }),
        )
        .if_match(etag)
        .answer()?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    match answer.status() {
        200 => {
            shown.holds("/non_swedish_organization_no", number)?;
            Ok(Observation::Known("sent-only"))
        }
        422 => {
            shown.lacks("/non_swedish_organization_no")?;
            Ok(Observation::Known("merged"))
        }
        _ => answer.unknown("200 or 422"),
    }
}
