//! Whether the names that a group shows follow a change of them.

use serde_json::json;

use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::{bodies, given};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/group-names",
    proves: &["amili.access-group.names-follow"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let body = bodies::active_creditor(amili)?;
    let creditor = given::created(amili, "create a creditor", "/creditors", &body)?;
    let etag = given::etag(amili, "/creditors", &creditor)?;
    let name = amili.unique();
    amili
        .step("rename the creditor")
        .patch(format!("/creditors/{creditor}"), json!({ "name": name }))
        .if_match(etag)
        .expect(200)?;
    let group = given::groups_of(amili, &creditor)?.admin;
    let shown = given::read(amili, "/access--groups", &group)?;
    match shown.at("/creditor_name") {
        Some(shows) if *shows == json!(name) => Ok(Observation::Known("follow")),
        shows if shows == body.get("name") => Ok(Observation::Known("as-created")),
        _ => shown.unknown("the old name or the new one"),
    }
}
