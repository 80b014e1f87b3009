//! `GET /_mock/journal/N`: the rule, what in the request broke it, and a request that is accepted indeed.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};

use crate::amili::{acme, plain_creditor};
use crate::harness::{Caller, Mock, OTHER_ACCOUNT, list};

/// A refused request, the place that is told, and a part of the first change that mends it.
struct Case {
    caller: Caller,
    method: &'static str,
    path: &'static str,
    body: Option<Value>,
    place: &'static str,
    change: &'static str,
}

impl Case {
    fn send(&self) -> String {
        let call = self.caller.call(self.method, self.path);
        let answer = match &self.body {
            Some(body) => call.json(body).send(),
            None => call.send(),
        };
        assert!(
            answer.status >= 400,
            "{} {}: {}",
            self.method,
            self.path,
            answer.status
        );
        answer.header("x-mock-journal").unwrap().to_owned()
    }
}

fn explained(mock: &Mock, number: &str) -> Value {
    let entry = mock
        .anybody()
        .get(&format!("/_mock/journal/{number}"))
        .expect(200)
        .json();
    entry["explanation"].clone()
}

/// Sends a request as an explanation shows it.
fn sent(mock: &Mock, request: &Value) -> u16 {
    let text = |key: &str| request[key].as_str().unwrap_or_default();
    let target = match request["query"].as_str() {
        Some(query) => format!("{}?{query}", text("path")),
        None => text("path").to_owned(),
    };
    let mut call = mock.anybody().call(text("method"), &target);
    for (name, value) in request["headers"].as_object().unwrap() {
        call = call.header(name, value.as_str().unwrap());
    }
    match &request["body"] {
        Value::Null => call.send().status,
        body => call.unlabelled(body.to_string()).send().status,
    }
}

#[track_caller]
fn check(mock: &Mock, case: &Case) {
    let number = case.send();
    let explanation = explained(mock, &number);
    let told = format!("{} {}: {explanation:#}", case.method, case.path);
    assert_eq!(explanation["breaches"][0]["place"], case.place, "{told}");
    let nearest = &explanation["nearest"];
    let change = nearest["changes"][0].as_str().unwrap_or_default();
    assert!(change.contains(case.change), "{told}");
    let state = mock.state();
    assert_eq!(nearest["status"], sent(mock, &nearest["request"]), "{told}");
    mock.anybody().put("/_mock/state", &state).expect(204);
}

