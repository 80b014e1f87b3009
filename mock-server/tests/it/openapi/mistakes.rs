//! Answers that no document has, which the check of every answer must notice.

use mock_server::Answers;

use crate::documented::{Seen, faults};

const CREATED: &str = r#"{"_updated": "Tue, 11 Nov 2025 12:22:34 GMT", "_created": "Tue, 11 Nov 2025 12:22:34 GMT", "_etag": "2646bc714fe277d4e317cfaddaeb450a34f28053", "_id": "69132a8bc9ea54f691cc407c", "_status": "OK"}"#;

/// The answer to a creation, with this in another place.
fn creation() -> (u16, Vec<(String, String)>, String) {
    let headers = [
        ("content-type", "application/json"),
        (
            "location",
            "http://127.0.0.1:1/creditors/69132a8bc9ea54f691cc407c",
        ),
        ("x-mock-server", "0.1.0"),
        ("x-mock-journal", "1"),
        ("x-mock-assumption", "amili.body.own-id"),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    (201, headers.into(), CREATED.to_owned())
}

#[track_caller]
fn check(
    target: &str,
    (status, headers, body): (u16, Vec<(String, String)>, String),
    expected: &str,
) {
    let seen = Seen {
        method: "POST",
        target,
        instead: None,
        status,
        headers: &headers,
        body: body.as_bytes(),
    };
    let found = faults(&Answers::default(), &seen);
    match expected {
        "" => assert!(found.is_empty(), "{found:?}"),
        expected => assert!(
            found.iter().any(|fault| fault.contains(expected)),
            "{found:?}"
        ),
    }
}

#[test]
fn an_answer_as_documented_has_no_fault() {
    check("/creditors", creation(), "");
    check("/_spaces/a/creditors/?pretty", creation(), "");
}

#[test]
fn a_status_that_is_not_documented_is_told_with_its_call() {
    let (_, headers, body) = creation();
    check(
        "/creditors",
        (202, headers, body),
        "amili createCreditor: status 202 is not documented",
    );
}

#[test]
fn a_field_that_is_missing_unknown_or_of_another_form_is_told_with_its_place() {
    let (status, headers, body) = creation();
    for (from, to, told) in [
        ("\"_status\": \"OK\"", "\"_status\": 1", "/_status"),
        ("69132a8bc9ea54f691cc407c", "69132A8B", "/_id"),
        ("\"_etag\"", "\"etag\"", "etag"),
        (
            "Tue, 11 Nov 2025 12:22:34 GMT",
            "2025-11-11T12:22:34Z",
            "/_updated",
        ),
        ("{", "{\"name\": \"Acme\", ", "name"),
        ("}", "", "no JSON"),
    ] {
        check(
            "/creditors",
            (status, headers.clone(), body.replacen(from, to, 1)),
            told,
        );
    }
}

#[test]
fn a_header_that_is_missing_unknown_or_of_another_form_is_told() {
    let (status, headers, body) = creation();
    let without = |name: &str| {
        headers
            .iter()
            .filter(|(other, _)| other != name)
            .cloned()
            .collect::<Vec<_>>()
    };
    let with = |name: &str, value: &str| {
        [without(name), vec![(name.to_owned(), value.to_owned())]].concat()
    };
    for (headers, told) in [
        (without("location"), "the header location is missing"),
        (with("location", "/users/1"), "location"),
        (
            with("x-powered-by", "Rust"),
            "the header x-powered-by: Rust is not documented",
        ),
        (
            with("content-type", "text/html"),
            "the body is \"text/html\"",
        ),
        (
            with("x-mock-rule", "amili.path.known"),
            "the rule amili.path.known is not documented for 201",
        ),
        (
            with("x-mock-assumption", "amili.delete.unknown"),
            "the assumption amili.delete.unknown is not documented",
        ),
    ] {
        check("/creditors", (status, headers, body.clone()), told);
    }
}

#[test]
fn a_path_and_a_method_that_are_in_no_document_are_answered_only_as_such() {
    check(
        "/debtors",
        creation(),
        "amili path (POST /debtors): status 201 is not documented",
    );
    check(
        "/partners",
        creation(),
        "amili method (POST /partners): status 201 is not documented",
    );
}
