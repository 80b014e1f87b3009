//! Faults on the wire: what a client sees, what the mock has done, and what the journal says of it.

use std::io::{Read, Write};
use std::net::TcpStream;

use mock_server::{Options, StartError};
use serde_json::{Value, json};

use super::{decided, told};
use crate::amili::{acme, all};
use crate::harness::{Answer, Mock, list};

fn with(faults: &Value) -> Mock {
    let mock = Mock::at_guide_time();
    mock.anybody().put("/_mock/faults", faults).expect(200);
    mock
}

fn last_entry(mock: &Mock) -> Value {
    let journal = mock
        .anybody()
        .get("/_mock/journal?limit=1")
        .expect(200)
        .json();
    list(&journal, "/entries")[0].clone()
}

/// Everything that comes back on a connection, until the mock closes it.
fn raw(mock: &Mock, method: &str, path: &str, body: &str) -> String {
    let address = mock.base_url().trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nx-api-key: amili-api-user\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut came = Vec::new();
    // A connection that is reset ends as well as one that is closed.
    let _ = stream.read_to_end(&mut came);
    String::from_utf8(came).unwrap()
}

fn creditors(mock: &Mock) -> usize {
    all(&mock.api_user(), "creditors").len()
}

#[track_caller]
fn is_forged(mock: &Mock, answer: &Answer, fault: &Value) {
    assert_eq!(
        answer.header("x-mock-fault"),
        Some(fault["effect"].to_string().as_str())
    );
    assert_eq!(&last_entry(mock)["fault"], fault);
}

#[test]
fn a_status_is_answered_in_the_apis_own_envelope_or_with_the_body_given() {
    let mock = with(&json!([{ "effect": { "status": 503 }, "times": 2 },
        { "effect": { "status": 500, "body": { "own": "words" } } }]));
    let answer = mock.api_user().get("/creditors").expect(503);
    assert_eq!(
        answer.json(),
        json!({ "_status": "ERR", "_error": { "code": 503, "message": "Service Unavailable" } })
    );
    is_forged(&mock, &answer, &json!({ "effect": { "status": 503 } }));
    let answer = mock.setup().get("/v2/admin/permission/groups").expect(503);
    assert_eq!(answer.json(), json!({ "message": "Service Unavailable" }));
    let answer = mock.api_user().get("/creditors").expect(500);
    assert_eq!(answer.json(), json!({ "own": "words" }));
}

#[test]
fn a_fault_is_no_evidence_for_a_rule() {
    let mock = with(&json!([{ "effect": "lose_answer", "times": 1 }]));
    assert_eq!(raw(&mock, "POST", "/creditors", &acme().to_string()), "");
    assert_eq!(decided(&mock, "rules", "amili.access-group.on-creation"), 0);
    mock.api_user().post("/creditors", &acme()).expect(201);
    assert_eq!(decided(&mock, "rules", "amili.access-group.on-creation"), 1);
}

#[test]
fn a_dropped_request_did_nothing_and_one_whose_answer_is_lost_did_everything() {
    let mock = with(&json!([{ "match": { "method": "POST" }, "effect": "drop" }]));
    assert_eq!(raw(&mock, "POST", "/creditors", &acme().to_string()), "");
    assert_eq!(creditors(&mock), 0);
    let journal = mock.anybody().get("/_mock/journal?method=POST").json();
    let entry = &list(&journal, "/entries")[0];
    assert_eq!(
        (&entry["response"], &entry["fault"]),
        (&Value::Null, &json!({ "effect": "drop" }))
    );
    let lose = json!([{ "match": { "method": "POST" }, "effect": "lose_answer" }]);
    mock.anybody().put("/_mock/faults", &lose).expect(200);
    assert_eq!(raw(&mock, "POST", "/creditors", &acme().to_string()), "");
    assert_eq!(creditors(&mock), 1);
    let journal = mock.anybody().get("/_mock/journal?method=POST").json();
    let entry = &list(&journal, "/entries")[1];
    assert_eq!(entry["response"]["status"], 201, "the answer that was lost");
    assert_eq!(entry["fault"], json!({ "effect": "lose_answer" }));
}

