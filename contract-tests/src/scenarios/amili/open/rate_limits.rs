//! Whether the documented limits are enforced, as far as a guest can see it.

use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/rate-limits",
    proves: &["amili.rate-limit.enforced"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let list = amili
        .step("look for headers about limits")
        .get("/partners")
        .answer()?;
    if list.has_header_about("ratelimit") || list.has_header_about("rate-limit") {
        return Ok(Observation::Known("on"));
    }
    if !list.on_mock() {
        let text = "no header tells of limits, and reaching them is not a guest's to try";
        return Err(Stop::NotObservable(text.to_owned()));
    }
    // At ten a second, some of these would be refused in whichever second they fall.
    for _ in 0..24 {
        amili
            .step("list partners once more")
            .get("/partners")
            .expect(200)?;
    }
    Ok(Observation::Known("off"))
}
