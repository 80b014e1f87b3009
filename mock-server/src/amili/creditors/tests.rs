//! Decisions on new creditors, in the built-in world: the fields that change the guide's body, and what comes of it.

use std::sync::Arc;

use bson::oid::ObjectId;
use serde_json::{Value, json};

use super::decide;
use crate::amili::eve::normalise;
use crate::amili::refusal::Refusal;
use crate::amili::store::{Change, Store};
use crate::amili::world;
use crate::catalogue::DEFAULT_WORLD;
use crate::platform::ids::Ids;
use crate::platform::moment::{Moment, Trace};

/// The API user of the account, and that of another account.
const CALLER: &str = "6662fb1df4d1eaf404cb08e2";
const STRANGER: &str = "6662fb1df4d1eaf404cb0903";

fn store() -> Store {
    let world: Value = serde_json::from_str(DEFAULT_WORLD).unwrap();
    world::open(&world["amili"]).unwrap()
}

fn moment() -> Moment {
    let now = "2025-11-11T12:22:34Z".parse().unwrap();
    Moment::new(now, Ids::from_seed(1), Trace::new(Arc::default()))
}

/// The guide's creditor with other fields; null takes one away.
fn acme(changes: &Value) -> Value {
    let address = json!({ "address_line_1": "Redaregatan 50", "zip_code": "25236", "city": "Helsingborg", "country": "SE" });
    let mut body = json!({
        "account": "6662fb1df4d1eaf404cb08de",
        "name": "Acme Inc",
        "organization_no": "1122334455",
        "is_active": true,
        "standard_debt_description": "Standard skuldbeskrivning på Konto",
        "sender_address": address,
        "invoice_address": address,
        "payout_details": { "sek": { "bankgiro": "12312312" } },
    });
    for (key, value) in changes.as_object().unwrap() {
        if value.is_null() {
            body.as_object_mut().unwrap().shift_remove(key);
        } else {
            body[key] = value.clone();
        }
    }
    body
}

fn create(caller: &str, changes: &Value) -> Result<Change, Refusal> {
    let caller = ObjectId::parse_str(caller).unwrap();
    let body = normalise::document(acme(changes).as_object().unwrap().clone());
    decide::create(&store(), &mut moment(), caller, body)
}

/// What is decided: the documents made, or the fields refused with their problems.
#[track_caller]
fn check(changes: &Value, expected: Result<&[&str], &[(&str, &str)]>) {
    match (create(CALLER, changes), expected) {
        (Ok(change), Ok(made)) => {
            let names: Vec<&str> = change
                .inserts
                .iter()
                .map(|(resource, _)| *resource)
                .collect();
            assert_eq!(names, made, "{changes}");
        }
        (Err(Refusal::Invalid { issues, .. }), Err(problems)) => {
            let details = issues.to_details();
            let told: Vec<(&str, &str)> = details
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str().unwrap()))
                .collect();
            assert_eq!(told, problems, "{changes}");
        }
        (outcome, _) => panic!("{changes}: {outcome:?}"),
    }
}

const MADE: &[&str] = &["creditors", "access--groups", "access--groups"];

#[test]
fn an_active_creditor_holds_the_activation_fields() {
    check(&json!({}), Ok(MADE));
    for field in [
        "payout_details",
        "sender_address",
        "invoice_address",
        "standard_debt_description",
    ] {
        check(&json!({ field: null }), Err(&[(field, "required field")]));
        check(&json!({ field: null, "is_active": false }), Ok(MADE));
        check(&json!({ field: null, "is_active": null }), Ok(MADE));
    }
}

#[test]
fn payout_details_without_an_account_are_none() {
    for empty in [
        json!({}),
        json!({ "sek": {} }),
        json!({ "sek": {}, "nok": {} }),
    ] {
        check(
            &json!({ "payout_details": empty }),
            Err(&[("payout_details", "required field")]),
        );
    }
    check(
        &json!({ "payout_details": { "sek": {}, "nok": { "iban": "NO93" } } }),
        Ok(MADE),
    );
}

#[test]
fn one_organisation_number_excludes_the_other() {
    check(
        &json!({ "non_swedish_organization_no": "1" }),
        Err(&[
            (
                "non_swedish_organization_no",
                "'organization_no' must not be present with 'non_swedish_organization_no'",
            ),
            (
                "organization_no",
                "'non_swedish_organization_no' must not be present with 'organization_no'",
            ),
        ]),
    );
    check(
        &json!({ "organization_no": null, "non_swedish_organization_no": "1" }),
        Ok(MADE),
    );
    check(&json!({ "organization_no": null }), Ok(MADE));
}

#[test]
fn problems_of_every_kind_are_told_together() {
    check(
        &json!({ "name": null, "colour": "red", "sender_address": 5, "invoice_address": null }),
        Err(&[
            ("colour", "unknown field"),
            ("invoice_address", "required field"),
            ("name", "required field"),
            ("sender_address", "must be of dict type"),
        ]),
    );
}

#[test]
fn the_groups_of_a_creditor_name_it_and_its_account() {
    let change = create(CALLER, &json!({})).unwrap();
    let id = change.created_id();
    for ((_, group), kind) in change.inserts[1..].iter().zip(["admin", "user"]) {
        let named = |field: &str| group.get_object_id(field).unwrap().to_hex();
        assert_eq!(named("creditor"), id.to_hex());
        assert_eq!(named("account"), "6662fb1df4d1eaf404cb08de");
        assert_eq!(named("access_group_template"), "65a961d89cbd399b9a0c7693");
        assert_eq!(
            (
                group.get_str("type").unwrap(),
                group.get_str("name").unwrap()
            ),
            (kind, kind)
        );
    }
}

#[test]
fn a_stranger_to_the_account_is_refused_before_the_fields_are() {
    for changes in [json!({}), json!({ "name": null })] {
        let outcome = create(STRANGER, &changes);
        assert!(
            matches!(outcome, Err(Refusal::ForeignOwner(_))),
            "{outcome:?}"
        );
    }
}

#[test]
fn a_caller_that_is_no_user_is_no_caller() {
    let outcome = create("0123456789abcdef01234567", &json!({}));
    assert!(
        matches!(outcome, Err(Refusal::Unauthenticated)),
        "{outcome:?}"
    );
}
