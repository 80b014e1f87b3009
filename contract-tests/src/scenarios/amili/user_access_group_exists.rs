//! Every access group of a user exists, wherever in the list it stands.

use super::{bodies, forms, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/user-access-group-exists",
    proves: &["amili.user.access-group-exists"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let groups = given::groups_of(amili, &creditor)?;
    let unknown = Captured::from(given::NO_SUCH_ID);
    // An id that is taken, but by something else than a group.
    for stranger in [&unknown, &creditor] {
        let lists: [(&[&Captured], usize); 4] = [
            (&[stranger], 0),
            (&[stranger, &groups.admin], 0),
            (&[&groups.admin, stranger], 1),
            (&[&groups.admin, &groups.user, stranger], 2),
        ];
        for (list, place) in lists {
            let body = bodies::user(amili, list)?;
            let answer = amili
                .step(format!("create a user with no group at place {place}"))
                .post("/users", &body)
                .expect_refusal_among(&[422, 404])?;
            forms::problem(&answer, &format!("data_access.{place}.access_group"))?;
            given::absent(amili, "/users", &body)?;
        }
    }
    for list in [&[&groups.admin][..], &[&groups.admin, &groups.user]] {
        let body = bodies::user(amili, list)?;
        given::created(
            amili,
            "create a user with groups that exist",
            "/users",
            &body,
        )?;
    }
    Ok(())
}
