//! Creditors: activation, organisation numbers, defaults, and the groups that they bring.

use serde_json::{Value, json};

use super::refused_without_a_trace;
use super::{
    ACTIVATION, FORBIDDEN, NOBODYS_ID, acme, acme_with, all, groups_of, invalid, plain_creditor,
    refused,
};
use crate::harness::{ACCOUNT, Mock, OTHER_ACCOUNT, list};

/// Every way to leave out at least one of the four activation fields.
fn combinations() -> impl Iterator<Item = Vec<&'static str>> {
    (1..1_u8 << ACTIVATION.len()).map(|chosen| {
        let field =
            |(place, field): (usize, &&'static str)| (chosen >> place & 1 == 1).then_some(*field);
        ACTIVATION.iter().enumerate().filter_map(field).collect()
    })
}

fn without(fields: &[&str]) -> Value {
    let mut body = acme();
    for field in fields {
        body.as_object_mut().unwrap().shift_remove(*field);
    }
    body
}

#[test]
fn an_active_creditor_needs_each_of_the_four_fields() {
    let mock = Mock::start();
    let caller = mock.api_user();
    assert_eq!(combinations().count(), 15);
    for missing in combinations() {
        let problems: Vec<_> = missing
            .iter()
            .map(|field| (*field, "required field"))
            .collect();
        refused_without_a_trace(
            &mock,
            || caller.post("/creditors", &without(&missing)),
            |answer| {
                invalid(answer, &sorted(&problems));
                assert_eq!(answer.rule(), Some("amili.creditor.activation-fields"));
            },
        );
        assert!(all(&caller, "creditors").is_empty());
        assert_eq!(
            all(&caller, "access--groups").len(),
            2,
            "the account's own groups"
        );
    }
}

/// Problems come in alphabetical order.
fn sorted<'a>(problems: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut problems = problems.to_vec();
    problems.sort_unstable();
    problems
}

#[test]
fn an_inactive_creditor_needs_none_of_them_and_brings_its_groups_too() {
    let mock = Mock::start();
    let caller = mock.api_user();
    for missing in combinations() {
        let mut body = without(&missing);
        body["is_active"] = json!(false);
        let creditor = caller.post("/creditors", &body).expect(201).id();
        assert_eq!(groups_of(&caller, &creditor).len(), 2);
        let read = caller.get(&format!("/creditors/{creditor}")).json();
        assert_eq!(read["is_active"], false);
    }
}

#[test]
fn a_creditor_is_inactive_when_the_request_does_not_say() {
    let mock = Mock::start();
    let answer = mock
        .api_user()
        .post("/creditors", &plain_creditor("Acme"))
        .expect(201);
    assert!(
        answer
            .all("x-mock-assumption")
            .contains(&"amili.creditor.is-active-default")
    );
    let read = mock
        .api_user()
        .get(&format!("/creditors/{}", answer.id()))
        .json();
    assert_eq!(read["is_active"], false);
}

#[test]
fn payout_details_hold_at_least_one_currency_with_at_least_one_account() {
    let mock = Mock::start();
    for empty in [
        json!({}),
        json!({ "sek": {} }),
        json!({ "sek": {}, "nok": {} }),
    ] {
        let body = acme_with(json!({ "payout_details": empty }));
        refused_without_a_trace(
            &mock,
            || mock.api_user().post("/creditors", &body),
            |answer| {
                invalid(answer, &[("payout_details", "required field")]);
                assert_eq!(answer.rule(), Some("amili.creditor.payout-account"));
            },
        );
    }
    for held in [
        json!({ "sek": { "bankgiro": "12312312" }, "nok": {} }),
        json!({ "nok": { "iban": "NO9386011117947" } }),
    ] {
        let body = acme_with(json!({ "payout_details": held }));
        mock.api_user().post("/creditors", &body).expect(201);
    }
}

#[test]
fn an_inactive_creditor_may_have_empty_payout_details() {
    let mock = Mock::start();
    let body = acme_with(json!({ "is_active": false, "payout_details": {} }));
    mock.api_user().post("/creditors", &body).expect(201);
}

