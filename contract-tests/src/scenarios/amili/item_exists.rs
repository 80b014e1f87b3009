//! An item is read by its id, and by no other.

use serde_json::json;

use super::{forms, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/item-exists",
    proves: &["amili.item.exists"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let groups = given::groups_of(amili, &creditor)?;
    let user = given::user(amili, &[&groups.admin])?;
    for (resource, id) in [
        ("/creditors", &creditor),
        ("/access--groups", &groups.admin),
        ("/access--groups", &groups.user),
        ("/users", &user),
    ] {
        let item = given::read(amili, resource, id)?;
        item.holds("/_id", id)?;
        let list = amili
            .step(format!("list {resource} where _id is {id}"))
            .get(resource)
            .query("where", json!({ "_id": id }))
            .expect(200)?;
        list.holds("/_items", [item.value()])?;
    }
    let unknown = Captured::from(given::NO_SUCH_ID);
    // An id of one resource is none of another.
    for (resource, id) in [
        ("/creditors", &unknown),
        ("/access--groups", &unknown),
        ("/users", &unknown),
        ("/creditors", &groups.admin),
        ("/access--groups", &creditor),
        ("/users", &creditor),
        ("/accounts", &unknown),
        ("/accounts", &creditor),
        ("/cases", &unknown),
        ("/cases", &creditor),
        ("/customers", &unknown),
        ("/customers", &user),
    ] {
        let path = format!("{resource}/{id}");
        let answer = amili.step(format!("read {path}")).get(&path).expect(404)?;
        forms::refusal(&answer, 404)?;
    }
    for id in [&unknown, &user] {
        let answer = amili
            .step("change what does not exist")
            .patch(
                format!("/creditors/{id}"),
                json!({ "description": "changed" }),
            )
            .if_match("0000000000000000000000000000000000000000")
            .not_own("no creditor has this id")
            .expect_refusal(404)?;
        forms::refusal(&answer, 404)?;
    }
    Ok(())
}
