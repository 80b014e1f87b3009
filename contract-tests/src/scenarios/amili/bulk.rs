//! Whether a POST may bring several documents.

use serde_json::{Value, json};

use super::{bodies, forms, given};
use crate::client::{Answer, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation, Outcome};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/bulk",
    proves: &["amili.write.bulk"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let single = amili
        .step("create a creditor in a list of its own")
        .post("/creditors", json!([bodies::inactive_creditor(amili)?]))
        .expect(201)?;
    forms::creation(&single)?;
    let bodies = [
        bodies::inactive_creditor(amili)?,
        bodies::active_creditor(amili)?,
    ];
    let answer = amili
        .step("create two creditors in one list")
        .post("/creditors", &bodies)
        .answer()?;
    match answer.status() {
        201 => {
            stored(amili, &answer, &bodies)?;
            all_or_none(amili)?;
            Ok(Observation::Known("accepted"))
        }
        // With which status a body is refused that cannot be read is a question of its own.
        400 | 422 => {
            for body in &bodies {
                given::absent(amili, "/creditors", body)?;
            }
            Ok(Observation::Known("refused"))
        }
        _ => answer.unknown("201, or a refusal of the body"),
    }
}

fn stored(amili: &Client, answer: &Answer, bodies: &[Value]) -> Outcome {
    answer.holds("/_status", "OK")?;
    answer.satisfies("as many items as documents", |answer| {
        answer["_items"].as_array().map(Vec::len) == Some(bodies.len())
    })?;
    for (place, body) in bodies.iter().enumerate() {
        let item = answer.at(&format!("/_items/{place}")).cloned();
        forms::creation(&answer.part(item.unwrap_or_default()))?;
        let creditor = answer.capture("creditor", &format!("/_items/{place}/_id"))?;
        let shown = given::read(amili, "/creditors", &creditor)?;
        shown.holds("/name", &body["name"])?;
        given::groups_of(amili, &creditor)?;
    }
    Ok(())
}

fn all_or_none(amili: &Client) -> Outcome {
    let bodies = [
        bodies::inactive_creditor(amili)?,
        with(bodies::inactive_creditor(amili)?, "is_active", json!("x")),
        bodies::inactive_creditor(amili)?,
    ];
    amili
        .step("create three creditors, one of them with a fault")
        .post("/creditors", &bodies)
        .expect_refusal(422)?;
    for body in &bodies {
        given::absent(amili, "/creditors", body)?;
    }
    Ok(())
}