#[test]
fn the_two_organisation_numbers_exclude_each_other() {
    let mock = Mock::start();
    let body = acme_with(json!({ "non_swedish_organization_no": "987654321" }));
    let swedish = "'non_swedish_organization_no' must not be present with 'organization_no'";
    let other = "'organization_no' must not be present with 'non_swedish_organization_no'";
    refused_without_a_trace(
        &mock,
        || mock.api_user().post("/creditors", &body),
        |answer| {
            invalid(
                answer,
                &[
                    ("non_swedish_organization_no", other),
                    ("organization_no", swedish),
                ],
            );
            assert_eq!(
                answer.rule(),
                Some("amili.creditor.one-organisation-number")
            );
        },
    );
}

#[test]
fn either_organisation_number_alone_is_taken_and_neither_is_needed() {
    let mock = Mock::start();
    for (change, kept) in [
        (json!({}), "organization_no"),
        (
            json!({ "organization_no": null, "non_swedish_organization_no": "987654321", "vat_area": "norway" }),
            "non_swedish_organization_no",
        ),
    ] {
        let id = mock
            .api_user()
            .post("/creditors", &acme_with(change))
            .expect(201)
            .id();
        assert!(mock.api_user().get(&format!("/creditors/{id}")).json()[kept].is_string());
    }
    mock.api_user()
        .post("/creditors", &acme_with(json!({ "organization_no": null })))
        .expect(201);
}

#[test]
fn the_account_must_exist() {
    let mock = Mock::start();
    let body = acme_with(json!({ "account": NOBODYS_ID }));
    let message = format!("value '{NOBODYS_ID}' must exist in resource 'accounts', field '_id'.");
    refused_without_a_trace(
        &mock,
        || mock.api_user().post("/creditors", &body),
        |answer| {
            invalid(answer, &[("account", &message)]);
            assert_eq!(answer.rule(), Some("amili.creditor.account-exists"));
        },
    );
}

#[test]
fn nobody_writes_into_an_account_of_others() {
    let mock = Mock::start();
    for (caller, account) in [
        (mock.api_user(), OTHER_ACCOUNT),
        (mock.other_account(), ACCOUNT),
        (mock.amili("amili-partner"), ACCOUNT),
    ] {
        let body = acme_with(json!({ "account": account }));
        refused_without_a_trace(
            &mock,
            || caller.post("/creditors", &body),
            |answer| {
                refused(answer, 403, FORBIDDEN);
                assert_eq!(answer.rule(), Some("amili.scope.foreign-account"));
            },
        );
    }
}

#[test]
fn the_vat_area_is_sweden_unless_another_is_given() {
    let mock = Mock::start();
    let caller = mock.api_user();
    let area = |body: &Value| {
        let id = caller.post("/creditors", body).expect(201).id();
        caller.get(&format!("/creditors/{id}")).json()["case_config"]["vat_area"].clone()
    };
    assert_eq!(area(&plain_creditor("Acme")), "sweden");
    for other in ["sweden", "norway", "denmark", "eu"] {
        assert_eq!(area(&acme_with(json!({ "vat_area": other }))), *other);
    }
    let mars = acme_with(json!({ "vat_area": "mars" }));
    invalid(
        &caller.post("/creditors", &mars),
        &[("vat_area", "unallowed value mars")],
    );
}

#[test]
fn account_and_name_are_required() {
    let mock = Mock::start();
    for (missing, problems) in [
        (
            json!({ "account": null }),
            vec![("account", "required field")],
        ),
        (json!({ "name": null }), vec![("name", "required field")]),
        (
            json!({ "account": null, "name": null }),
            vec![("account", "required field"), ("name", "required field")],
        ),
    ] {
        refused_without_a_trace(
            &mock,
            || mock.api_user().post("/creditors", &acme_with(missing)),
            |answer| {
                invalid(answer, &problems);
                assert_eq!(answer.rule(), Some("amili.body.required-fields"));
            },
        );
    }
}

