//! What happens to another agreement template in a change.

use serde_json::json;

use super::by_status;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/set-at-creation-in-patch",
    proves: &["amili.patch.set-at-creation"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let etag = given::etag(amili, "/creditors", &creditor)?;
    let answer = amili
        .step("change the agreement template")
        .patch(
            format!("/creditors/{creditor}"),
            json!({ "agreement_template": given::NO_SUCH_ID }),
        )
        .if_match(etag)
        .answer()?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    if shown.at("/agreement_template") == Some(&json!(given::NO_SUCH_ID)) {
        return shown.unknown("the template of the creation");
    }
    by_status(&answer, &[(422, "refused"), (200, "ignored")])
}
