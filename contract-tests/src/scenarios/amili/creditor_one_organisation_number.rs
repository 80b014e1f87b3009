//! The two organisation numbers exclude each other; each alone is fine.

use serde_json::json;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::{with, without};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-one-organisation-number",
    proves: &["amili.creditor.one-organisation-number"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let numbers = ["organization_no", "non_swedish_organization_no"];
    let creditor = given::creditor(amili)?;
    for is_active in [true, false] {
        let body = with(
            bodies::active_creditor(amili)?,
            "is_active",
            json!(is_active),
        );
        let body = with(body, numbers[1], json!(amili.unique_number()));
        let answer = amili
            .step("create a creditor with both organisation numbers")
            .post("/creditors", &body)
            .expect_refusal(422)?;
        for field in numbers {
            answer.names(field)?;
        }
        given::absent(amili, "/creditors", &body)?;
    }
    let etag = given::etag(amili, "/creditors", &creditor)?;
    let both = json!({ numbers[0]: amili.unique_number(), numbers[1]: amili.unique_number() });
    let answer = amili
        .step("give both by a change")
        .patch(format!("/creditors/{creditor}"), &both)
        .if_match(&etag)
        .expect_refusal(422)?;
    answer.names(numbers[1])?;
    given::read(amili, "/creditors", &creditor)?.holds("/_etag", etag)?;
    for field in numbers {
        let number = json!(amili.unique_number());
        let body = without(bodies::active_creditor(amili)?, &numbers);
        let body = with(body, field, number.clone());
        // A VAT area that fits the number, lest that is asked for: an open question.
        let area = if field == numbers[0] {
            "sweden"
        } else {
            "norway"
        };
        let body = with(body, "vat_area", json!(area));
        let step = format!("create a creditor with {field} alone");
        let creditor = given::created(amili, &step, "/creditors", &body)?;
        given::read(amili, "/creditors", &creditor)?.holds(&format!("/{field}"), number)?;
    }
    Ok(())
}
