//! Changes and deletions of creditors: etags, merging, activation, what goes with a creditor.

use serde_json::{Value, json};

use super::{
    ACTIVATION, BAD_REQUEST, NOBODYS_ID, NOT_FOUND, acme, acme_with, all, groups_of,
    plain_creditor, refused, refused_without_a_trace, user,
};
use crate::guide::{Form, form};
use crate::harness::{Answer, Call, Mock, OTHER_ACCOUNT};

const NO_ETAG: &str = "To edit a document its etag must be provided using the If-Match header";
const OTHER_ETAG: &str = "Client and server etags don't match";
const IMMUTABLE: &str = "Attempt to update an immutable field. Usually happens when PATCH or PUT include a '_id' field, which is immutable (PUT can include it as long as it is unchanged).";

/// A mock with one creditor, and that creditor's path.
fn with_creditor(body: &Value) -> (Mock, String) {
    let mock = Mock::at_guide_time();
    let id = mock.api_user().post("/creditors", body).expect(201).id();
    (mock, format!("/creditors/{id}"))
}

fn read(mock: &Mock, path: &str) -> Value {
    mock.api_user().get(path).expect(200).json()
}

fn etag(mock: &Mock, path: &str) -> String {
    read(mock, path)["_etag"].as_str().unwrap().to_owned()
}

/// A call under the document's present etag.
fn current(mock: &Mock, method: &str, path: &str) -> Call {
    mock.api_user()
        .call(method, path)
        .header("if-match", etag(mock, path))
}

fn change(mock: &Mock, path: &str, body: &Value) -> Answer {
    current(mock, "PATCH", path).json(body).send()
}

/// A failed change tells its problems beside the status alone, as the framework does.
#[track_caller]
fn problem(answer: &Answer, field: &str, message: &str) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert_eq!(
        answer.json()["_issues"][field],
        message,
        "{}",
        answer.text()
    );
}

#[test]
fn a_change_answers_the_automatic_keys_and_moves_date_and_etag() {
    let (mock, path) = with_creditor(&acme());
    let before = read(&mock, &path);
    mock.anybody()
        .put("/_mock/clock", &json!({ "advance_seconds": 60 }))
        .expect(200);
    let answer = change(&mock, &path, &json!({ "description": "Other" })).expect(200);
    let body = answer.json();
    let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["_id", "_updated", "_created", "_etag", "_status"]);
    assert_eq!(body["_created"], before["_created"]);
    assert_eq!(body["_updated"], "Tue, 11 Nov 2025 12:23:34 GMT");
    let etag = body["_etag"].as_str().unwrap();
    assert!(etag != before["_etag"] && form(etag) == Form::Hex(40));
    assert_eq!(answer.header("etag"), Some(format!("\"{etag}\"").as_str()));
    let after = read(&mock, &path);
    assert_eq!(
        (&after["description"], &after["_etag"]),
        (&json!("Other"), &body["_etag"])
    );
}

#[test]
fn a_change_needs_the_documents_etag() {
    let (mock, path) = with_creditor(&acme());
    let old = etag(&mock, &path);
    change(&mock, &path, &json!({})).expect(200);
    let body = json!({ "description": "Other" });
    for absent in [None, Some("")] {
        let call = mock.api_user().call("PATCH", &path).json(&body);
        let call = if let Some(value) = absent {
            call.header("if-match", value)
        } else {
            call
        };
        refused_without_a_trace(
            &mock,
            || call.send(),
            |answer| refused(answer, 428, NO_ETAG),
        );
    }
    for other in [old.as_str(), "*", "x"] {
        let call = mock
            .api_user()
            .call("PATCH", &path)
            .json(&body)
            .header("if-match", other);
        refused_without_a_trace(
            &mock,
            || call.send(),
            |answer| {
                refused(answer, 412, OTHER_ETAG);
                assert_eq!(answer.rule(), Some("amili.write.etag-current"));
            },
        );
    }
    for quoted in [
        |tag| format!("\"{tag}\""),
        |tag| format!("W/\"{tag}\""),
        |tag: String| tag,
    ] {
        let tag = quoted(etag(&mock, &path));
        mock.api_user()
            .call("PATCH", &path)
            .json(&body)
            .header("if-match", tag)
            .send()
            .expect(200);
    }
}

