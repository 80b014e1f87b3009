//! Bodies as the framework reads them: content types, JSON, conversions, types, ids chosen by the client.

use serde_json::{Value, json};

use super::{
    BAD_REQUEST, CONFLICT, acme, acme_with, invalid, plain_creditor, refused,
    refused_without_a_trace,
};
use crate::harness::{ACCOUNT, Answer, Mock};

const CHOSEN: &str = "69132a8bc9ea54f691cc407c";

fn post_text(mock: &Mock, content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
    mock.api_user()
        .call("POST", "/creditors")
        .body(content_type, body)
        .send()
}

#[test]
fn content_types_are_compared_letter_by_letter_without_their_parameters() {
    let mock = Mock::start();
    let body = || acme().to_string();
    for kind in [
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=latin1",
    ] {
        post_text(&mock, kind, body()).expect(201);
    }
    for kind in [
        "Application/JSON",
        "text/plain",
        "application/vnd.api+json",
        "application/jsonp",
    ] {
        refused_without_a_trace(
            &mock,
            || post_text(&mock, kind, body()),
            |answer| refused(answer, 400, "Unknown or no Content-Type header supplied"),
        );
    }
    let unlabelled = mock
        .api_user()
        .call("POST", "/creditors")
        .unlabelled(body())
        .send();
    refused(
        &unlabelled,
        400,
        "Unknown or no Content-Type header supplied",
    );
    assert_eq!(unlabelled.rule(), Some("amili.body.content-type"));
}

#[test]
fn what_is_no_json_is_refused() {
    let mock = Mock::start();
    for text in [
        "",
        "{",
        "{\"name\": }",
        "name=x",
        "{'name': 'x'}",
        "{\"name\": \"x\",}",
        "\u{0}",
    ] {
        refused_without_a_trace(
            &mock,
            || post_text(&mock, "application/json", text),
            |answer| {
                refused(answer, 400, BAD_REQUEST);
                assert_eq!(answer.rule(), Some("amili.body.readable"));
            },
        );
    }
    refused(
        &post_text(&mock, "application/json", b"{\"name\": \"\xff\"}"),
        400,
        BAD_REQUEST,
    );
}

#[test]
fn empty_values_and_bare_numbers_are_no_document() {
    let mock = Mock::start();
    for text in ["null", "0", "false", "\"\"", "[]", "5", "true"] {
        refused(
            &post_text(&mock, "application/json", text),
            400,
            BAD_REQUEST,
        );
    }
}

#[test]
fn a_byte_order_mark_is_skipped_and_of_repeated_keys_the_last_counts() {
    let mock = Mock::start();
    let text =
        format!("\u{feff}{{\"account\": \"{ACCOUNT}\", \"name\": \"first\", \"name\": \"last\"}}");
    let id = post_text(&mock, "application/json", text).expect(201).id();
    assert_eq!(
        mock.api_user().get(&format!("/creditors/{id}")).json()["name"],
        "last"
    );
}

#[test]
fn a_list_of_one_is_one_document() {
    let mock = Mock::start();
    let answer = mock
        .api_user()
        .post("/creditors", &json!([acme()]))
        .expect(201);
    assert!(answer.json().get("_items").is_none());
    invalid(
        &mock
            .api_user()
            .post("/creditors", &json!([{ "name": "x" }])),
        &[("account", "required field")],
    );
    let problem = "'1' is not a document, must be a dict";
    invalid(
        &mock.api_user().post("/creditors", &json!([1])),
        &[("validation exception", problem)],
    );
    invalid(
        &mock.api_user().post("/creditors", &json!([null])),
        &[("validation exception", "document is missing")],
    );
}

#[test]
fn a_field_that_no_page_names_is_refused() {
    let mock = Mock::start();
    for field in [
        "colour", "_created", "_updated", "_etag", "_status", "_links",
    ] {
        let body = acme_with(json!({ field: "red" }));
        refused_without_a_trace(
            &mock,
            || mock.api_user().post("/creditors", &body),
            |answer| {
                invalid(answer, &[(field, "unknown field")]);
                assert!(
                    answer
                        .all("x-mock-assumption")
                        .contains(&"amili.body.unknown-field")
                );
            },
        );
    }
}

