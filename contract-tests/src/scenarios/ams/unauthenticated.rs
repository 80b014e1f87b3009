//! Every call wants a token that AMS knows.

use super::{bodies, calls, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/unauthenticated",
    proves: &["ams.auth.unauthenticated"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let (user, department) = (given::user(ams)?, given::department(ams)?);
    let group = given::visible_group(ams)?;
    let mut strangers = vec![
        ams.without_token(),
        ams.with_token("ct-no-such-token"),
        ams.with_altered_token(),
    ];
    if ams.on_mock() {
        // A token of the other API opens nothing here.
        strangers.push(ams.with_token("amili-api-user"));
        for scheme in ["Basic ams-manager", "Token ams-manager", "Bearer", ""] {
            ams.without_token()
                .step(format!("list the groups with Authorization: {scheme}"))
                .get("/v2/admin/permission/groups")
                .header("Authorization", scheme)
                .expect_refusal(401)?
                .tells("Unauthenticated")?;
        }
    }
    for stranger in &strangers {
        let calls = [
            calls::create_user(stranger, "create a user", bodies::user(ams)),
            calls::create_department(stranger, "create a department", bodies::department(ams)),
            calls::assign_departments(stranger, "assign a department", &user, [&department]),
            calls::list_groups(stranger, "list the groups"),
            calls::assign_groups(stranger, "assign a group", &user, [&group]),
        ];
        for call in calls {
            call.expect_refusal(401)?.tells("Unauthenticated")?;
        }
    }
    calls::assign_departments(ams, "with a token it works", &user, [&department])
        .expect_success()?;
    Ok(())
}
