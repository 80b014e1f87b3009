//! What becomes of a user's access to the groups of a deleted creditor.

use serde_json::json;

use super::given;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/access-to-deleted-groups",
    proves: &["amili.delete.user-access"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let (kept, deleted) = (given::creditor(amili)?, given::creditor(amili)?);
    let (stays, goes) = (
        given::groups_of(amili, &kept)?,
        given::groups_of(amili, &deleted)?,
    );
    let user = given::user(amili, &[&goes.admin, &stays.user, &goes.user])?;
    let etag = given::etag(amili, "/creditors", &deleted)?;
    amili
        .step("delete one of the creditors")
        .delete(format!("/creditors/{deleted}"))
        .if_match(etag)
        .expect(204)?;
    let groups = amili
        .step("list the groups of the deleted creditor")
        .get("/access--groups")
        .query("where", json!({ "creditor": deleted }))
        .expect(200)?;
    groups.holds("/_items", json!([]))?;
    let shown = given::read(amili, "/users", &user)?;
    let access = "/data_access/*/access_group";
    if shown.holds_in_order(access, [&stays.user]).is_ok() {
        Ok(Observation::Known("dropped"))
    } else if shown
        .holds_in_order(access, [&goes.admin, &stays.user, &goes.user])
        .is_ok()
    {
        Ok(Observation::Known("kept"))
    } else {
        shown.unknown("only the other group, or all three")
    }
}
