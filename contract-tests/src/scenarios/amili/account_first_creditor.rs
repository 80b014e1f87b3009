//! A new account brings its groups, and its first creditor with that creditor's own; the data is not kept.

use serde_json::{Value, json};

use super::{bodies, forms, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::{with, without};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/account-first-creditor",
    proves: &["amili.account.first-creditor"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let partner = amili.as_role("partner")?;
    for creditor in [
        bodies::inactive_creditor(amili)?,
        bodies::active_creditor(amili)?,
    ] {
        brings_its_creditor(&partner, bodies::account(amili, creditor))?;
    }
    for field in bodies::ACTIVATION_FIELDS {
        let creditor = without(bodies::active_creditor(amili)?, &[field]);
        refused_with(&partner, &bodies::account(amili, creditor), field)?;
    }
    let nameless = without(bodies::inactive_creditor(amili)?, &["name"]);
    refused_with(&partner, &bodies::account(amili, nameless), "name")?;
    let second = json!(amili.unique_number());
    let both = with(
        bodies::inactive_creditor(amili)?,
        "non_swedish_organization_no",
        second,
    );
    let both = bodies::account(amili, both);
    refused_with(&partner, &both, "non_swedish_organization_no")
}

fn brings_its_creditor(partner: &Client, body: Value) -> Outcome {
    let data = &body["initial_creditor_data"];
    let answer = partner
        .step(format!(
            "create an account whose creditor has is_active {}",
            data["is_active"]
        ))
        .post("/accounts", &body)
        .expect(201)?;
    forms::creation(&answer)?;
    let account = answer.capture("account", "/_id")?;
    let shown = given::read(partner, "/accounts", &account)?;
    shown.holds("/name", &body["name"])?;
    shown.lacks("/initial_creditor_data")?;
    let creditors = given::of_account(partner, "/creditors", &account, 1)?;
    for (field, value) in data.as_object().into_iter().flatten() {
        creditors.holds(&format!("/_items/0/{field}"), value)?;
    }
    let creditor = creditors.capture("creditor", "/_items/0/_id")?;
    brings_its_groups(partner, &account, &creditor)
}

fn brings_its_groups(partner: &Client, account: &Captured, creditor: &Captured) -> Outcome {
    let groups = given::of_account(partner, "/access--groups", account, 4)?;
    for kind in ["account_admin", "api_user"] {
        let group = groups.find(kind, &[("type", &Captured::from(kind))])?;
        group.lacks("/creditor")?;
    }
    for kind in ["admin", "user"] {
        let group = groups.find(kind, &[("type", &Captured::from(kind))])?;
        group.holds("/creditor", creditor)?;
    }
    Ok(())
}

/// A creditor with a fault refuses its account, too.
fn refused_with(partner: &Client, body: &Value, field: &str) -> Outcome {
    let answer = partner
        .step(format!(
            "create an account whose creditor has a fault in {field}"
        ))
        .post("/accounts", body)
        .expect_refusal(422)?;
    answer.names(&format!("initial_creditor_data.{field}"))?;
    answer.spares("name")?;
    given::absent(partner, "/accounts", body)?;
    let data = &body["initial_creditor_data"];
    let number = json!({ "organization_no": data["organization_no"] });
    let creditors = partner
        .step("look for the creditor by its organisation number")
        .get("/creditors")
        .query("where", number)
        .expect(200)?;
    creditors.holds("/_items", json!([]))
}