#[test]
fn every_problem_of_a_creditor_is_told_at_once() {
    let mock = Mock::start();
    let body = json!({ "account": NOBODYS_ID, "is_active": true, "sender_address": { "city": 1 }, "colour": "red" });
    let unknown = format!("value '{NOBODYS_ID}' must exist in resource 'accounts', field '_id'.");
    let problems = [
        ("account", unknown.as_str()),
        ("colour", "unknown field"),
        ("invoice_address", "required field"),
        ("name", "required field"),
        ("payout_details", "required field"),
        ("sender_address.city", "must be of string type"),
        ("standard_debt_description", "required field"),
    ];
    invalid(&mock.api_user().post("/creditors", &body), &problems);
}

#[test]
fn what_the_server_keeps_is_no_clients_to_set() {
    let mock = Mock::start();
    for field in ["creditor_number", "partner", "added_to_erp_system"] {
        let value = if field == "partner" {
            json!(NOBODYS_ID)
        } else {
            json!(1)
        };
        let answer = mock
            .api_user()
            .post("/creditors", &acme_with(json!({ field: value })));
        invalid(&answer, &[(field, "field is read-only")]);
    }
}

#[test]
fn a_read_shows_the_fields_sent_in_the_order_sent_then_the_automatic_ones() {
    let mock = Mock::start();
    let caller = mock.api_user();
    let id = caller.post("/creditors", &acme()).expect(201).id();
    let read = caller.get(&format!("/creditors/{id}")).expect(200).json();
    let keys: Vec<&str> = read
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let sent = acme();
    let mut expected = vec!["_id"];
    expected.extend(sent.as_object().unwrap().keys().map(String::as_str));
    assert_eq!(keys[..expected.len()], expected);
    assert_eq!(keys[keys.len() - 3..], ["_updated", "_created", "_etag"]);
    for (key, value) in acme().as_object().unwrap() {
        assert_eq!(&read[key], value);
    }
    let config = read["case_config"].as_object().unwrap();
    let settings = json!({
        "vat_area": "sweden",
        "commission_excluded_vat": false,
        "payout_capital_by_invoice": true,
        "payout_interest_by_invoice": false,
        "letter_config": {},
    });
    assert_eq!(
        &settings,
        &Value::Object(config.clone()),
        "the documented example of a read"
    );
}

#[test]
fn each_creditor_brings_groups_of_its_own() {
    let mock = Mock::start();
    let caller = mock.api_user();
    let first = caller.post("/creditors", &acme()).expect(201).id();
    let second = caller
        .post("/creditors", &acme_with(json!({ "name": "Bolag" })))
        .expect(201)
        .id();
    let (of_first, of_second) = (groups_of(&caller, &first), groups_of(&caller, &second));
    assert_eq!((of_first.len(), of_second.len()), (2, 2));
    assert!(of_first.iter().all(|id| !of_second.contains(id)));
    let shown = caller.get("/access--groups").json();
    let names: Vec<_> = list(&shown, "/_items")
        .iter()
        .map(|group| {
            (
                group["type"].as_str().unwrap(),
                group["creditor_name"].as_str(),
            )
        })
        .collect();
    let expected = [
        ("account_admin", None),
        ("api_user", None),
        ("admin", Some("Acme Inc")),
        ("user", Some("Acme Inc")),
        ("admin", Some("Bolag")),
        ("user", Some("Bolag")),
    ];
    assert_eq!(names, expected);
}

#[test]
fn after_a_change_both_places_of_the_vat_area_say_the_same() {
    for (change, area) in [
        (json!({ "vat_area": "denmark" }), "denmark"),
        (json!({ "case_config": { "vat_area": "eu" } }), "eu"),
    ] {
        let mock = Mock::start();
        let body = json!({ "account": ACCOUNT, "name": "Bolag", "vat_area": "norway" });
        let id = mock.api_user().post("/creditors", &body).expect(201).id();
        let path = format!("/creditors/{id}");
        let etag = mock.api_user().get(&path).text_at("/_etag");
        let call = mock.api_user().call("PATCH", &path);
        call.header("if-match", etag)
            .json(&change)
            .send()
            .expect(200);
        let read = mock.api_user().get(&path).json();
        assert_eq!(
            (&read["vat_area"], &read["case_config"]["vat_area"]),
            (&json!(area), &json!(area))
        );
    }
}
