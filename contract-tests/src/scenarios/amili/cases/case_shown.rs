//! A new case begins initializing and shows the names of its creditor and of the customer made with it.

use serde_json::json;

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::{bodies, given};
use crate::verdict::Outcome;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/case-shown",
    proves: &[
        "amili.case.begins-initializing",
        "amili.case.shows-names",
        "amili.customer.by-registration",
    ],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let owner = bodies::active_creditor(amili)?;
    let creditor = given::created(amili, "create a creditor", "/creditors", &owner)?;
    let (case, body) = scene::registered(amili, &creditor)?;
    let said = &body["customer"];
    let shown = given::read(amili, "/cases", &case)?;
    // A sandbox may have moved on already; where it began does not change.
    shown.holds("/state_history/0/state", "initializing")?;
    shown.satisfies("the last state of the history as the state", |case| {
        let history = case["state_history"].as_array();
        history
            .and_then(|history| history.last())
            .is_some_and(|last| last["state"] == case["state"])
    })?;
    if amili.on_mock()
        || shown
            .at("/state")
            .is_some_and(|state| state == "initializing")
    {
        shown.holds("/state", "initializing")?;
        shown.holds("/status", "initialized")?;
        shown.holds("/customer_status", "initialized")?;
    }
    shown.holds("/currency", "SEK")?;
    shown.holds("/creditor_name", &owner["name"])?;
    shown.holds("/customer_name", &said["name"])?;
    shown.holds("/customer_id_number", &said["id_number"])?;
    let listed = scene::cases_of(amili, &creditor)?;
    listed.holds_in_order("/_items/*/creditor_name", [&owner["name"]])?;
    listed.holds_in_order("/_items/*/customer_name", [&said["name"]])?;
    let customer = shown.capture("customer", "/customer")?;
    let found = amili
        .step("list the customer")
        .get("/customers")
        .query("where", json!({ "_id": customer }))
        .expect(200)?;
    found.holds_in_order("/_items/*/name", [&said["name"]])?;
    let customer = given::read(amili, "/customers", &customer)?;
    for field in ["name", "id_number", "mobile_number", "email", "address"] {
        customer.holds(&format!("/{field}"), &said[field])?;
    }
    customer.holds("/is_person", false)?;
    customer.holds("/is_active", true)
}
