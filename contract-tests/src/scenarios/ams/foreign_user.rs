//! Whether a caller with a company may manage a user of another.

use serde_json::json;

use super::{bodies, calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/foreign-user",
    proves: &["ams.user.foreign-user"],
    runs_on: RunsOn::MockOnly {
        because: "the companies of a sandbox are not known",
    },
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let setup = ams.as_role("setup")?;
    let body = with(bodies::user(ams), "company_id", json!(world::OTHER_COMPANY));
    let created = calls::create_user(&setup, "make a user of company 42", body).expect_success()?;
    let user = created.capture("user", "/id")?;
    let group = given::visible_group(ams)?;
    let answer = calls::assign_groups(ams, "assign them a group", &user, [&group]).answer()?;
    if answer.succeeded() {
        given::keeps_groups(ams, &user, &answer, &[&group])?;
        Ok(Observation::Known("allowed"))
    } else if answer.refused() && answer.mentions("user.002") {
        given::holds_groups(ams, &user, &[])?;
        Ok(Observation::Known("not-found"))
    } else {
        answer.unknown("a success, or user.002")
    }
}