#[test]
fn the_checks_of_a_change_come_in_the_frameworks_order() {
    let (mock, path) = with_creditor(&acme());
    let invalid = json!({ "name": 5 });
    refused(
        &mock
            .api_user()
            .call("PATCH", &path)
            .body("application/json", "{")
            .send(),
        400,
        BAD_REQUEST,
    );
    let unknown = format!("/creditors/{NOBODYS_ID}");
    refused(
        &mock
            .api_user()
            .call("PATCH", &unknown)
            .json(&invalid)
            .send(),
        404,
        NOT_FOUND,
    );
    refused(
        &mock.api_user().call("PATCH", &path).json(&invalid).send(),
        428,
        NO_ETAG,
    );
    let call = mock
        .api_user()
        .call("PATCH", &path)
        .header("if-match", "x")
        .json(&invalid);
    refused(&call.send(), 412, OTHER_ETAG);
}

#[test]
fn objects_merge_and_plain_values_replace() {
    let (mock, path) = with_creditor(&acme());
    change(
        &mock,
        &path,
        &json!({ "sender_address": { "city": "Lund" }, "name": "Bolag" }),
    )
    .expect(200);
    let after = read(&mock, &path);
    let address = json!({ "address_line_1": "Redaregatan 50", "zip_code": "25236", "city": "Lund", "country": "SE" });
    assert_eq!(
        (&after["sender_address"], &after["name"]),
        (&address, &json!("Bolag"))
    );
    assert_eq!(after["invoice_address"], acme()["invoice_address"]);
}

#[test]
fn a_change_without_an_effect_still_changes_the_etag() {
    let (mock, path) = with_creditor(&acme());
    let before = etag(&mock, &path);
    change(&mock, &path, &json!({})).expect(200);
    assert_ne!(etag(&mock, &path), before);
}

#[test]
fn the_groups_of_a_creditor_show_its_new_name() {
    let (mock, path) = with_creditor(&acme());
    change(&mock, &path, &json!({ "name": "Bolag" })).expect(200);
    let groups = all(&mock.api_user(), "access--groups");
    for group in &groups[2..] {
        assert_eq!(group["creditor_name"], "Bolag");
        let item = format!("/access--groups/{}", group["_id"].as_str().unwrap());
        assert_eq!(&read(&mock, &item), group);
    }
}

#[test]
fn an_inactive_creditor_is_activated_once_it_holds_the_four_fields() {
    for missing in ACTIVATION {
        let (mock, path) = with_creditor(&acme_with(json!({ "is_active": false, missing: null })));
        let activation = json!({ "is_active": true });
        refused_without_a_trace(
            &mock,
            || change(&mock, &path, &activation),
            |answer| {
                problem(answer, missing, "required field");
                assert_eq!(answer.rule(), Some("amili.creditor.activation-fields"));
            },
        );
        change(
            &mock,
            &path,
            &json!({ "is_active": true, missing: acme()[missing] }),
        )
        .expect(200);
        assert_eq!(read(&mock, &path)["is_active"], true);
    }
}

#[test]
fn an_active_creditor_is_deactivated_freely_and_never_loses_a_field_it_needs() {
    let (mock, path) = with_creditor(&acme());
    for field in ACTIVATION {
        refused_without_a_trace(
            &mock,
            || change(&mock, &path, &json!({ field: null })),
            |answer| {
                assert_eq!(answer.status, 422, "{}", answer.text());
            },
        );
    }
    change(&mock, &path, &json!({ "is_active": false })).expect(200);
    assert_eq!(read(&mock, &path)["is_active"], false);
}

#[test]
fn account_and_agreement_template_are_set_at_creation_alone() {
    let (mock, path) = with_creditor(&acme());
    for (field, value) in [
        ("account", OTHER_ACCOUNT),
        ("agreement_template", NOBODYS_ID),
    ] {
        refused_without_a_trace(
            &mock,
            || change(&mock, &path, &json!({ field: value })),
            |answer| {
                problem(answer, field, "field is read-only");
                assert_eq!(answer.rule(), Some("amili.creditor.set-at-creation"));
            },
        );
    }
}

