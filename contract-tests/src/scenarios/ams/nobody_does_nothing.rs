//! A caller without a permission group is refused every call.

use super::{bodies, calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/nobody-does-nothing",
    proves: &["ams.user.login-only"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let nobody = ams.as_role("nobody")?;
    let (user, department) = (given::user(ams)?, given::department(ams)?);
    let group = given::visible_group(ams)?;
    for call in [
        calls::create_user(&nobody, "create a user", bodies::user(ams)),
        calls::create_department(&nobody, "create a department", bodies::department(ams)),
        calls::assign_departments(&nobody, "assign a department", &user, [&department]),
        calls::list_groups(&nobody, "list the groups"),
        calls::assign_groups(&nobody, "assign a group", &user, [&group]),
    ] {
        call.expect_refusal(403)?;
    }
    for call in [
        calls::create_user(ams, "create a user, having a group", bodies::user(ams)),
        calls::assign_departments(ams, "assign a department", &user, [&department]),
        calls::list_groups(ams, "list the groups, having a group"),
        calls::assign_groups(ams, "assign a group, having a group", &user, [&group]),
    ] {
        call.expect_success()?;
    }
    Ok(())
}
