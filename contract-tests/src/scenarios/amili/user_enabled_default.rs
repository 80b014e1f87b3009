//! A user is enabled unless the request says otherwise.

use serde_json::json;

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::{with, without};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/user-enabled-default",
    proves: &["amili.user.enabled-default"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let groups = given::groups_of(amili, &creditor)?;
    let whole = bodies::user(amili, &[&groups.user])?;
    let silent = without(whole, &["is_enabled"]);
    let user = given::created(amili, "do not say", "/users", &silent)?;
    given::read(amili, "/users", &user)?.holds("/is_enabled", true)?;
    for is_enabled in [true, false] {
        let body = bodies::user(amili, &[&groups.user])?;
        let body = with(body, "is_enabled", json!(is_enabled));
        let user = given::created(amili, "say it", "/users", &body)?;
        given::read(amili, "/users", &user)?.holds("/is_enabled", is_enabled)?;
    }
    Ok(())
}
