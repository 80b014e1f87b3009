//! The answers about Amili.

use serde_json::{Value, json};

use super::{Row, row};
use crate::amili::roles::Roles;
use crate::amili::{NOBODYS_ID, acme, acme_with, all, groups_of, plain_creditor, user, with};
use crate::harness::{ACCOUNT, Answer, Mock};

fn post(mock: &Mock, body: &Value) -> Answer {
    mock.api_user().post("/creditors", body)
}

fn nameless(mock: &Mock) -> Answer {
    post(
        mock,
        &json!({ "account": ACCOUNT, "sender_address": { "city": 1 } }),
    )
    .expect(422)
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

fn read(mock: &Mock, path: &str) -> Value {
    mock.api_user().get(path).expect(200).json()
}

/// The path and the etag of a new creditor.
fn made(mock: &Mock, body: &Value) -> (String, String) {
    let answer = post(mock, body).expect(201);
    (
        format!("/creditors/{}", answer.id()),
        answer.text_at("/_etag"),
    )
}

fn unconditional(mock: &Mock) -> Answer {
    let (path, _) = made(mock, &acme());
    mock.api_user()
        .call("PATCH", &path)
        .json(&json!({ "name": "Bolag" }))
        .send()
}

fn delete_unknown(mock: &Mock) -> Answer {
    let path = format!("/creditors/{NOBODYS_ID}");
    mock.api_user()
        .call("DELETE", &path)
        .header("if-match", "x")
        .send()
}

/// A creditor with one organisation number is given the other.
fn second_number(mock: &Mock) -> Answer {
    let (path, etag) = made(mock, &acme());
    let both = json!({ "organization_no": "1", "non_swedish_organization_no": "2" });
    let call = || {
        mock.api_user()
            .call("PATCH", &path)
            .header("if-match", &etag)
    };
    call().json(&both).send().expect(422);
    call()
        .json(&json!({ "non_swedish_organization_no": "2" }))
        .send()
}

/// What is left of the access of a user whose creditor is deleted, beside that deletion's answer.
fn left_after_deletion(mock: &Mock) -> (usize, Answer) {
    let (path, etag) = made(mock, &acme());
    let groups = groups_of(&mock.api_user(), path.trim_start_matches("/creditors/"));
    let id = mock
        .api_user()
        .post("/users", &user(&[&groups[0]]))
        .expect(201)
        .id();
    let answer = mock
        .api_user()
        .call("DELETE", &path)
        .header("if-match", &etag)
        .send()
        .expect(204);
    let left = read(mock, &format!("/users/{id}"));
    (left["data_access"].as_array().unwrap().len(), answer)
}

fn coloured(mock: &Mock) -> Answer {
    post(mock, &acme_with(json!({ "colour": "red" })))
}

fn twice(mock: &Mock) -> Answer {
    post(mock, &acme()).expect(201);
    post(mock, &acme_with(json!({ "name": "Bolag" })))
}

fn signing_in_twice(mock: &Mock) -> Answer {
    let body = with(
        user(&[]),
        json!({ "oauth_type": "google", "email_oauth": "jon.doe@google.com" }),
    );
    mock.api_user()
        .post(
            "/users",
            &with(
                body.clone(),
                json!({ "data_access": [{ "access_group": own_group(mock) }] }),
            ),
        )
        .expect(201);
    mock.api_user().post("/users", &body)
}

/// A group of the caller's account.
fn own_group(mock: &Mock) -> String {
    all(&mock.api_user(), "access--groups")[0]["_id"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn groupless(mock: &Mock) -> Answer {
    let mut body = user(&[]);
    body.as_object_mut().unwrap().shift_remove("data_access");
    mock.api_user().post("/users", &body)
}

fn repeated(mock: &Mock) -> Answer {
    let group = own_group(mock);
    mock.api_user().post("/users", &user(&[&group, &group]))
}

/// How others read a creditor: how many they list, and the answer to its path.
fn read_by_others(mock: &Mock) -> (usize, Answer) {
    let (path, _) = made(mock, &acme());
    (
        all(&mock.other_account(), "creditors").len(),
        mock.other_account().get(&path),
    )
}

pub(super) const ROWS: &[Row] = &[
    row("amili.errors.shape", "both", |mock| {
        let answer = nameless(mock);
        let body = answer.json();
        let details =
            json!({ "name": "required field", "sender_address.city": "must be of string type" });
        assert_eq!(body["_error"]["details"], details);
        assert_eq!(
            body["_issues"]["sender_address"],
            json!({ "city": "must be of string type" })
        );
        answer
    }),
    row("amili.errors.shape", "documented", |mock| {
        let answer = nameless(mock);
        let body = answer.json();
        assert_eq!(keys(&body), ["_status", "_error"]);
        assert_eq!(keys(&body["_error"]), ["code", "message", "details"]);
        answer
    }),
    row("amili.errors.shape", "framework", |mock| {
        let answer = nameless(mock);
        let body = answer.json();
        assert_eq!(keys(&body), ["_status", "_issues", "_error"]);
        assert_eq!(keys(&body["_error"]), ["code", "message"]);
        answer
    }),
    row("amili.patch.if-match", "required", |mock| {
        unconditional(mock).expect(428)
    }),
    row("amili.patch.if-match", "optional", |mock| {
        let (path, _) = made(mock, &acme());
        let wrong = mock
            .api_user()
            .call("PATCH", &path)
            .header("if-match", "x")
            .json(&json!({}));
        wrong.send().expect(412);
        mock.api_user().call("DELETE", &path).send().expect(204);
        unconditional(mock).expect(200)
    }),
    row("amili.delete.unknown", "204", |mock| {
        delete_unknown(mock).expect(204)
    }),
    row("amili.delete.unknown", "404", |mock| {
        delete_unknown(mock).expect(404)
    }),
    row("amili.patch.organisation-numbers", "merged", |mock| {
        second_number(mock).expect(422)
    }),
    row("amili.patch.organisation-numbers", "sent-only", |mock| {
        second_number(mock).expect(200)
    }),
    row("amili.delete.user-access", "dropped", |mock| {
        let (left, answer) = left_after_deletion(mock);
        assert_eq!(left, 0);
        answer
    }),
    row("amili.delete.user-access", "kept", |mock| {
        let (left, answer) = left_after_deletion(mock);
        assert_eq!(left, 1);
        answer
    }),
    row("amili.body.unknown-field", "refused", |mock| {
        let answer = coloured(mock).expect(422);
        assert_eq!(
            answer.json()["_error"]["details"],
            json!({ "colour": "unknown field" })
        );
        answer
    }),
    row("amili.body.unknown-field", "kept", |mock| {
        let answer = coloured(mock).expect(201);
        assert_eq!(
            read(mock, &format!("/creditors/{}", answer.id()))["colour"],
            "red"
        );
        answer
    }),
    row("amili.creditor.is-active-default", "inactive", |mock| {
        let answer = post(mock, &plain_creditor("Acme")).expect(201);
        assert_eq!(
            read(mock, &format!("/creditors/{}", answer.id()))["is_active"],
            false
        );
        answer
    }),
    row("amili.creditor.is-active-default", "active", |mock| {
        post(mock, &plain_creditor("Acme")).expect(422);
        post(mock, &acme_with(json!({ "is_active": false }))).expect(201);
        let answer = post(mock, &acme_with(json!({ "is_active": null }))).expect(201);
        assert_eq!(
            read(mock, &format!("/creditors/{}", answer.id()))["is_active"],
            true
        );
        answer
    }),
    row(
        "amili.creditor.organisation-number-required",
        "optional",
        |mock| post(mock, &plain_creditor("Acme")).expect(201),
    ),
    row(
        "amili.creditor.organisation-number-required",
        "required",
        |mock| {
            post(mock, &acme()).expect(201);
            let answer = post(mock, &plain_creditor("Acme")).expect(422);
            let details = json!({ "non_swedish_organization_no": "required field", "organization_no": "required field" });
            assert_eq!(answer.json()["_error"]["details"], details);
            answer
        },
    ),
    row(
        "amili.creditor.duplicate-organisation-number",
        "allowed",
        |mock| twice(mock).expect(201),
    ),
    row(
        "amili.creditor.duplicate-organisation-number",
        "refused",
        |mock| {
            let answer = twice(mock).expect(422);
            let details = json!({ "organization_no": "value '1122334455' is not unique" });
            assert_eq!(answer.json()["_error"]["details"], details);
            answer
        },
    ),
    row("amili.user.duplicate-email-oauth", "allowed", |mock| {
        signing_in_twice(mock).expect(201)
    }),
    row("amili.user.duplicate-email-oauth", "refused", |mock| {
        let answer = signing_in_twice(mock).expect(422);
        let details = json!({ "email_oauth": "value 'jon.doe@google.com' is not unique" });
        assert_eq!(answer.json()["_error"]["details"], details);
        answer
    }),
    row("amili.user.empty-data-access", "allowed", |mock| {
        mock.api_user().post("/users", &user(&[])).expect(201);
        groupless(mock).expect(201)
    }),
    row("amili.user.empty-data-access", "refused", |mock| {
        let empty = mock.api_user().post("/users", &user(&[])).expect(422);
        assert_eq!(
            empty.json()["_error"]["details"],
            json!({ "data_access": "empty values not allowed" })
        );
        let absent = groupless(mock).expect(422);
        assert_eq!(
            absent.json()["_error"]["details"],
            json!({ "data_access": "required field" })
        );
        absent
    }),
    row("amili.user.repeated-group", "kept", |mock| {
        let answer = repeated(mock).expect(201);
        assert_eq!(
            read(mock, &format!("/users/{}", answer.id()))["data_access"]
                .as_array()
                .unwrap()
                .len(),
            2
        );
        answer
    }),
    row("amili.user.repeated-group", "refused", |mock| {
        let answer = repeated(mock).expect(422);
        assert_eq!(
            keys(&answer.json()["_error"]["details"]),
            ["data_access.1.access_group"]
        );
        answer
    }),
    row("amili.scope.foreign-read", "invisible", |mock| {
        let (listed, item) = read_by_others(mock);
        assert_eq!(listed, 0);
        item.expect(404)
    }),
    row("amili.scope.foreign-read", "visible", |mock| {
        let (listed, item) = read_by_others(mock);
        assert_eq!(listed, 1);
        item.expect(200)
    }),
    row("amili.scope.foreign-read", "forbidden", |mock| {
        let (listed, item) = read_by_others(mock);
        assert_eq!(listed, 0);
        item.expect(403)
    }),
    row("amili.scope.creditor-reads", "creditor", |mock| {
        let roles = Roles::on(mock.clone());
        let regular = roles.regular();
        regular
            .get(&format!("/creditors/{}", roles.other))
            .expect(404);
        let listed = regular.get("/creditors").expect(200);
        assert_eq!(listed.json()["_meta"]["total"], 1);
        listed
    }),
    row("amili.scope.creditor-reads", "account", |mock| {
        let roles = Roles::on(mock.clone());
        let regular = roles.regular();
        regular
            .get(&format!("/creditors/{}", roles.other))
            .expect(200);
        let listed = regular.get("/creditors").expect(200);
        assert_eq!(listed.json()["_meta"]["total"], 2);
        listed
    }),
];
