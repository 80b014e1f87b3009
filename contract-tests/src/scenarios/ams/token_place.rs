//! Where a request carries its token.

use super::calls;
use crate::client::{Client, TokenPlace};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/token-place",
    proves: &["ams.auth.token-place"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let (mut taken, mut last) = (Vec::new(), None);
    for place in TokenPlace::ALL {
        let step = format!("list the groups with the token as {}", place.name());
        let answer = calls::list_groups(&ams.with_token_in(place)?, &step).answer()?;
        if answer.succeeded() {
            taken.push(place.name());
        }
        last = Some(answer);
    }
    match (taken.as_slice(), last) {
        ([known], _) => Ok(Observation::Known(known)),
        (_, Some(last)) => last.unknown("a success for exactly one of the known places"),
        (_, None) => Err(Stop::NotObservable("no place is known".to_owned())),
    }
}
