//! The walk-through of both guides, with the bodies that they print.

use serde_json::{Value, json};

use super::{bodies, forms, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Outcome, Stop};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/walk-through",
    proves: &[
        "amili.write.created",
        "amili.access-group.on-creation",
        "amili.access-group.account-level",
        "amili.query.where",
        "amili.list.meta",
        "amili.user.group-decides",
    ],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let account = amili.account()?;
    let creditor = create_a_creditor(amili, &account)?;
    let groups = retrieve_access_groups(amili, &account, &creditor)?;
    for (step, group) in [
        ("3. create a creditor admin", &groups.admin),
        ("4. create a creditor user", &groups.user),
    ] {
        let body = person(amili, &account, group);
        let answer = amili.step(step).post("/users", &body).expect(201)?;
        forms::creation(&answer)?;
        let user = given::read(amili, "/users", &answer.capture("user", "/_id")?)?;
        for field in ["account", "name", "email_data", "is_enabled", "oauth_type"] {
            user.holds(&format!("/{field}"), &body[field])?;
        }
        user.holds("/email_oauth", &body["email_oauth"])?;
        user.holds("/data_access", &body["data_access"])?;
    }
    Ok(())
}

fn create_a_creditor(amili: &Client, account: &str) -> Result<Captured, Stop> {
    let body = json!({
        "account": account,
        "name": amili.unique(),
        "organization_no": amili.unique_number(),
        "is_active": true,
        "standard_debt_description": "Standard skuldbeskrivning på Konto",
        "description": "Testing",
        "sender_address": bodies::address(),
        "invoice_address": bodies::address(),
        "payout_details": { "sek": { "bankgiro": "12312312" } },
    });
    let answer = amili
        .step("1. create a creditor")
        .post("/creditors", &body)
        .expect(201)?;
    forms::creation(&answer)?;
    let creditor = answer.capture("creditor", "/_id")?;
    let shown = given::read(amili, "/creditors", &creditor)?;
    for (field, sent) in body.as_object().into_iter().flatten() {
        shown.holds(&format!("/{field}"), sent)?;
    }
    Ok(creditor)
}

fn retrieve_access_groups(
    amili: &Client,
    account: &str,
    creditor: &Captured,
) -> Result<given::Groups, Stop> {
    let list = amili
        .step("2. retrieve the access groups of the account")
        .get("/access--groups")
        .query("where", json!({ "account": account }))
        .expect(200)?;
    list.satisfies("groups of this account alone", |body| {
        let items = body["_items"].as_array();
        items.is_some_and(|items| items.iter().all(|item| item["account"] == *account))
    })?;
    if amili.on_mock() {
        // A fresh space holds what the guide's account held.
        let types = ["account_admin", "api_user", "admin", "user"];
        list.holds_in_order("/_items/*/type", types)?;
        list.holds(
            "/_meta",
            json!({ "page": 1, "max_results": 25, "total": 4 }),
        )?;
    }
    given::groups_of(amili, creditor)
}

fn person(amili: &Client, account: &str, group: &Captured) -> Value {
    let email = amili.unique_email();
    json!({
        "account": account,
        "name": amili.unique(),
        "email_data": { "email": email },
        "is_enabled": true,
        "oauth_type": "google",
        "email_oauth": email,
        "data_access": [{ "access_group": group }],
    })
}
