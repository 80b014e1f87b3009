//! Decisions on new accounts, in the built-in world: a body, and what comes of it.

use std::sync::Arc;

use bson::oid::ObjectId;
use serde_json::{Value, json};

use super::decide;
use crate::amili::eve::normalise;
use crate::amili::refusal::Refusal;
use crate::amili::rulebook;
use crate::amili::store::Change;
use crate::amili::world;
use crate::catalogue::DEFAULT_WORLD;
use crate::platform::ids::Ids;
use crate::platform::moment::{Moment, Trace};

/// The partner, and its user.
const PARTNER: &str = "618a851643314ff68dcb8895";
const CALLER: &str = "618a851643314ff68dcb8896";
/// Users of an account: its API user and its administrator.
const OWN_USERS: [&str; 2] = ["6662fb1df4d1eaf404cb08e2", "6662fb1df4d1eaf404cb08e3"];

fn create(caller: &str, body: &Value) -> Result<Change, Refusal> {
    let world: Value = serde_json::from_str(DEFAULT_WORLD).unwrap();
    let store = world::open(&world["amili"]).unwrap();
    let now = "2025-11-11T12:22:34Z".parse().unwrap();
    let mut moment = Moment::new(now, Ids::from_seed(1), Trace::new(Arc::default()));
    let caller = ObjectId::parse_str(caller).unwrap();
    let body = normalise::document(body.as_object().unwrap().clone());
    decide::create(&store, &mut moment, caller, body)
}

/// What is decided: the resources of the documents made, or the fields refused with their problems.
#[track_caller]
fn check(body: &Value, expected: Result<&[&str], &[(&str, &str)]>) {
    match (create(CALLER, body), expected) {
        (Ok(change), Ok(made)) => {
            let inserts = change.inserts.iter();
            let names: Vec<&str> = inserts.map(|(resource, _)| *resource).collect();
            assert_eq!(names, made, "{body}");
        }
        (Err(Refusal::Invalid { issues, .. }), Err(problems)) => {
            let details = issues.to_details();
            let told: Vec<(&str, &str)> = details
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str().unwrap()))
                .collect();
            assert_eq!(told, problems, "{body}");
        }
        (outcome, _) => panic!("{body}: {outcome:?}"),
    }
}

/// A new account with this data of its first creditor.
fn with_creditor(data: Value) -> Value {
    json!({ "name": "Nytt konto AB", "initial_creditor_data": data })
}

const MADE: &[&str] = &[
    "accounts",
    "access--groups",
    "access--groups",
    "creditors",
    "access--groups",
    "access--groups",
];

#[test]
fn an_account_comes_with_its_groups_its_creditor_and_that_creditors_groups() {
    check(&with_creditor(json!({ "name": "Acme Inc" })), Ok(MADE));
}

#[test]
fn all_that_an_account_brings_names_it() {
    let body = with_creditor(json!({ "name": "Acme Inc" }));
    let change = create(CALLER, &body).unwrap();
    let account = change.created_id();
    let documents: Vec<_> = change
        .inserts
        .iter()
        .map(|(_, document)| document)
        .collect();
    for brought in &documents[1..] {
        assert_eq!(brought.get_object_id("account").unwrap(), account);
    }
    let creditor = documents[3].get_object_id("_id").unwrap();
    let kinds = ["account_admin", "api_user", "admin", "user"];
    let groups = [documents[1], documents[2], documents[4], documents[5]];
    for (place, group) in groups.into_iter().enumerate() {
        assert_eq!(group.get_str("type").unwrap(), kinds[place]);
        let named = group.get_object_id("creditor").ok();
        assert_eq!(named, (place > 1).then_some(creditor));
        let template = documents[0].get("access_group_template");
        assert_eq!(group.get("access_group_template"), template);
    }
}

#[test]
fn an_account_keeps_its_partner_and_not_the_data_of_its_creditor() {
    let body = with_creditor(json!({ "name": "Acme Inc" }));
    let change = create(CALLER, &body).unwrap();
    let account = &change.inserts[0].1;
    let partner = account.get_object_id("partner").unwrap();
    assert_eq!(partner.to_hex(), PARTNER);
    assert!(!account.contains_key("initial_creditor_data"));
}

#[test]
fn the_template_that_a_partner_names_is_that_of_the_groups() {
    let template = "65a961d89cbd399b9a0c7693";
    let mut body = with_creditor(json!({ "name": "Acme Inc" }));
    body["access_group_template"] = json!(template);
    let change = create(CALLER, &body).unwrap();
    for (resource, document) in &change.inserts {
        if *resource != "creditors" {
            let named = document.get_object_id("access_group_template").unwrap();
            assert_eq!(named.to_hex(), template);
        }
    }
}

#[test]
fn the_first_creditor_is_judged_as_any_creditor() {
    check(
        &with_creditor(json!({ "is_active": true, "sender_address": { "city": 1 } })),
        Err(&[
            ("initial_creditor_data.invoice_address", "required field"),
            ("initial_creditor_data.name", "required field"),
            ("initial_creditor_data.payout_details", "required field"),
            (
                "initial_creditor_data.sender_address.city",
                "must be of string type",
            ),
            (
                "initial_creditor_data.standard_debt_description",
                "required field",
            ),
        ]),
    );
    check(
        &with_creditor(json!({ "name": "Acme Inc", "vat_area": "mars" })),
        Err(&[("initial_creditor_data.vat_area", "unallowed value mars")]),
    );
}

#[test]
fn an_account_needs_a_name_and_the_data_of_its_creditor() {
    check(
        &json!({}),
        Err(&[
            ("initial_creditor_data", "required field"),
            ("name", "required field"),
        ]),
    );
    check(
        &json!({ "name": "x", "initial_creditor_data": [] }),
        Err(&[("initial_creditor_data", "must be of dict type")]),
    );
}

#[test]
fn problems_of_the_account_and_of_its_creditor_are_told_together() {
    check(
        &json!({ "colour": "red", "initial_creditor_data": { "colour": "red" } }),
        Err(&[
            ("colour", "unknown field"),
            ("initial_creditor_data.colour", "unknown field"),
            ("initial_creditor_data.name", "required field"),
            ("name", "required field"),
        ]),
    );
}

#[test]
fn the_creditor_names_no_account_of_its_own() {
    let data = json!({ "name": "Acme Inc", "account": "6662fb1df4d1eaf404cb08de" });
    let problem = ("initial_creditor_data.account", "unknown field");
    check(&with_creditor(data), Err(&[problem]));
}

#[test]
fn an_accounts_own_users_create_none() {
    for caller in OWN_USERS {
        for body in [with_creditor(json!({ "name": "Acme Inc" })), json!({})] {
            let outcome = create(caller, &body);
            let rule = &rulebook::PARTNER_CREATES_ACCOUNTS;
            assert_eq!(outcome, Err(Refusal::BeyondRole(rule)));
        }
    }
}

#[test]
fn a_caller_that_is_no_user_is_no_caller() {
    let outcome = create("0123456789abcdef01234567", &json!({}));
    assert_eq!(outcome, Err(Refusal::Unauthenticated));
}
