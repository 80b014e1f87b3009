//! Users: their account, their access groups, their defaults.

use serde_json::{Value, json};

use super::{
    FORBIDDEN, NOBODYS_ID, acme, acme_with, all, groups_of, invalid, refused,
    refused_without_a_trace, user, with,
};
use crate::harness::{ACCOUNT, Mock, OTHER_ACCOUNT};

/// The group `api_user` of the other account.
const FOREIGN_GROUP: &str = "6662fb1df4d1eaf404cb0902";

fn missing_group(id: &str) -> String {
    format!("value '{id}' must exist in resource 'access--groups', field '_id'.")
}

#[test]
fn an_admin_and_a_regular_user_differ_by_their_group_alone() {
    let mock = Mock::start();
    let caller = mock.api_user();
    let creditor = caller.post("/creditors", &acme()).expect(201).id();
    let groups = groups_of(&caller, &creditor);
    let read = |group: &str| {
        let id = caller.post("/users", &user(&[group])).expect(201).id();
        let mut read = caller.get(&format!("/users/{id}")).expect(200).json();
        for automatic in ["_id", "_etag", "_created", "_updated"] {
            read.as_object_mut().unwrap().shift_remove(automatic);
        }
        read
    };
    let (admin, regular) = (read(&groups[0]), read(&groups[1]));
    assert_eq!(admin["data_access"], json!([{ "access_group": groups[0] }]));
    assert_eq!(
        with(admin, json!({ "data_access": null })),
        with(regular, json!({ "data_access": null }))
    );
}

#[test]
fn a_user_may_have_groups_of_several_creditors_of_one_account() {
    let mock = Mock::start();
    let caller = mock.api_user();
    let first = caller.post("/creditors", &acme()).expect(201).id();
    let second = caller
        .post("/creditors", &acme_with(json!({ "name": "Bolag" })))
        .expect(201)
        .id();
    let groups = [groups_of(&caller, &first), groups_of(&caller, &second)].concat();
    let all: Vec<&str> = groups.iter().map(String::as_str).collect();
    let body = user(&all);
    let id = caller.post("/users", &body).expect(201).id();
    let read = caller.get(&format!("/users/{id}")).expect(200).json();
    assert_eq!(read["data_access"], body["data_access"]);
}

#[track_caller]
fn check_group(group: &str, message: &str, rule: &str) {
    let mock = Mock::start();
    refused_without_a_trace(
        &mock,
        || mock.api_user().post("/users", &user(&[group])),
        |answer| {
            invalid(answer, &[("data_access.0.access_group", message)]);
            assert_eq!(answer.rule(), Some(rule));
        },
    );
    assert_eq!(
        all(&mock.api_user(), "users").len(),
        2,
        "the users of the world"
    );
}

#[test]
fn an_access_group_must_exist() {
    check_group(
        NOBODYS_ID,
        &missing_group(NOBODYS_ID),
        "amili.user.access-group-exists",
    );
}

#[test]
fn an_access_group_must_belong_to_the_users_account() {
    check_group(
        FOREIGN_GROUP,
        &missing_group(FOREIGN_GROUP),
        "amili.user.group-of-own-account",
    );
}

#[test]
fn an_access_group_must_be_an_id() {
    check_group(
        "admin",
        "must be of objectid type",
        "amili.body.field-types",
    );
}