#[test]
fn the_id_stays() {
    let (mock, path) = with_creditor(&acme());
    let id = read(&mock, &path)["_id"].clone();
    change(&mock, &path, &json!({ "_id": id })).expect(200);
    refused_without_a_trace(
        &mock,
        || change(&mock, &path, &json!({ "_id": NOBODYS_ID })),
        |answer| {
            refused(answer, 400, IMMUTABLE);
            assert_eq!(answer.rule(), Some("amili.write.id-stays"));
        },
    );
}

#[test]
fn fields_of_the_server_and_unknown_ones_cannot_be_changed() {
    let (mock, path) = with_creditor(&acme());
    let number = read(&mock, &path)["creditor_number"].clone();
    change(&mock, &path, &json!({ "creditor_number": number })).expect(200);
    problem(
        &change(&mock, &path, &json!({ "creditor_number": 1 })),
        "creditor_number",
        "field is read-only",
    );
    for field in ["colour", "_created", "_updated", "_etag"] {
        problem(
            &change(&mock, &path, &json!({ field: "x" })),
            field,
            "unknown field",
        );
    }
    problem(
        &change(&mock, &path, &json!({ "name": 5 })),
        "name",
        "must be of string type",
    );
}

#[test]
fn a_deletion_takes_the_creditors_groups_and_the_users_entries_for_them() {
    let (mock, path) = with_creditor(&plain_creditor("Acme"));
    let caller = mock.api_user();
    let creditor = read(&mock, &path)["_id"].as_str().unwrap().to_owned();
    let groups = groups_of(&caller, &creditor);
    let own = all(&caller, "access--groups")[0]["_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let id = caller
        .post("/users", &user(&[&groups[0], &own]))
        .expect(201)
        .id();
    let answer = current(&mock, "DELETE", &path).send().expect(204);
    assert!(answer.body.is_empty());
    refused(&caller.get(&path), 404, NOT_FOUND);
    assert!(all(&caller, "creditors").is_empty());
    assert!(groups_of(&caller, &creditor).is_empty());
    let access = read(&mock, &format!("/users/{id}"))["data_access"].clone();
    assert_eq!(access, json!([{ "access_group": own }]));
}

#[test]
fn a_deletion_needs_the_documents_etag() {
    let (mock, path) = with_creditor(&acme());
    refused_without_a_trace(
        &mock,
        || mock.api_user().call("DELETE", &path).send(),
        |answer| refused(answer, 428, NO_ETAG),
    );
    let call = mock
        .api_user()
        .call("DELETE", &path)
        .header("if-match", "x");
    refused_without_a_trace(
        &mock,
        || call.send(),
        |answer| refused(answer, 412, OTHER_ETAG),
    );
}

#[test]
fn the_deletion_of_what_is_not_there_is_no_error() {
    let (mock, path) = with_creditor(&acme());
    current(&mock, "DELETE", &path).send().expect(204);
    let before = mock.state();
    mock.api_user().call("DELETE", &path).send().expect(204);
    mock.api_user()
        .call("DELETE", &format!("/creditors/{NOBODYS_ID}"))
        .header("if-match", "x")
        .send()
        .expect(204);
    assert_eq!(mock.state(), before);
}

#[test]
fn nobody_changes_or_deletes_the_creditors_of_others() {
    let (mock, path) = with_creditor(&acme());
    let tag = etag(&mock, &path);
    for method in ["PATCH", "DELETE"] {
        let call = mock
            .other_account()
            .call(method, &path)
            .header("if-match", &tag)
            .json(&json!({ "name": "x" }));
        let before = mock.state();
        call.send();
        assert_eq!(mock.state(), before);
    }
}

#[test]
fn a_reader_that_knows_the_etag_is_told_that_nothing_changed() {
    let (mock, path) = with_creditor(&acme());
    let tag = etag(&mock, &path);
    for known in [tag.clone(), format!("\"{tag}\""), format!("W/\"{tag}\"")] {
        let answer = mock
            .api_user()
            .call("GET", &path)
            .header("if-none-match", known)
            .send()
            .expect(304);
        assert!(answer.body.is_empty());
        assert_eq!(answer.header("etag"), Some(format!("\"{tag}\"").as_str()));
        assert_eq!(
            (
                answer.header("last-modified"),
                answer.header("content-type")
            ),
            (None, None)
        );
    }
    for other in ["*", "\"0\""] {
        mock.api_user()
            .call("GET", &path)
            .header("if-none-match", other)
            .send()
            .expect(200);
    }
}
