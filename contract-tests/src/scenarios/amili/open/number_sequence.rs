//! How creditors are numbered.

use serde_json::json;

use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::{bodies, given};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/number-sequence",
    proves: &["amili.creditor.number-sequence"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let other = amili.as_role("other-account")?;
    let first = number(amili, amili.account()?)?;
    let elsewhere = number(&other, amili.account_of("other-account")?)?;
    let second = number(amili, amili.account()?)?;
    match (first, elsewhere, second) {
        (Some(first), Some(elsewhere), Some(second)) => {
            let between = first < elsewhere && elsewhere < second;
            Ok(Observation::Known(if between {
                "overall"
            } else {
                "per-account"
            }))
        }
        _ => Err(Stop::NotObservable("creditors have no number".to_owned())),
    }
}

/// The number of a new creditor of an account.
fn number(caller: &Client, account: String) -> Result<Option<i64>, Stop> {
    let body = with(
        bodies::inactive_creditor(caller)?,
        "account",
        json!(account),
    );
    let creditor = given::created(caller, "create a creditor", "/creditors", &body)?;
    let shown = given::read(caller, "/creditors", &creditor)?;
    if shown.planned() {
        return Ok(Some(0));
    }
    Ok(shown
        .at("/creditor_number")
        .and_then(|number| number.as_i64()))
}
