//! New accounts: a partner makes them, each with its groups and, from `initial_creditor_data`, its first creditor.

use serde_json::{Value, json};

use super::{
    ACTIVATION, FORBIDDEN, NOBODYS_ID, NOT_FOUND, acme_with, all, invalid, plain_creditor, refused,
    refused_without_a_trace, user, with,
};
use crate::guide::{Form, form};
use crate::harness::{Caller, Mock, asking, list};

const PARTNER: &str = "618a851643314ff68dcb8895";
const DATA: &str = "initial_creditor_data";

/// A new account whose first creditor is the guide's with these changes; null takes a member away.
pub(crate) fn account(creditor: Value) -> Value {
    let creditor = with(acme_with(json!({ "account": null })), creditor);
    json!({ "name": "Nytt konto AB", "organization_no": "5566778899", DATA: creditor })
}

/// One whose creditor is to be finished later.
fn unfinished_account() -> Value {
    let absent = ACTIVATION.map(|field| (field.to_owned(), Value::Null));
    let creditor: Value = absent.into_iter().collect();
    account(put(creditor, "is_active", json!(false)))
}

/// The object with another member; its nulls stay nulls.
fn put(mut object: Value, key: &str, value: Value) -> Value {
    object[key] = value;
    object
}

pub(crate) fn partner(mock: &Mock) -> Caller {
    mock.amili("amili-partner")
}

/// What an account has of a resource.
fn of_account(caller: &Caller, resource: &str, account: &str) -> Vec<Value> {
    let wanted = json!({ "account": account }).to_string();
    let listed = caller.get(&asking(&format!("/{resource}"), &[("where", &wanted)]));
    list(&listed.expect(200).json(), "/_items").to_vec()
}

fn keys(object: &Value) -> Vec<&str> {
    let object = object.as_object().unwrap();
    object.keys().map(String::as_str).collect()
}

/// That the partner is refused this account for these problems, and nothing is stored.
#[track_caller]
fn check(body: &Value, rule: &str, problems: &[(&str, &str)]) {
    let mock = Mock::start();
    refused_without_a_trace(
        &mock,
        || partner(&mock).post("/accounts", body),
        |answer| {
            invalid(answer, problems);
            assert_eq!(answer.rule(), Some(rule));
        },
    );
}

#[test]
fn a_new_account_is_answered_with_the_five_keys_and_its_place() {
    let mock = Mock::at_guide_time();
    let answer = partner(&mock)
        .post("/accounts", &account(json!({})))
        .expect(201);
    let body = answer.json();
    assert_eq!(
        keys(&body),
        ["_updated", "_created", "_etag", "_id", "_status"]
    );
    assert_eq!(body["_created"], "Tue, 11 Nov 2025 12:22:34 GMT");
    assert_eq!(form(&answer.text_at("/_etag")), Form::Hex(40));
    let place = format!("{}/accounts/{}", mock.base_url(), answer.id());
    assert_eq!(answer.header("location"), Some(place.as_str()));
}

#[test]
fn a_new_account_shows_its_fields_and_not_the_data_of_its_creditor() {
    let mock = Mock::start();
    let sent = account(json!({}));
    let id = partner(&mock).post("/accounts", &sent).expect(201).id();
    let shown = partner(&mock).get(&format!("/accounts/{id}")).expect(200);
    let shown = shown.json();
    for field in ["name", "organization_no"] {
        assert_eq!(shown[field], sent[field]);
    }
    assert_eq!(shown.get(DATA), None);
    assert_eq!(all(&partner(&mock), "accounts"), [shown]);
    assert!(!mock.state().to_string().contains(DATA));
}

#[test]
fn a_new_account_brings_its_groups_then_its_creditor_with_that_creditors_own() {
    let mock = Mock::start();
    let id = partner(&mock)
        .post("/accounts", &account(json!({})))
        .expect(201)
        .id();
    let creditors = of_account(&partner(&mock), "creditors", &id);
    assert_eq!(creditors.len(), 1);
    let groups = of_account(&partner(&mock), "access--groups", &id);
    let told: Vec<_> = groups
        .iter()
        .map(|group| (&group["type"], &group["name"], group.get("creditor")))
        .collect();
    let creditor = Some(&creditors[0]["_id"]);
    let [account_admin, api_user, admin, user] =
        ["account_admin", "api_user", "admin", "user"].map(Value::from);
    let expected = [
        (&account_admin, &account_admin, None),
        (&api_user, &api_user, None),
        (&admin, &admin, creditor),
        (&user, &user, creditor),
    ];
    assert_eq!(told, expected);
    let shown = partner(&mock).get(&format!("/accounts/{id}")).json();
    assert!(shown["access_group_template"].is_string());
    for group in &groups {
        assert_eq!(
            group["access_group_template"],
            shown["access_group_template"]
        );
        assert_eq!(group["account_name"], "Nytt konto AB");
    }
    assert_eq!(groups[2]["creditor_name"], "Acme Inc");
}

