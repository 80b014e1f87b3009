//! A client may choose the id of a new document, if no other has it.

use serde_json::{Value, json};

use super::{bodies, forms, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::{with, without};
use crate::verdict::{Outcome, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/id-free",
    proves: &["amili.write.id-free"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let free = amili.unique_id();
    let body = with(bodies::active_creditor(amili)?, "_id", json!(free));
    let answer = amili
        .step("choose an id that is free")
        .post("/creditors", &body)
        .answer()?;
    if answer.status() == 422 && answer.names("_id").is_ok() {
        // Whether a client may choose at all is an open question.
        let because = "the target chooses the ids of new documents itself";
        return Err(Stop::NotObservable(because.to_owned()));
    }
    answer.has_status(201)?;
    answer.holds("/_id", &free)?;
    let free = Captured::from(free.as_str());
    let shown = given::read(amili, "/creditors", &free)?;
    shown.holds("/name", &body["name"])?;
    given::groups_of(amili, &free)?;
    taken(amili, "/creditors", bodies::active_creditor(amili)?, &free)?;
    given::read(amili, "/creditors", &free)?.holds("/name", &body["name"])?;
    let made = given::creditor(amili)?;
    taken(amili, "/creditors", bodies::active_creditor(amili)?, &made)?;
    let groups = given::groups_of(amili, &made)?;
    let user = given::user(amili, &[&groups.user])?;
    let body = bodies::user(amili, &[&groups.user])?;
    taken(amili, "/users", body, &user)
}

fn taken(amili: &Client, resource: &str, body: Value, id: &Captured) -> Outcome {
    let body = with(body, "_id", json!(id));
    let answer = amili
        .step("choose an id that is taken")
        .post(resource, &body)
        .expect_refusal(409)?;
    forms::refusal(&answer, 409)?;
    given::absent(amili, resource, &body)?;
    let body = without(body, &["_id"]);
    given::created(amili, "choose no id", resource, &body)?;
    Ok(())
}