#[track_caller]
fn check_value(field: &str, sent: Value, outcome: Result<Value, &str>) {
    let mock = Mock::start();
    let mut body = plain_creditor("Acme");
    body[field] = sent;
    let answer = mock.api_user().post("/creditors", &body);
    match outcome {
        Ok(kept) => {
            let id = answer.expect(201).id();
            assert_eq!(
                mock.api_user().get(&format!("/creditors/{id}")).json()[field],
                kept
            );
        }
        Err(problem) => {
            invalid(&answer, &[(field, problem)]);
            assert_eq!(
                mock.api_user().get("/creditors").json()["_meta"]["total"],
                0
            );
        }
    }
}

#[test]
fn booleans_are_converted_from_their_texts_and_numbers() {
    for yes in [json!("1"), json!(1), json!("TRUE")] {
        check_value("always_use_standard_debt_description", yes, Ok(json!(true)));
    }
    for no in [
        json!(false),
        json!("false"),
        json!("False"),
        json!("0"),
        json!(0),
    ] {
        check_value("is_active", no, Ok(json!(false)));
    }
    for bad in [json!("yes"), json!(2), json!(1.0), json!(""), json!([])] {
        check_value("is_active", bad, Err("must be of boolean type"));
    }
}

#[test]
fn strings_are_not_converted() {
    for bad in [json!(5), json!(true), json!([]), json!({})] {
        check_value("name", bad, Err("must be of string type"));
    }
    check_value("name", json!(null), Err("null value not allowed"));
}

#[test]
fn ids_are_24_hex_digits_of_any_case() {
    check_value("account", json!(ACCOUNT.to_uppercase()), Ok(json!(ACCOUNT)));
    for bad in [
        json!("abc"),
        json!(5),
        json!(ACCOUNT.replace('6', "g")),
        json!([ACCOUNT]),
    ] {
        check_value("account", bad, Err("must be of objectid type"));
    }
}

#[test]
fn objects_are_objects() {
    for bad in [json!("Lund"), json!(5), json!([])] {
        check_value("sender_address", bad, Err("must be of dict type"));
    }
    check_value("sender_address", json!(null), Err("null value not allowed"));
    check_value("sender_address.city", json!("Lund"), Ok(Value::Null));
}

#[test]
fn dotted_keys_are_unfolded() {
    let mock = Mock::start();
    let mut body = plain_creditor("Acme");
    body["sender_address.city"] = json!("Lund");
    let id = mock.api_user().post("/creditors", &body).expect(201).id();
    let read = mock.api_user().get(&format!("/creditors/{id}")).json();
    assert_eq!(read["sender_address"], json!({ "city": "Lund" }));
}

#[test]
fn the_client_may_choose_an_id_that_is_free() {
    let mock = Mock::at_guide_time();
    let mut body = plain_creditor("x");
    body["_id"] = json!(CHOSEN);
    let answer = mock.api_user().post("/creditors", &body).expect(201);
    let created = answer.json();
    let keys: Vec<&str> = created
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(keys, ["_id", "_updated", "_created", "_etag", "_status"]);
    assert_eq!(answer.id(), CHOSEN);
    refused_without_a_trace(
        &mock,
        || mock.api_user().post("/creditors", &body),
        |answer| {
            refused(answer, 409, CONFLICT);
            assert_eq!(answer.rule(), Some("amili.write.id-free"));
        },
    );
    body["_id"] = json!("abc");
    invalid(
        &mock.api_user().post("/creditors", &body),
        &[("_id", "must be of objectid type")],
    );
}

#[test]
fn the_query_and_if_match_of_a_creation_are_ignored() {
    let mock = Mock::start();
    let call = mock.api_user().call("POST", "/creditors?where={&sort=,");
    let answer = call
        .header("if-match", "\"0\"")
        .json(&acme())
        .send()
        .expect(201);
    assert!(
        !answer.all("x-mock-warning").is_empty(),
        "nothing reads the query"
    );
    assert_eq!(
        (answer.header("etag"), answer.header("last-modified")),
        (None, None)
    );
}

#[test]
fn the_location_of_a_new_document_is_absolute() {
    let mock = Mock::start();
    for (path, body) in [("/creditors", acme()), ("/users", super::user(&[]))] {
        let answer = mock.api_user().post(path, &body).expect(201);
        let place = format!("{}{path}/{}", mock.base_url(), answer.id());
        assert_eq!(answer.header("location"), Some(place.as_str()));
        mock.api_user()
            .get(&format!("{path}/{}", answer.id()))
            .expect(200);
    }
}