#[test]
fn the_first_creditor_may_be_complete_and_active_at_once() {
    let mock = Mock::start();
    let sent = account(json!({}));
    let id = partner(&mock).post("/accounts", &sent).expect(201).id();
    let creditor = &of_account(&partner(&mock), "creditors", &id)[0];
    assert_eq!(creditor["is_active"], true);
    for (field, value) in sent[DATA].as_object().unwrap() {
        assert_eq!(&creditor[field], value, "{field}");
    }
}

#[test]
fn the_first_creditor_may_be_inactive_and_finished_later() {
    let mock = Mock::start();
    let id = partner(&mock)
        .post("/accounts", &unfinished_account())
        .expect(201)
        .id();
    let creditor = &of_account(&partner(&mock), "creditors", &id)[0];
    assert_eq!(creditor["is_active"], false);
    for field in ACTIVATION {
        assert_eq!(creditor.get(field), None, "{field}");
    }
    let finished = ACTIVATION.map(|field| (field.to_owned(), acme_with(json!({}))[field].clone()));
    let finished = put(finished.into_iter().collect(), "is_active", json!(true));
    let path = format!("/creditors/{}", creditor["_id"].as_str().unwrap());
    let change = partner(&mock).call("PATCH", &path).json(&finished);
    let etag = creditor["_etag"].as_str().unwrap();
    change.header("if-match", etag).send().expect(200);
    assert_eq!(
        partner(&mock).get(&path).expect(200).json()["is_active"],
        true
    );
}

#[test]
fn a_fault_of_the_first_creditor_refuses_the_account_and_all_it_brings() {
    let activation = "amili.creditor.activation-fields";
    for field in ACTIVATION {
        let place = format!("{DATA}.{field}");
        check(
            &account(json!({ field: null })),
            activation,
            &[(&place, "required field")],
        );
    }
    let required = "amili.body.required-fields";
    check(
        &account(json!({ "name": null })),
        required,
        &[("initial_creditor_data.name", "required field")],
    );
    check(
        &account(json!({ "sender_address": { "city": 1 } })),
        "amili.body.field-types",
        &[(
            "initial_creditor_data.sender_address.city",
            "must be of string type",
        )],
    );
    check(
        &account(json!({ "non_swedish_organization_no": "1" })),
        "amili.creditor.one-organisation-number",
        &[
            (
                "initial_creditor_data.non_swedish_organization_no",
                "'organization_no' must not be present with 'non_swedish_organization_no'",
            ),
            (
                "initial_creditor_data.organization_no",
                "'non_swedish_organization_no' must not be present with 'organization_no'",
            ),
        ],
    );
}

#[test]
fn the_data_is_needed_and_is_an_object() {
    let body = |data: Value| put(account(json!({})), DATA, data);
    let mut without = account(json!({}));
    without.as_object_mut().unwrap().shift_remove(DATA);
    let rule = "amili.account.first-creditor";
    check(&without, rule, &[(DATA, "required field")]);
    let types = "amili.body.field-types";
    for other in [json!("x"), json!(5), json!([])] {
        check(&body(other), types, &[(DATA, "must be of dict type")]);
    }
    check(
        &body(Value::Null),
        types,
        &[(DATA, "null value not allowed")],
    );
    let required = "amili.body.required-fields";
    let name = [("initial_creditor_data.name", "required field")];
    check(&body(json!({})), required, &name);
}

#[test]
fn faults_of_the_account_and_of_its_creditor_are_told_together() {
    let mut body = account(json!({ "name": null, "colour": "red" }));
    body.as_object_mut().unwrap().shift_remove("name");
    let problems = [
        ("initial_creditor_data.colour", "unknown field"),
        ("initial_creditor_data.name", "required field"),
        ("name", "required field"),
    ];
    check(&body, "amili.body.required-fields", &problems);
    let mut nothing = json!({});
    nothing["description"] = json!(5);
    let problems = [
        ("description", "must be of string type"),
        (DATA, "required field"),
        ("name", "required field"),
    ];
    check(&nothing, "amili.account.first-creditor", &problems);
}

