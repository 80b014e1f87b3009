//! The numbers that the server gives creditors: each its own, whatever becomes of others.

use serde_json::{Value, json};

use super::{all, plain_creditor};
use crate::harness::Mock;

fn created(mock: &Mock) -> (String, i64) {
    let made = mock
        .api_user()
        .post("/creditors", &plain_creditor("Acme"))
        .expect(201);
    let path = format!("/creditors/{}", made.id());
    let number = mock.api_user().get(&path).expect(200).json();
    (path, number["creditor_number"].as_i64().unwrap())
}

fn delete(mock: &Mock, path: &str) {
    let etag = mock.api_user().get(path).text_at("/_etag");
    let call = mock.api_user().call("DELETE", path);
    call.header("if-match", etag).send().expect(204);
}

/// That no two creditors of the account have one number.
#[track_caller]
fn check(mock: &Mock) {
    let creditors = all(&mock.api_user(), "creditors");
    let numbers = creditors
        .iter()
        .map(|creditor| creditor["creditor_number"].as_i64().unwrap());
    let mut numbers: Vec<i64> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), creditors.len(), "{numbers:?}");
}

#[test]
fn numbers_count_up_and_are_not_given_again_after_a_deletion() {
    let mock = Mock::start();
    let (first, one) = created(&mock);
    let (second, two) = created(&mock);
    assert_eq!(two, one + 1);
    delete(&mock, &second);
    let (_, three) = created(&mock);
    assert_eq!(three, two + 1);
    delete(&mock, &first);
    created(&mock);
    check(&mock);
}

#[test]
fn a_refused_creditor_takes_no_number() {
    let mock = Mock::start();
    let (_, one) = created(&mock);
    mock.api_user()
        .post("/creditors", &json!({ "name": "x" }))
        .expect(422);
    assert_eq!(created(&mock).1, one + 1);
}

#[test]
fn numbers_stay_apart_in_a_state_that_has_been_put_back() {
    let mock = Mock::start();
    let (first, _) = created(&mock);
    created(&mock);
    delete(&mock, &first);
    let state = mock.state();
    mock.anybody().put("/_mock/state", &state).expect(204);
    created(&mock);
    check(&mock);
}

#[test]
fn numbers_stay_apart_from_those_of_the_world() {
    let mock = Mock::with_world(|world| {
        let creditor = |place: i64| {
            json!({
                "_id": format!("0123456789abcdef0123456{place}"),
                "account": crate::harness::ACCOUNT,
                "name": "From the world",
                "creditor_number": 2_000_001 + place,
                "_created": "Tue, 11 Nov 2025 12:22:34 GMT",
            })
        };
        world["amili"]["creditors"] = (1..4).map(creditor).collect::<Vec<Value>>().into();
    });
    for _ in 0..4 {
        created(&mock);
    }
    check(&mock);
}
