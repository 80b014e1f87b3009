//! Whether a change may take an activation field away from an active creditor.

use serde_json::{Value, json};

use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::{bodies, given};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/activation-field-removed",
    proves: &["amili.creditor.activation-field-removed"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    // Where a change replaces objects, this leaves no account to pay to; where it merges them, all of it.
    if let Some(seen) = emptied(amili, &creditor, "payout_details", json!({}))? {
        return seen;
    }
    if let Some(seen) = emptied(amili, &creditor, "standard_debt_description", json!(""))? {
        return match seen {
            Ok(Observation::Known("allowed")) if empty_is_enough(amili)? => Err(
                Stop::NotObservable("an empty text is enough for activation".to_owned()),
            ),
            seen => seen,
        };
    }
    Err(Stop::NotObservable("no field could be emptied".to_owned()))
}

/// What came of emptying a field; `None` where the change was taken and left the field as it was.
fn emptied(
    amili: &Client,
    creditor: &Captured,
    field: &str,
    empty: Value,
) -> Result<Option<Answered>, Stop> {
    let etag = given::etag(amili, "/creditors", creditor)?;
    let answer = amili
        .step(format!("empty {field}"))
        .patch(format!("/creditors/{creditor}"), json!({ field: empty }))
        .if_match(etag)
        .answer()?;
    if answer.status() == 422 {
        return Ok(Some(Ok(Observation::Known("refused"))));
    }
    let shown = given::read(amili, "/creditors", creditor)?;
    if answer.status() != 200 {
        return Ok(Some(answer.unknown("200 or 422")));
    }
    if shown.at(&format!("/{field}")) != Some(&empty) {
        return Ok(None);
    }
    let is_active = shown.at("/is_active") == Some(&json!(true));
    let seen = if is_active { "allowed" } else { "deactivates" };
    Ok(Some(Ok(Observation::Known(seen))))
}

/// Whether a creditor can be created active with an empty text.
fn empty_is_enough(amili: &Client) -> Result<bool, Stop> {
    let body = bodies::active_creditor(amili)?;
    let answer = amili
        .step("create an active creditor with an empty description of debts")
        .post(
            "/creditors",
            with(body, "standard_debt_description", json!("")),
        )
        .answer()?;
    Ok(answer.succeeded())
}