fn without(mut body: Value, field: &str) -> Value {
    body.as_object_mut().unwrap().remove(field);
    body
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

#[test]
fn what_amili_refuses_comes_with_a_request_that_it_accepts() {
    let mock = Mock::at_guide_time();
    let user = mock.api_user();
    let post = |body, place, change| Case {
        caller: user.clone(),
        method: "POST",
        path: "/creditors",
        body: Some(body),
        place,
        change,
    };
    let get = |path, place, change| Case {
        caller: user.clone(),
        method: "GET",
        path,
        body: None,
        place,
        change,
    };
    for case in [
        Case {
            caller: mock.anybody(),
            ..post(acme(), "caller", "amili-api-user")
        },
        post(
            without(acme(), "invoice_address"),
            "body.invoice_address",
            "invoice_address: set to",
        ),
        post(
            with(acme(), "colour", json!("red")),
            "body.colour",
            "colour: left out",
        ),
        post(with(acme(), "name", json!(5)), "body.name", "name: set to"),
        post(
            with(acme(), "account", json!(OTHER_ACCOUNT)),
            "body.account",
            "6662fb1df4d1eaf404cb08de",
        ),
        post(json!([]), "body", "body: "),
        get("/creditor", "path", "path: /creditors"),
        get(
            "/users/0123456789abcdef01234567",
            "path",
            "/users/6662fb1df4d1eaf404cb08e2",
        ),
        get("/creditors?where=%7Bbad", "query", "where: left out"),
        Case {
            method: "DELETE",
            ..get("/access--groups", "method", "GET")
        },
    ] {
        check(&mock, &case);
    }
}

#[test]
fn what_ams_refuses_comes_with_a_request_that_it_accepts() {
    let mock = Mock::at_guide_time();
    let post = |path, body, place, change| Case {
        caller: mock.manager(),
        method: "POST",
        path,
        body: Some(body),
        place,
        change,
    };
    let user = json!({ "name": "A", "surname": "B", "email": "a@test.net" });
    for case in [
        Case {
            caller: mock.ams("ams-reader"),
            ..post("/v2/admin/users", user, "caller", "ams-manager")
        },
        post(
            "/v2/admin/users",
            json!({ "name": "A" }),
            "body.email",
            "email: set to",
        ),
        post(
            "/v2/admin/departments",
            json!({ "name": "x", "parent_id": 99 }),
            "body.parent_id",
            "parent_id",
        ),
        post(
            "/v2/admin/user/2/groups",
            json!({ "groups": [1] }),
            "path",
            "/v2/admin/user/3/groups",
        ),
        post(
            "/v2/admin/user/3/groups",
            json!({ "groups": [1, 3] }),
            "body.groups",
            "without 3",
        ),
        post(
            "/v2/admin/users/3/department",
            json!({ "departments": [1, 77] }),
            "body.departments",
            "without 77",
        ),
        post(
            "/v2/admin/users/99/department",
            json!({ "departments": [1] }),
            "path",
            "/v2/admin/users/",
        ),
    ] {
        check(&mock, &case);
    }
}

#[test]
fn a_change_needs_the_etag_that_the_document_has_now() {
    let mock = Mock::at_guide_time();
    let id = mock
        .api_user()
        .post("/creditors", &plain_creditor("a"))
        .expect(201)
        .id();
    let path = format!("/creditors/{id}");
    let etag = mock.api_user().get(&path).text_at("/_etag");
    let call = mock
        .api_user()
        .call("PATCH", &path)
        .header("if-match", "\"0\"");
    let answer = call.json(&json!({ "name": "b" })).send().expect(412);
    let explanation = explained(&mock, answer.header("x-mock-journal").unwrap());
    assert_eq!(explanation["breaches"][0]["place"], "header.If-Match");
    let change = explanation["nearest"]["changes"][0].as_str().unwrap();
    assert!(change.contains(&etag), "{change}");
}

#[test]
fn the_rule_is_told_with_the_sentence_of_its_document() {
    let mock = Mock::start();
    let body = without(acme(), "invoice_address");
    let answer = mock.api_user().post("/creditors", &body).expect(422);
    let number = answer.header("x-mock-journal").unwrap();
    let explanation = explained(&mock, number);
    assert_eq!(
        explanation["rule"]["id"],
        "amili.creditor.activation-fields"
    );
    let quote = explanation["rule"]["source"]["quote"].as_str().unwrap();
    assert!(quote.contains("required to activate a creditor"), "{quote}");
    let text = explanation["text"].as_str().unwrap();
    assert!(
        text.starts_with("Refused with 422 by the rule amili.creditor.activation-fields"),
        "{text}"
    );
    let assumptions = list(&explanation, "/assumptions");
    let shape = assumptions
        .iter()
        .find(|known| known["id"] == "amili.errors.shape")
        .unwrap();
    assert_eq!(shape["answer"], "both");
    assert!(
        !list(shape, "/answers").is_empty(),
        "the other answers are told too"
    );
}

#[test]
fn trying_changes_nothing_and_is_in_no_journal() {
    let mock = Mock::at_guide_time();
    let seen = || {
        let journal = mock.anybody().get("/_mock/journal").json();
        (
            mock.state(),
            mock.outbox(),
            mock.anybody().get("/_mock/rules").text(),
            journal["last"].clone(),
        )
    };
    mock.setup()
        .post("/v2/admin/users", &json!({ "name": "A" }))
        .expect(422);
    mock.anybody()
        .put("/_mock/faults", &json!([{ "effect": "drop", "times": 1 }]))
        .expect(200);
    let before = seen();
    let explanation = explained(&mock, "1");
    assert_eq!(
        explanation["nearest"]["status"], 201,
        "faults do not count: {explanation:#}"
    );
    assert_eq!(seen(), before);
    let faults = mock.anybody().get("/_mock/faults").json();
    assert_eq!(faults[0]["seen"]["matched"], 0);
}

#[test]
fn others_are_answered_while_the_nearest_request_is_sought() {
    let mock = Mock::start();
    let mut body = plain_creditor("Acme");
    for number in 0..100 {
        body[format!("unknown_{number}")] = json!(number);
    }
    mock.api_user().post("/creditors", &body).expect(422);
    let address = mock.base_url().replace("http://", "");
    let mut seeker = TcpStream::connect(address).unwrap();
    let asked = b"GET /_mock/journal/1 HTTP/1.1\r\nhost: localhost\r\n\r\n";
    seeker.write_all(asked).unwrap();
    for _ in 0..3 {
        mock.anybody().get("/_mock/health").expect(200);
    }
    seeker.set_nonblocking(true).unwrap();
    let told = seeker.read(&mut [0; 1]);
    assert_eq!(told.unwrap_err().kind(), ErrorKind::WouldBlock);
}

#[test]
fn where_there_is_no_nearest_request_the_reason_is_told() {
    let mock = Mock::start();
    mock.api_user().get("/creditors").expect(200);
    assert_eq!(
        explained(&mock, "1")["without_nearest"],
        "the request was accepted"
    );
    mock.anybody()
        .put("/_mock/faults", &json!([{ "effect": { "status": 503 } }]))
        .expect(200);
    mock.api_user().get("/creditors").expect(503);
    let explanation = explained(&mock, "2");
    assert!(
        explanation["text"].as_str().unwrap().contains("503"),
        "{explanation}"
    );
    assert_eq!(explanation["nearest"], Value::Null);
    assert!(
        explanation["without_nearest"]
            .as_str()
            .unwrap()
            .contains("fault")
    );
}

#[test]
fn a_secret_token_is_no_part_of_an_explanation() {
    let mock = Mock::start();
    let made = mock
        .anybody()
        .post("/_mock/tokens", &json!({ "api": "ams", "user": 2 }));
    let token = made.text_at("/token");
    mock.ams(&token)
        .post("/v2/admin/departments", &json!({}))
        .expect(422);
    let text = mock.anybody().get("/_mock/journal/1").expect(200).text();
    assert!(
        text.contains("\"curl\":\"curl -X POST") && !text.contains(&token),
        "{text}"
    );
}
