//! Which access_rights a new group has.

use serde_json::json;

use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::verdict::{Answered, Observation, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/group-rights",
    proves: &["amili.access-group.rights"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    if amili.on_mock() {
        // The guide's account has groups without rights, by which the answers could not be told apart.
        amili.mock()?.arrange(|world| {
            if let Some(group) = world.pointer_mut("/amili/access--groups/0") {
                group["access_rights"] = json!({ "users": "write" });
            }
        })?;
    }
    let level = amili
        .step("list the groups of the account")
        .get("/access--groups")
        .query(
            "where",
            json!({ "account": amili.account()?, "type": "account_admin" }),
        )
        .expect(200)?;
    let admins = level.capture("rights", "/_items/0/access_rights")?;
    let creditor = given::creditor(amili)?;
    let group = given::groups_of(amili, &creditor)?.admin;
    let shown = given::read(amili, "/access--groups", &group)?;
    let rights = shown.capture("rights", "/access_rights")?;
    if admins.0 == json!({}) && rights.0 == json!({}) {
        let text = "the account's own groups have no rights either";
        return Err(Stop::NotObservable(text.to_owned()));
    }
    match rights.0 {
        rights if rights == json!({}) => Ok(Observation::Known("empty")),
        rights if rights == admins.0 => Ok(Observation::Known("as-account-admin")),
        _ => shown.unknown("none, or those of account_admin"),
    }
}
