//! A field takes only values of its type and form.

use serde_json::{Value, json};

use super::{bodies, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/field-types",
    proves: &["amili.body.field-types"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    of_creditors(amili)?;
    let body = bodies::active_creditor(amili)?;
    let creditor = given::created(amili, "write what is right", "/creditors", &body)?;
    of_users(amili)?;
    of_changes(amili, &creditor)?;
    let body = bodies::user(amili, &[])?;
    let groups = given::groups_of(amili, &creditor)?;
    let body = with(
        body,
        "data_access",
        json!([{ "access_group": groups.user }]),
    );
    given::created(amili, "write what is right", "/users", &body)?;
    Ok(())
}

fn of_creditors(amili: &Client) -> Outcome {
    for (field, value, named) in [
        ("name", json!(5), "name"),
        ("name", json!(null), "name"),
        ("name", json!(["x"]), "name"),
        ("account", json!("abc"), "account"),
        ("account", json!(5), "account"),
        ("account", json!(null), "account"),
        ("organization_no", json!(1122334455), "organization_no"),
        ("is_active", json!("yes"), "is_active"),
        ("is_active", json!(2), "is_active"),
        ("description", json!(true), "description"),
        (
            "standard_debt_description",
            json!(5),
            "standard_debt_description",
        ),
        ("sender_address", json!("Redaregatan 50"), "sender_address"),
        (
            "sender_address",
            address_in(json!(1)),
            "sender_address.city",
        ),
        ("invoice_address", json!([]), "invoice_address"),
        (
            "invoice_address",
            address_in(json!(null)),
            "invoice_address.city",
        ),
        ("payout_details", json!("12312312"), "payout_details"),
    ] {
        let body = bodies::active_creditor(amili)?;
        refused(amili, "/creditors", body, field, &value, named)?;
    }
    Ok(())
}

fn of_users(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let groups = given::groups_of(amili, &creditor)?;
    for (field, value, named) in [
        ("name", json!(5), "name"),
        ("account", json!("6662FB1DF4D1EAF404CB08D"), "account"),
        ("email_data", json!("x@example.com"), "email_data"),
        ("email_data", json!({ "email": 5 }), "email_data.email"),
        ("is_enabled", json!("yes"), "is_enabled"),
        ("oauth_type", json!(5), "oauth_type"),
        ("email_oauth", json!(5), "email_oauth"),
        (
            "data_access",
            json!({ "access_group": groups.user }),
            "data_access",
        ),
        ("data_access", json!([groups.user]), "data_access.0"),
        (
            "data_access",
            json!([{ "access_group": "x" }]),
            "data_access.0.access_group",
        ),
        (
            "data_access",
            json!([{ "access_group": 5 }]),
            "data_access.0.access_group",
        ),
    ] {
        let body = bodies::user(amili, &[&groups.user])?;
        refused(amili, "/users", body, field, &value, named)?;
    }
    Ok(())
}

fn of_changes(amili: &Client, creditor: &Captured) -> Outcome {
    let path = format!("/creditors/{creditor}");
    let before = given::read(amili, "/creditors", creditor)?;
    let etag = before.capture("etag", "/_etag")?;
    for (field, value, named) in [
        ("name", json!(5), "name"),
        ("name", json!(null), "name"),
        ("description", json!(true), "description"),
        ("is_active", json!("yes"), "is_active"),
        ("sender_address", json!("Redaregatan"), "sender_address"),
        (
            "sender_address",
            json!({ "city": 5 }),
            "sender_address.city",
        ),
        ("payout_details", json!([]), "payout_details"),
    ] {
        let change = json!({ field: value });
        let answer = amili
            .step(format!("change it by {change}"))
            .patch(&path, &change)
            .if_match(&etag)
            .expect_refusal(422)?;
        answer.names(named)?;
    }
    let after = given::read(amili, "/creditors", creditor)?;
    after.satisfies("the creditor as it was", |body| body == before.value())
}

fn address_in(city: Value) -> Value {
    with(bodies::address(), "city", city)
}

fn refused(
    amili: &Client,
    path: &str,
    body: Value,
    field: &str,
    value: &Value,
    named: &str,
) -> Outcome {
    let body = with(body, field, value.clone());
    let answer = amili
        .step(format!("write to {path} with {field} = {value}"))
        .post(path, &body)
        .expect_refusal(422)?;
    answer.names(named)?;
    match body["name"].is_string() {
        true => given::absent(amili, path, &body),
        false => Ok(()),
    }
}
