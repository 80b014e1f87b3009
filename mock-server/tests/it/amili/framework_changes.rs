//! Changes as the framework answers them, byte for byte, where its own behaviour is in force throughout.

use serde_json::{Value, json};

use super::refused_without_a_trace;
use crate::harness::{ACCOUNT, Answer, Call, Mock};

const DATE: &str = "Tue, 11 Nov 2025 12:22:34 GMT";

/// A mock in which the framework's example of a creditor has been made, its id and its etag.
fn with_creditor() -> (Mock, String, String) {
    let mock = Mock::as_the_framework();
    let body = json!({
        "account": ACCOUNT,
        "name": "Acme Inc",
        "organization_no": "1122334455",
        "description": "p\u{e5} Konto",
        "sender_address": {
            "address_line_1": "Redaregatan 50", "zip_code": "25236", "city": "Helsingborg", "country": "SE",
        },
    });
    let made = mock.api_user().post("/creditors", &body).expect(201);
    let (id, etag) = (made.id(), made.text_at("/_etag"));
    (mock, id, etag)
}

fn patch(mock: &Mock, id: &str, etag: &str) -> Call {
    let call = mock.api_user().call("PATCH", &format!("/creditors/{id}"));
    call.header("if-match", etag)
}

/// That a change is refused with these issues, and changes nothing.
#[track_caller]
fn check(body: &Value, issues: &str) {
    let (mock, id, etag) = with_creditor();
    let told = format!(r#"{{"_issues": {issues}, "_status": "ERR"}}"#);
    refused_without_a_trace(
        &mock,
        || patch(&mock, &id, &etag).json(body).send(),
        |answer| assert_eq!((answer.status, answer.text()), (422, told)),
    );
}

fn text(answer: Answer, status: u16) -> String {
    answer.expect(status).text()
}

#[test]
fn a_creditor_is_shown_as_sent_with_its_default_and_the_automatic_fields() {
    let (mock, id, etag) = with_creditor();
    let read = text(mock.api_user().get(&format!("/creditors/{id}")), 200);
    let told = format!(
        r#"{{"_id": "{id}", "account": "{ACCOUNT}", "name": "Acme Inc", "organization_no": "1122334455", "description": "p\u00e5 Konto", "sender_address": {{"address_line_1": "Redaregatan 50", "zip_code": "25236", "city": "Helsingborg", "country": "SE"}}, "vat_area": "sweden", "_updated": "{DATE}", "_created": "{DATE}", "_etag": "{etag}"}}"#
    );
    assert_eq!(read, told);
}

#[test]
fn a_change_answers_the_id_first_and_a_new_field_comes_last() {
    let (mock, id, etag) = with_creditor();
    mock.anybody()
        .put("/_mock/clock", &json!({ "advance_seconds": 3 }))
        .expect(200);
    let body = json!({ "sender_address": { "city": "Lund" }, "is_active": false });
    let answer = patch(&mock, &id, &etag).json(&body).send().expect(200);
    let (new, later) = (answer.text_at("/_etag"), "Tue, 11 Nov 2025 12:22:37 GMT");
    assert_ne!(new, etag);
    let told = format!(
        r#"{{"_id": "{id}", "_updated": "{later}", "_created": "{DATE}", "_etag": "{new}", "_status": "OK"}}"#
    );
    assert_eq!(answer.text(), told);
    assert_eq!(
        (answer.header("etag"), answer.header("last-modified")),
        (Some(format!("\"{new}\"").as_str()), None)
    );
    let read = text(mock.api_user().get(&format!("/creditors/{id}")), 200);
    let told = format!(
        r#"{{"_id": "{id}", "account": "{ACCOUNT}", "name": "Acme Inc", "organization_no": "1122334455", "description": "p\u00e5 Konto", "sender_address": {{"address_line_1": "Redaregatan 50", "zip_code": "25236", "city": "Lund", "country": "SE"}}, "vat_area": "sweden", "_updated": "{later}", "_created": "{DATE}", "_etag": "{new}", "is_active": false}}"#
    );
    assert_eq!(read, told);
}

#[test]
fn several_new_fields_come_in_alphabetical_order() {
    let (mock, id, etag) = with_creditor();
    let body = json!({ "standard_debt_description": "x", "is_active": false, "default_letter_locale": "sv" });
    patch(&mock, &id, &etag).json(&body).send().expect(200);
    let read = mock.api_user().get(&format!("/creditors/{id}")).json();
    let keys: Vec<&String> = read.as_object().unwrap().keys().collect();
    let last = [
        "_etag",
        "default_letter_locale",
        "is_active",
        "standard_debt_description",
    ];
    assert_eq!(keys[keys.len() - 4..], last);
}

#[test]
fn the_problems_of_a_change_stand_without_an_error() {
    check(
        &json!({ "name": 5 }),
        r#"{"name": "must be of string type"}"#,
    );
    check(
        &json!({ "_created": "x", "account": "x", "sender_address": { "city": 1 } }),
        r#"{"_created": "unknown field", "account": "must be of objectid type", "sender_address": {"city": "must be of string type"}}"#,
    );
    check(
        &json!({ "organization_no": "1", "non_swedish_organization_no": "2" }),
        r#"{"non_swedish_organization_no": "'organization_no' must not be present with 'non_swedish_organization_no'", "organization_no": "'non_swedish_organization_no' must not be present with 'organization_no'"}"#,
    );
}

#[test]
fn a_change_that_is_no_object_is_told_so() {
    check(
        &json!("abc"),
        r#"{"validator exception": "'abc' is not a document, must be a dict"}"#,
    );
    check(
        &json!([1]),
        r#"{"validator exception": "'[1]' is not a document, must be a dict"}"#,
    );
    check(
        &Value::Null,
        r#"{"validator exception": "document is missing"}"#,
    );
}

#[test]
fn a_change_can_bring_both_organisation_numbers_together() {
    let (mock, id, etag) = with_creditor();
    let body = json!({ "non_swedish_organization_no": "2" });
    patch(&mock, &id, &etag).json(&body).send().expect(200);
    let read = mock.api_user().get(&format!("/creditors/{id}")).json();
    assert_eq!(
        (
            &read["organization_no"],
            &read["non_swedish_organization_no"]
        ),
        (&json!("1122334455"), &json!("2"))
    );
}
