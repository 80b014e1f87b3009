//! OPTIONS with what it allows, and the header that puts another method in the place of a request's own.

use serde_json::{Value, json};

use super::{NOBODYS_ID, NOT_FOUND, acme, refused};
use crate::harness::{Answer, Mock};

const NOT_ALLOWED: &str = "The method is not allowed for the requested URL.";

/// The methods that OPTIONS of a path names without a key, sorted; none where it names none.
#[track_caller]
fn check(path: &str, allowed: Option<&[&str]>) {
    let mock = Mock::start();
    let answer = mock.anybody().call("OPTIONS", path).send().expect(200);
    assert!(answer.body.is_empty());
    assert_eq!(
        answer.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    let told = answer.header("allow").map(|told| {
        let mut told: Vec<&str> = told.split(", ").collect();
        told.sort_unstable();
        told
    });
    assert_eq!(told.as_deref(), allowed, "{path}");
}

#[test]
fn options_names_the_methods_of_a_list() {
    for path in ["/creditors", "/users", "/accounts", "/creditors/"] {
        check(path, Some(&["GET", "HEAD", "OPTIONS", "POST"]));
    }
    for path in ["/access--groups", "/partners"] {
        check(path, Some(&["GET", "HEAD", "OPTIONS"]));
    }
}

#[test]
fn options_of_an_item_that_can_be_changed_names_post_for_the_override() {
    check(
        &format!("/creditors/{NOBODYS_ID}"),
        Some(&["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST"]),
    );
    for resource in ["accounts", "partners", "users", "access--groups"] {
        check(
            &format!("/{resource}/{NOBODYS_ID}"),
            Some(&["GET", "HEAD", "OPTIONS"]),
        );
    }
}

#[test]
fn options_of_a_path_that_nothing_has_names_nothing() {
    for path in ["/nothing", "/creditors/x", "/creditors/1/2"] {
        check(path, None);
    }
}

fn overridden(mock: &Mock, method: &str, instead: &str, path: &str, body: &Value) -> Answer {
    let call = mock.api_user().call(method, path).json(body);
    let etag = mock.api_user().get(path);
    let call = match etag.header("etag") {
        Some(etag) => call.header("if-match", etag),
        None => call,
    };
    call.header("x-http-method-override", instead).send()
}

#[test]
fn the_override_puts_a_method_in_the_place_of_the_requests_own() {
    let mock = Mock::start();
    let made = mock.api_user().post("/creditors", &acme()).expect(201);
    let path = format!("/creditors/{}", made.id());
    for (place, instead) in ["PATCH", "patch", "Patch"].into_iter().enumerate() {
        let description = format!("changed {place}");
        let body = json!({ "description": description });
        overridden(&mock, "POST", instead, &path, &body).expect(200);
        let read = mock.api_user().get(&path).json();
        assert_eq!(read["description"], description);
    }
    let read = overridden(&mock, "POST", "GET", &path, &json!({})).expect(200);
    assert_eq!(read.json()["name"], "Acme Inc");
    overridden(&mock, "POST", "DELETE", &path, &json!({})).expect(204);
    mock.api_user().get(&path).expect(404);
}

#[test]
fn the_override_counts_before_path_method_and_key() {
    let mock = Mock::start();
    let item = format!("/creditors/{NOBODYS_ID}");
    for (method, instead, path) in [
        ("GET", "PUT", item.as_str()),
        ("POST", "MADEUP", "/creditors"),
        ("GET", "PATCH", "/creditors"),
        ("GET", "POST", item.as_str()),
    ] {
        let call = mock.anybody().call(method, path);
        let answer = call.header("x-http-method-override", instead).send();
        refused(&answer, 405, NOT_ALLOWED);
        assert_eq!(answer.header("allow"), None);
    }
    let unknown = mock.anybody().call("GET", "/nothing");
    let unknown = unknown.header("x-http-method-override", "PATCH").send();
    refused(&unknown, 404, NOT_FOUND);
    let keyless = mock.anybody().call("POST", &item).json(&json!({}));
    let keyless = keyless.header("x-http-method-override", "PATCH").send();
    assert_eq!(keyless.status, 401);
}

#[test]
fn a_post_to_an_item_needs_the_override() {
    let mock = Mock::start();
    let made = mock.api_user().post("/creditors", &acme()).expect(201);
    let path = format!("/creditors/{}", made.id());
    refused(&mock.api_user().post(&path, &acme()), 405, NOT_ALLOWED);
}
