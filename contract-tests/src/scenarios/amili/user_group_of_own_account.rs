//! A group of another account is no group for a user of this one.

use serde_json::json;

use super::{bodies, forms, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Outcome, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/user-group-of-own-account",
    proves: &["amili.user.group-of-own-account"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let other = amili.as_role("other-account")?;
    let account = amili.account_of("other-account")?;
    let list = other
        .step("find a group of the other account")
        .get("/access--groups")
        .query("where", json!({ "account": account, "type": "api_user" }))
        .expect(200)?;
    let foreign = list.capture("foreign", "/_items/0/_id")?;
    let own = given::groups_of(amili, &given::creditor(amili)?)?;
    let lists: [(&[&Captured], usize); 3] = [
        (&[&foreign], 0),
        (&[&foreign, &own.user], 0),
        (&[&own.user, &foreign], 1),
    ];
    for (list, place) in lists {
        let body = bodies::user(amili, list)?;
        let answer = amili
            .step(format!(
                "create a user with a foreign group at place {place}"
            ))
            .post("/users", &body)
            .answer()?;
        if answer.status() == 201 && allowed_here(amili) {
            let text = "this target lets a user have a group of another account, an open question";
            return Err(Stop::NotObservable(text.to_owned()));
        }
        let status = if answer.status() == 403 { 403 } else { 422 };
        answer.has_status(status)?;
        forms::problem(&answer, &format!("data_access.{place}.access_group"))?;
        given::absent(amili, "/users", &body)?;
    }
    let second = given::groups_of(amili, &given::creditor(amili)?)?;
    let body = bodies::user(amili, &[&own.user, &second.user])?;
    given::created(amili, "use groups of one's own account", "/users", &body)?;
    let body = with(
        bodies::user(&other, &[&foreign])?,
        "account",
        json!(account),
    );
    given::created(&other, "its own account may use it", "/users", &body)?;
    Ok(())
}

/// Whether a user may after all is an open question; a mock says which answer is in force.
fn allowed_here(amili: &Client) -> bool {
    let told = amili
        .mock()
        .map(|mock| mock.in_force("amili.user.foreign-group"));
    told.map_or(true, |told| told.as_deref() == Some("allowed"))
}
