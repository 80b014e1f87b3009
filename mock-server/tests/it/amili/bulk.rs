//! Lists of documents in one POST: all are stored or none, and how the framework answers them.

use serde_json::{Value, json};

use super::{
    BAD_REQUEST, CONFLICT, NOBODYS_ID, acme, acme_with, all, groups_of, plain_creditor, refused,
    refused_without_a_trace, user, with,
};
use crate::harness::{ACCOUNT, Answer, Mock, OTHER_ACCOUNT, list};

fn post(mock: &Mock, body: &Value) -> Answer {
    mock.api_user().post("/creditors", body)
}

/// That a list is refused with this answer, and nothing of it is stored.
#[track_caller]
fn check(mock: &Mock, body: &Value, told: &str) {
    refused_without_a_trace(
        mock,
        || post(mock, body),
        |answer| assert_eq!((answer.status, answer.text().as_str()), (422, told)),
    );
}

#[test]
fn the_answer_to_a_list_is_the_frameworks() {
    let mock = Mock::as_the_framework();
    let body = json!([
        { "account": ACCOUNT, "name": "a" },
        { "account": ACCOUNT, "name": "b" },
    ]);
    let answer = post(&mock, &body).expect(201);
    let made = answer.json();
    let told = list(&made, "/_items").iter().map(|item| {
        let [id, etag] = ["_id", "_etag"].map(|key| item[key].as_str().unwrap());
        let date = "Tue, 11 Nov 2025 12:22:34 GMT";
        format!(
            r#"{{"_updated": "{date}", "_created": "{date}", "_etag": "{etag}", "_id": "{id}", "_status": "OK"}}"#
        )
    });
    let told = told.collect::<Vec<_>>();
    assert_eq!(told.len(), 2);
    let text = format!(r#"{{"_status": "OK", "_items": [{}]}}"#, told.join(", "));
    assert_eq!(answer.text(), text);
    assert_eq!(
        (answer.header("etag"), answer.header("last-modified")),
        (None, None)
    );
}

#[test]
fn the_location_of_a_list_is_that_of_its_first_document() {
    let mock = Mock::start();
    let answer = post(&mock, &json!([acme(), plain_creditor("Bolag")])).expect(201);
    let first = answer.text_at("/_items/0/_id");
    let place = format!("{}/creditors/{first}", mock.base_url());
    assert_eq!(answer.header("location"), Some(place.as_str()));
    let read = mock.api_user().get(&format!("/creditors/{first}"));
    assert_eq!(read.expect(200).json()["name"], "Acme Inc");
}

#[test]
fn each_document_of_a_list_is_stored_with_what_it_brings() {
    let mock = Mock::start();
    let answer = post(&mock, &json!([acme(), plain_creditor("Bolag")])).expect(201);
    let caller = mock.api_user();
    let names = all(&caller, "creditors");
    let names: Vec<_> = names.iter().map(|creditor| &creditor["name"]).collect();
    assert_eq!(names, ["Acme Inc", "Bolag"]);
    for place in ["/_items/0/_id", "/_items/1/_id"] {
        assert_eq!(groups_of(&caller, &answer.text_at(place)).len(), 2);
    }
    let numbers = all(&caller, "creditors");
    let numbers: Vec<_> = numbers
        .iter()
        .map(|creditor| creditor["creditor_number"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers[1], numbers[0] + 1);
}

#[test]
fn the_refusal_of_a_list_is_the_frameworks() {
    check(
        &Mock::as_the_framework(),
        &json!([
            { "account": ACCOUNT, "name": "a" },
            { "account": ACCOUNT, "name": 5 },
        ]),
        r#"{"_status": "ERR", "_items": [{"_status": "OK"}, {"_status": "ERR", "_issues": {"name": "must be of string type"}}], "_error": {"code": 422, "message": "Insertion failure: 1 document(s) contain(s) error(s)"}}"#,
    );
}

#[test]
fn elements_that_are_no_objects_are_told_one_by_one() {
    let mock = Mock::as_the_framework();
    check(
        &mock,
        &json!([1, null]),
        r#"{"_status": "ERR", "_items": [{"_status": "ERR", "_issues": {"validation exception": "'1' is not a document, must be a dict"}}, {"_status": "ERR", "_issues": {"validation exception": "document is missing"}}], "_error": {"code": 422, "message": "Insertion failure: 2 document(s) contain(s) error(s)"}}"#,
    );
    // A text is taken for the list of its letters.
    check(
        &mock,
        &json!("ab"),
        r#"{"_status": "ERR", "_items": [{"_status": "ERR", "_issues": {"validation exception": "'a' is not a document, must be a dict"}}, {"_status": "ERR", "_issues": {"validation exception": "'b' is not a document, must be a dict"}}], "_error": {"code": 422, "message": "Insertion failure: 2 document(s) contain(s) error(s)"}}"#,
    );
}

#[test]
fn a_text_that_holds_a_document_is_taken_for_it() {
    let mock = Mock::start();
    let inside = plain_creditor("Bolag").to_string();
    post(&mock, &json!([acme(), inside])).expect(201);
    assert_eq!(all(&mock.api_user(), "creditors")[1]["name"], "Bolag");
}

#[test]
fn the_documented_details_begin_with_the_place_in_the_list() {
    let mock = Mock::start();
    let body = json!([
        plain_creditor("a"),
        acme_with(json!({ "sender_address": null, "name": 5 })),
        plain_creditor("b"),
        { "account": ACCOUNT },
    ]);
    refused_without_a_trace(
        &mock,
        || post(&mock, &body),
        |answer| {
            let told = answer.clone().expect(422).json();
            let details = json!({
                "1.name": "must be of string type",
                "1.sender_address": "required field",
                "3.name": "required field",
            });
            assert_eq!(told["_error"]["details"], details);
            let statuses: Vec<_> = list(&told, "/_items")
                .iter()
                .map(|item| &item["_status"])
                .collect();
            assert_eq!(statuses, ["OK", "ERR", "OK", "ERR"]);
        },
    );
}

#[test]
fn one_document_for_others_refuses_the_list() {
    let mock = Mock::start();
    let foreign = acme_with(json!({ "account": OTHER_ACCOUNT }));
    refused_without_a_trace(
        &mock,
        || post(&mock, &json!([acme(), foreign])),
        |answer| assert_eq!(answer.rule(), Some("amili.scope.foreign-account")),
    );
}

#[test]
fn an_id_that_is_taken_refuses_the_list_once_all_else_is_right() {
    let mock = Mock::start();
    let chosen = with(plain_creditor("a"), json!({ "_id": NOBODYS_ID }));
    post(&mock, &chosen).expect(201);
    refused_without_a_trace(
        &mock,
        || post(&mock, &json!([plain_creditor("b"), chosen])),
        |answer| refused(answer, 409, CONFLICT),
    );
    for body in [
        json!([chosen, { "account": ACCOUNT }]),
        json!([{ "account": ACCOUNT }, chosen]),
    ] {
        refused_without_a_trace(
            &mock,
            || post(&mock, &body),
            |answer| assert_eq!(answer.status, 422, "{}", answer.text()),
        );
    }
}

#[test]
fn an_id_chosen_twice_in_one_list_is_a_conflict() {
    let mock = Mock::start();
    let chosen = with(plain_creditor("a"), json!({ "_id": NOBODYS_ID }));
    refused(&post(&mock, &json!([chosen, chosen])), 409, CONFLICT);
}

#[test]
fn users_come_in_lists_too() {
    let mock = Mock::start();
    let caller = mock.api_user();
    let creditor = caller.post("/creditors", &acme()).expect(201).id();
    let groups = groups_of(&caller, &creditor);
    let before = all(&caller, "users").len();
    let both = json!([user(&[&groups[0]]), user(&[&groups[1]])]);
    caller.post("/users", &both).expect(201);
    assert_eq!(all(&caller, "users").len(), before + 2);
    let one_wrong = json!([user(&[&groups[0]]), user(&[NOBODYS_ID])]);
    refused_without_a_trace(
        &mock,
        || caller.post("/users", &one_wrong),
        |answer| assert_eq!(answer.rule(), Some("amili.user.access-group-exists")),
    );
}

#[test]
fn an_empty_list_is_no_document() {
    let mock = Mock::start();
    for path in ["/creditors", "/users"] {
        refused(&mock.api_user().post(path, &json!([])), 400, BAD_REQUEST);
    }
}
