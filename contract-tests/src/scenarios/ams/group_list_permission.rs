//! Listing permission groups takes read_groups.

use super::{calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/group-list-permission",
    proves: &["ams.group.list-permission"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let nobody = ams.as_role("nobody")?;
    calls::list_groups(&nobody, "call without the permission").expect_refusal(403)?;
    if ams.on_mock() {
        // Somebody who may do all the rest.
        let writer = ams.as_user(&given::user_with(ams, [world::POWER])?)?;
        calls::list_groups(&writer, "call with the other permissions").expect_refusal(403)?;
    }
    let reader = ams.as_role("reader")?;
    calls::list_groups(&reader, "call with that permission alone").expect_success()?;
    calls::list_groups(ams, "call with the permission").expect_success()?;
    Ok(())
}