#[test]
fn the_account_of_the_first_creditor_is_not_the_clients_to_say() {
    let mock = Mock::start();
    refused_without_a_trace(
        &mock,
        || partner(&mock).post("/accounts", &account(json!({ "account": NOBODYS_ID }))),
        |answer| {
            invalid(
                answer,
                &[("initial_creditor_data.account", "unknown field")],
            )
        },
    );
}

#[test]
fn dotted_keys_of_the_data_are_unfolded() {
    let mock = Mock::start();
    let body = json!({ "name": "Nytt konto AB", "initial_creditor_data.name": "Acme Inc" });
    let id = partner(&mock).post("/accounts", &body).expect(201).id();
    let creditors = of_account(&partner(&mock), "creditors", &id);
    assert_eq!(creditors[0]["name"], "Acme Inc");
    assert!(!mock.state().to_string().contains(DATA));
}

#[test]
fn only_a_partner_creates_accounts() {
    let mock = Mock::start();
    for caller in [
        mock.api_user(),
        mock.amili("amili-account-admin"),
        mock.other_account(),
    ] {
        for body in [account(json!({})), json!({})] {
            refused_without_a_trace(
                &mock,
                || caller.post("/accounts", &body),
                |answer| {
                    refused(answer, 403, FORBIDDEN);
                    assert_eq!(answer.rule(), Some("amili.account.partner-creates"));
                },
            );
        }
    }
    let nobody = mock.anybody().post("/accounts", &account(json!({})));
    assert_eq!(nobody.rule(), Some("amili.auth.token-required"));
}

#[test]
fn a_new_account_is_its_partners_and_nobody_elses() {
    let mock = Mock::start();
    let caller = partner(&mock);
    let id = caller
        .post("/accounts", &account(json!({})))
        .expect(201)
        .id();
    for stranger in [mock.api_user(), mock.other_account()] {
        refused(&stranger.get(&format!("/accounts/{id}")), 404, NOT_FOUND);
        assert!(of_account(&stranger, "creditors", &id).is_empty());
    }
    let second = with(plain_creditor("Bolag"), json!({ "account": id }));
    let second = caller.post("/creditors", &second).expect(201).id();
    assert_eq!(of_account(&caller, "creditors", &id).len(), 2);
    let groups = super::groups_of(&caller, &second);
    let jon = with(user(&[&groups[0]]), json!({ "account": id }));
    caller.post("/users", &jon).expect(201);
}

#[test]
fn a_partner_that_forces_onboarding_has_its_accounts_say_so() {
    for (configuration, told) in [
        (
            json!({ "force_creditor_onboarding": true }),
            Some(json!(true)),
        ),
        (json!({ "force_creditor_onboarding": false }), None),
        (json!({}), None),
    ] {
        let mock = Mock::with_world(|world| {
            world["amili"]["partners"][0]["configuration"] = configuration.clone();
        });
        let id = partner(&mock)
            .post("/accounts", &account(json!({})))
            .expect(201)
            .id();
        let shown = partner(&mock).get(&format!("/accounts/{id}")).json();
        assert_eq!(
            shown.get("enable_creditor_onboarding"),
            told.as_ref(),
            "{configuration}"
        );
    }
}

#[test]
fn an_account_belongs_to_the_partner_that_makes_it() {
    let mock = Mock::start();
    let caller = partner(&mock);
    let own = with(account(json!({})), json!({ "partner": PARTNER }));
    caller.post("/accounts", &own).expect(201);
    for other in [NOBODYS_ID, "x"] {
        let body = with(account(json!({})), json!({ "partner": other }));
        let before = mock.state();
        let answer = caller.post("/accounts", &body);
        assert!(answer.status >= 400, "{other}: {}", answer.text());
        assert_eq!(mock.state(), before);
    }
}

#[test]
fn several_accounts_come_in_one_list_all_or_none() {
    let mock = Mock::start();
    let body = json!([account(json!({})), account(json!({ "name": null }))]);
    refused_without_a_trace(
        &mock,
        || partner(&mock).post("/accounts", &body),
        |answer| {
            let details = json!({ "1.initial_creditor_data.name": "required field" });
            assert_eq!(
                answer.clone().expect(422).json()["_error"]["details"],
                details
            );
        },
    );
    let body = json!([account(json!({})), unfinished_account()]);
    let made = partner(&mock).post("/accounts", &body).expect(201).json();
    let made = list(&made, "/_items");
    assert_eq!(made.len(), 2);
    for account in made {
        let id = account["_id"].as_str().unwrap();
        assert_eq!(of_account(&partner(&mock), "creditors", id).len(), 1);
        assert_eq!(of_account(&partner(&mock), "access--groups", id).len(), 4);
    }
}
