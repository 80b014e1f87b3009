//! Whether a new account must bring its first creditor.

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::without;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/account-without-creditor",
    proves: &["amili.account.initial-creditor"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let partner = amili.as_role("partner")?;
    let body = bodies::account(amili, bodies::inactive_creditor(amili)?);
    let body = without(body, &["initial_creditor_data"]);
    let answer = partner
        .step("create an account without initial_creditor_data")
        .post("/accounts", &body)
        .answer()?;
    match answer.status() {
        422 => {
            answer.names("initial_creditor_data")?;
            given::absent(&partner, "/accounts", &body)?;
            Ok(Observation::Known("required"))
        }
        201 => {
            let account = answer.capture("account", "/_id")?;
            given::of_account(&partner, "/creditors", &account, 0)?;
            let groups = given::of_account(&partner, "/access--groups", &account, 2)?;
            groups.holds_exactly("/_items/*/type", ["account_admin", "api_user"])?;
            Ok(Observation::Known("optional"))
        }
        _ => answer.unknown("201 or 422"),
    }
}
