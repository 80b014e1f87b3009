//! The status of the codes ending in 002.

use serde_json::json;

use super::{bodies, calls, given};
use crate::client::{Answer, Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/not-found-status",
    proves: &["ams.errors.not-found-status"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let (user, group) = (given::user(ams)?, given::visible_group(ams)?);
    let unknown = Captured::from(given::NO_SUCH_ID);
    let parent = with(bodies::department(ams), "parent_id", json!(unknown));
    let answers = [
        calls::assign_groups(ams, "name an unknown user", &unknown, [&group])
            .not_own(given::NOBODY)
            .expect_error()?,
        calls::assign_groups(ams, "name an unknown group", &user, [&unknown]).expect_error()?,
        calls::assign_departments(ams, "name an unknown department", &user, [&unknown])
            .expect_error()?,
        calls::create_department(ams, "name an unknown parent", parent).expect_error()?,
    ];
    match answers.each_ref().map(Answer::status) {
        [404, 404, 404, 404] => Ok(Observation::Known("404")),
        [422, 422, 422, 422] => Ok(Observation::Known("422")),
        [400, 400, 400, 400] => Ok(Observation::Known("400")),
        [404, 422, 422, 422] => Ok(Observation::Known("by-place")),
        _ => answers[1].unknown("404, 422 or 400 for all, or 404 for the user and 422 else"),
    }
}
