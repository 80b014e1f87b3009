//! Which fields count when a change activates a creditor.

use serde_json::json;

use super::by_status;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::{bodies, given};
use crate::scenarios::with;
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/activation-by-patch",
    proves: &["amili.creditor.activation-by-patch"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let body = with(bodies::active_creditor(amili)?, "is_active", json!(false));
    let creditor = given::created(amili, "create an inactive creditor", "/creditors", &body)?;
    let etag = given::etag(amili, "/creditors", &creditor)?;
    let answer = amili
        .step("activate it by one word")
        .patch(
            format!("/creditors/{creditor}"),
            json!({ "is_active": true }),
        )
        .if_match(etag)
        .answer()?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    shown.holds("/is_active", answer.succeeded())?;
    by_status(&answer, &[(200, "merged"), (422, "sent-only")])
}