#[test]
fn each_bad_group_of_a_list_is_told_at_its_place() {
    let mock = Mock::start();
    let own = all(&mock.api_user(), "access--groups")[0]["_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let body = user(&[&own, NOBODYS_ID, "x", FOREIGN_GROUP]);
    let problems = [
        ("data_access.1.access_group", missing_group(NOBODYS_ID)),
        (
            "data_access.2.access_group",
            "must be of objectid type".to_owned(),
        ),
        ("data_access.3.access_group", missing_group(FOREIGN_GROUP)),
    ];
    let problems: Vec<(&str, &str)> = problems
        .iter()
        .map(|(place, text)| (*place, text.as_str()))
        .collect();
    invalid(&mock.api_user().post("/users", &body), &problems);
}

#[test]
fn the_account_must_exist_and_be_the_callers() {
    let mock = Mock::start();
    let unknown = with(user(&[]), json!({ "account": NOBODYS_ID }));
    let message = format!("value '{NOBODYS_ID}' must exist in resource 'accounts', field '_id'.");
    refused_without_a_trace(
        &mock,
        || mock.api_user().post("/users", &unknown),
        |answer| {
            invalid(answer, &[("account", &message)]);
            assert_eq!(answer.rule(), Some("amili.user.account-exists"));
        },
    );
    let foreign = with(user(&[]), json!({ "account": OTHER_ACCOUNT }));
    refused_without_a_trace(
        &mock,
        || mock.api_user().post("/users", &foreign),
        |answer| {
            refused(answer, 403, FORBIDDEN);
            assert_eq!(answer.rule(), Some("amili.scope.foreign-account"));
        },
    );
}

#[test]
fn account_and_name_are_required() {
    let mock = Mock::start();
    let answer = mock.api_user().post("/users", &json!({}));
    invalid(
        &answer,
        &[("account", "required field"), ("name", "required field")],
    );
    assert_eq!(answer.rule(), Some("amili.body.required-fields"));
}

#[test]
fn a_user_of_a_solicitor_is_no_callers_to_make() {
    let mock = Mock::start();
    let body = json!({ "solicitor": NOBODYS_ID, "name": "Jon Doe" });
    for caller in [mock.api_user(), mock.amili("amili-partner")] {
        refused(&caller.post("/users", &body), 403, FORBIDDEN);
    }
    let both = with(user(&[]), json!({ "solicitor": NOBODYS_ID }));
    mock.api_user().post("/users", &both).expect(403);
    let mock = Mock::assuming("amili.user.owner", "account");
    let answer = mock.api_user().post("/users", &body);
    assert_eq!(
        answer.expect(422).json()["_issues"]["solicitor"],
        "unknown field"
    );
}

#[test]
fn a_user_belongs_to_an_account_or_to_a_partner_and_not_to_both() {
    let mock = Mock::start();
    let partner = "618a851643314ff68dcb8895";
    let of_partner = json!({ "partner": partner, "name": "Jon Doe" });
    mock.amili("amili-partner")
        .post("/users", &of_partner)
        .expect(201);
    let both = with(of_partner, json!({ "account": ACCOUNT }));
    let state = mock.state();
    assert!([403, 422].contains(&mock.amili("amili-partner").post("/users", &both).status));
    assert_eq!(mock.state(), state);
}

#[test]
fn a_user_is_enabled_and_logs_nothing_unless_the_request_says_otherwise() {
    let mock = Mock::start();
    let caller = mock.api_user();
    let read = |body: &Value| {
        let id = caller.post("/users", body).expect(201).id();
        caller.get(&format!("/users/{id}")).expect(200).json()
    };
    let plain = read(&json!({ "account": ACCOUNT, "name": "Jon Doe" }));
    assert_eq!(plain["is_enabled"], true);
    assert_eq!(plain["log_invoice_registrations"], false);
    assert_eq!(plain["log_case_registrations"], false);
    let disabled = read(&json!({ "account": ACCOUNT, "name": "Jon Doe", "is_enabled": false }));
    assert_eq!(disabled["is_enabled"], false);
}

#[test]
fn the_ways_to_sign_in_are_stored_as_sent() {
    let mock = Mock::start();
    let body = with(
        user(&[]),
        json!({
            "email_data": { "email": "jon.doe@google.com" },
            "oauth_type": "google",
            "email_oauth": "jon.doe@google.com",
        }),
    );
    let id = mock.api_user().post("/users", &body).expect(201).id();
    let read = mock.api_user().get(&format!("/users/{id}")).json();
    for (key, value) in body.as_object().unwrap() {
        assert_eq!(&read[key], value, "{key}");
    }
}

#[test]
fn one_address_may_sign_in_as_two_users() {
    let mock = Mock::start();
    let body = with(
        user(&[]),
        json!({ "oauth_type": "google", "email_oauth": "jon.doe@google.com" }),
    );
    mock.api_user().post("/users", &body).expect(201);
    mock.api_user().post("/users", &body).expect(201);
}
