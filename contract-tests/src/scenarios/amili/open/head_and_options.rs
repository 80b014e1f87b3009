//! Whether HEAD and OPTIONS are answered.

use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/head-and-options",
    proves: &["amili.method.head-and-options"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let head = amili
        .step("ask for the head of a list")
        .request("HEAD", "/access--groups")
        .answer()?;
    let options = amili
        .step("ask for the methods of a list")
        .request("OPTIONS", "/access--groups")
        .answer()?;
    match (head.status(), options.status()) {
        (200, 200 | 204) => Ok(Observation::Known("answered")),
        // A method that is not offered may be answered 404, too.
        (405, 405) | (404, 404) => Ok(Observation::Known("refused")),
        _ => options.unknown("200 to both, or a refusal of both"),
    }
}