#[test]
fn a_cut_body_announces_its_whole_length() {
    let whole = with(&json!([]));
    let body = raw(&whole, "GET", "/accounts", "")
        .split_once("\r\n\r\n")
        .unwrap()
        .1
        .to_owned();
    for (effect, kept) in [
        (json!("truncate"), body.len() / 2),
        (json!({ "truncate": 5 }), 5),
    ] {
        let mock = with(&json!([{ "effect": effect }]));
        let came = raw(&mock, "GET", "/accounts", "");
        let (head, sent) = came.split_once("\r\n\r\n").unwrap();
        assert!(
            head.to_lowercase()
                .contains(&format!("content-length: {}", body.len())),
            "{head}"
        );
        assert_eq!(sent, &body[..kept]);
    }
}

#[test]
fn a_limit_says_when_to_come_again() {
    let mock = with(&json!([{ "preset": "amili-limits" }]));
    // The guide's time is the 34th second of its minute; it stands still.
    for _ in 0..10 {
        mock.api_user().get("/accounts").expect(200);
    }
    let answer = mock.api_user().get("/accounts").expect(429);
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert_eq!(answer.json()["_error"]["message"], "Rate limit exceeded");
    mock.other_account().get("/accounts").expect(200);
    let answer = mock.ams("ams-setup").get("/v2/admin/permission/groups");
    assert_eq!(answer.status, 200, "the limits are Amili's");
    mock.anybody()
        .put("/_mock/clock", &json!({ "advance_seconds": 1 }))
        .expect(200);
    mock.api_user().get("/accounts").expect(200);
}

#[test]
fn a_delay_leaves_the_answer_as_it_is() {
    let mock = with(&json!([{ "effect": { "delay_ms": 1 } }]));
    let answer = mock.anybody().get("/creditors").expect(401);
    is_forged(&mock, &answer, &json!({ "effect": { "delay_ms": 1 } }));
    assert_eq!(
        decided(&mock, "rules", "amili.auth.token-required"),
        1,
        "it is the fake's own"
    );
}

#[test]
fn faults_are_shown_with_their_counts_and_taken_away() {
    let mock = with(
        &json!([{ "match": { "path": "/creditors" }, "effect": { "status": 503 }, "times": 1 }]),
    );
    for status in [503, 200, 200] {
        mock.api_user().get("/creditors").expect(status);
    }
    let shown = mock.anybody().get("/_mock/faults").expect(200).json();
    assert_eq!(shown[0]["seen"], json!({ "matched": 3, "struck": 1 }));
    mock.anybody().put("/_mock/faults", &shown).expect(200);
    mock.api_user().get("/creditors").expect(200);
    mock.anybody()
        .put("/_mock/faults", &json!([{ "effect": "drop" }]))
        .expect(200);
    mock.anybody()
        .call("DELETE", "/_mock/faults")
        .send()
        .expect(204);
    mock.api_user().get("/creditors").expect(200);
    mock.anybody()
        .put("/_mock/faults", &json!([{ "effect": "drop" }]))
        .expect(200);
    mock.anybody()
        .call("POST", "/_mock/reset")
        .send()
        .expect(204);
    assert_eq!(mock.anybody().get("/_mock/faults").json(), json!([]));
}

#[test]
fn a_list_with_a_fault_of_its_own_changes_nothing() {
    let mock = with(&json!([{ "effect": { "status": 503 } }]));
    let bad = json!([{ "effect": "drop" }, { "match": { "path": "/creditor" }, "effect": "drop" }]);
    told(
        &mock.anybody().put("/_mock/faults", &bad),
        400,
        "faults.1.match.path",
    );
    mock.api_user().get("/creditors").expect(503);
}

#[test]
fn a_space_starts_with_the_faults_of_the_options_and_keeps_its_own() {
    let faults = json!([{ "effect": { "status": 503 }, "times": 1 }]).to_string();
    let mock = Mock::with(Options {
        faults: Some(faults),
        ..Options::default()
    });
    let a = mock.api_user().in_space("a");
    a.get("/creditors").expect(503);
    a.get("/creditors").expect(200);
    mock.api_user().in_space("b").get("/creditors").expect(503);
    let broken = mock_server::MockServer::with(Options {
        faults: Some("[{}]".to_owned()),
        ..Options::default()
    });
    assert!(matches!(broken, Err(StartError::Faults(_))));
}
