//! Nobody grants permissions that they do not hold, wherever in the list they hide.

use serde_json::json;

use super::{calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/no-more-power",
    proves: &["ams.permission.no-more-power"],
    runs_on: RunsOn::MockOnly {
        because: "which permissions a group bundles is shown by no documented call",
    },
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let user = given::user_with(ams, [world::STANDARD])?;
    for list in [json!([3]), json!([1, 3]), json!([3, 1]), json!([1, 2, 3])] {
        let step = format!("grant {list}, of which 3 is too strong");
        calls::assign_groups(ams, &step, &user, list).expect_code("permission.011")?;
        given::holds_groups(ams, &user, &[world::STANDARD])?;
    }
    // Neither group of the manager alone holds what both together do.
    for list in [json!([2]), json!([1]), json!([1, 2]), json!([2, 1])] {
        let step = format!("grant {list}, which is no more than one's own");
        calls::assign_groups(ams, &step, &user, &list).expect_success()?;
    }
    given::holds_groups(ams, &user, &[world::STANDARD, world::POWER])?;
    // Somebody who holds group 2 alone cannot grant group 1, whatever stands beside it.
    let acting = ams.as_user(&given::user_with(ams, [world::POWER])?)?;
    let other = given::user(ams)?;
    for list in [json!([1]), json!([1, 2]), json!([2, 1])] {
        let step = format!("grant {list}, of which 1 is too strong");
        calls::assign_groups(&acting, &step, &other, list).expect_code("permission.011")?;
        given::holds_groups(ams, &other, &[])?;
    }
    calls::assign_groups(&acting, "grant what one holds", &other, [2]).expect_success()?;
    let setup = ams.as_role("setup")?;
    calls::assign_groups(&setup, "who holds all grants all", &user, [3]).expect_success()?;
    given::holds_groups(ams, &user, &[world::ADMIN])
}
