//! Every department assigned exists, wherever in the list it stands; otherwise none is assigned.

use super::{calls, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/link-departments-exist",
    proves: &["ams.user-department.departments-exist"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let user = given::user(ams)?;
    let (first, second) = (given::department(ams)?, given::department(ams)?);
    let unknown = Captured::from(given::NO_SUCH_ID);
    for list in [
        vec![&unknown],
        vec![&unknown, &first],
        vec![&first, &unknown],
        vec![&first, &second, &unknown],
    ] {
        let answer = calls::assign_departments(ams, "assign an unknown department", &user, &list)
            .expect_error()?;
        if ams.on_mock() {
            // By analogy with user.002 and permission.group.002; no document prints it.
            answer.tells("department.002")?;
            given::is_in(ams, &user, &[])?;
        }
    }
    // Whatever an assignment does to what is kept: nothing of the refused ones may be there.
    let step = "assign a known one";
    let answer = calls::assign_departments(ams, step, &user, [&second]).expect_success()?;
    given::shows_departments(ams, &user, &answer, &[&second])
}
