//! The journal: every request of a space with its answer and what decided it, filtered, followed, bounded.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use mock_server::{JournalLimits, Options};
use serde_json::{Value, json};

use super::told;
use crate::amili::acme;
use crate::harness::{Mock, asking, list};

fn entries(mock: &Mock, filters: &[(&str, &str)]) -> Vec<Value> {
    let answer = mock.anybody().get(&asking("/_mock/journal", filters));
    list(&answer.expect(200).json(), "/entries").to_vec()
}

/// The numbers of the entries that pass.
#[track_caller]
fn check(mock: &Mock, filters: &[(&str, &str)], expected: &[u64]) {
    let found = entries(mock, filters);
    let numbers: Vec<u64> = found
        .iter()
        .map(|entry| entry["number"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, expected, "{filters:?}");
}

/// 1: creditors listed, 2: one made, 3: one refused, 4: a caller of AMS refused.
fn four_requests() -> Mock {
    let mock = Mock::at_guide_time();
    mock.api_user().get("/creditors?max_results=1").expect(200);
    mock.api_user().post("/creditors", &acme()).expect(201);
    mock.api_user()
        .post("/creditors", &json!({ "name": 1 }))
        .expect(422);
    mock.ams("ams-nobody")
        .get("/v2/admin/permission/groups")
        .expect(403);
    mock
}

#[test]
fn an_entry_tells_the_request_the_answer_and_what_decided() {
    let mock = four_requests();
    let entry = &entries(&mock, &[])[1];
    assert_eq!(entry["time"], "2025-11-11T12:22:34Z");
    assert_eq!(
        entry["duration_us"],
        Value::Null,
        "a standing clock measures nothing"
    );
    assert_eq!(
        (&entry["api"], &entry["caller"]),
        (&json!("amili"), &json!("6662fb1df4d1eaf404cb08e2"))
    );
    let request = &entry["request"];
    assert_eq!(
        (&request["method"], &request["path"]),
        (&json!("POST"), &json!("/creditors"))
    );
    assert_eq!(request["body"], acme());
    assert_eq!(
        request["headers"]["x-api-key"], "amili-api-user",
        "the world's tokens are no secret"
    );
    assert_eq!(entry["response"]["status"], 201);
    assert_eq!(entry["response"]["body"]["_status"], "OK");
    assert!(
        entry["rules"]
            .as_array()
            .unwrap()
            .contains(&json!("amili.access-group.on-creation"))
    );
    assert_eq!(entry["refused_by"], Value::Null);
    let refused = &entries(&mock, &[])[3];
    assert_eq!(refused["refused_by"], "ams.user.login-only");
    assert_eq!(refused["request"]["path"], "/v2/admin/permission/groups");
}

#[test]
fn an_answer_names_its_entry() {
    let mock = four_requests();
    let answer = mock.anybody().get("/creditors").expect(401);
    assert_eq!(answer.header("x-mock-journal"), Some("5"));
    let entry = mock.anybody().get("/_mock/journal/5").expect(200).json();
    assert_eq!(entry["response"]["status"], 401);
    told(&mock.anybody().get("/_mock/journal/6"), 404, "newest is 5");
    told(&mock.anybody().get("/_mock/journal/0"), 404, "newest is 5");
    told(&mock.anybody().get("/_mock/journal/x"), 400, "'x'");
}

#[test]
fn filters_choose_entries_and_the_newest_are_last() {
    let mock = four_requests();
    check(&mock, &[], &[1, 2, 3, 4]);
    check(&mock, &[("api", "ams")], &[4]);
    check(&mock, &[("method", "post")], &[2, 3]);
    check(&mock, &[("path", "/creditors")], &[1, 2, 3]);
    check(&mock, &[("path", "/v2/**")], &[4]);
    check(&mock, &[("status", "422")], &[3]);
    check(&mock, &[("status", "4xx")], &[3, 4]);
    check(&mock, &[("rule", "ams.user.*")], &[4]);
    check(&mock, &[("rule", "amili.access-group.on-creation")], &[2]);
    check(&mock, &[("since", "2")], &[3, 4]);
    check(&mock, &[("since", "2025-11-11T12:22:34Z")], &[1, 2, 3, 4]);
    check(&mock, &[("since", "2025-11-11T12:22:35Z")], &[]);
    check(&mock, &[("limit", "1")], &[4]);
    check(&mock, &[("api", "amili"), ("limit", "2")], &[2, 3]);
}

#[test]
fn a_filter_that_cannot_be_read_is_told() {
    let mock = Mock::start();
    for (query, words) in [
        ("status=ok", "such as 422"),
        ("since=yesterday", "RFC 3339"),
        ("api=visma", "amili, ams"),
        ("path=creditors", "slash"),
        ("limit=-1", "whole number"),
        ("colour=red", "method, path"),
    ] {
        told(
            &mock.anybody().get(&format!("/_mock/journal?{query}")),
            400,
            words,
        );
    }
}

#[test]
fn secrets_are_masked_wherever_they_stand() {
    let mock = Mock::start();
    let made = mock
        .anybody()
        .post("/_mock/tokens", &json!({ "api": "ams", "user": 2 }));
    let token = made.text_at("/token");
    let jwt = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.c2VjcmV0";
    mock.ams(&token)
        .get("/v2/admin/permission/groups")
        .expect(200);
    mock.amili("hunter2")
        .get("/creditors?token=hunter2&page=1")
        .expect(401);
    mock.amili(jwt).get("/authenticates/api-code").expect(401);
    let caller = mock.api_user();
    caller
        .post(
            "/creditors",
            &json!({ "password": "hunter2", "name": token, "x": [jwt] }),
        )
        .expect(422);
    caller
        .call("POST", "/creditors")
        .body("application/x-www-form-urlencoded", "api_key=hunter2")
        .send();
    let shown = mock.anybody().get("/_mock/journal").text();
    for secret in ["hunter2", token.as_str(), jwt] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    let entries = entries(&mock, &[]);
    assert_eq!(
        entries[0]["request"]["headers"]["authorization"],
        "Bearer ***"
    );
    assert_eq!(entries[0]["caller"], 2, "whose token it was is no secret");
    assert_eq!(entries[1]["request"]["query"], "token=***&page=1");
    assert_eq!(
        entries[3]["request"]["body"],
        json!({ "password": "***", "name": "***", "x": ["***"] })
    );
}

#[test]
fn a_secret_inside_other_words_is_masked_too() {
    let mock = Mock::start();
    let wanted = json!({ "api": "amili", "user": "6662fb1df4d1eaf404cb08e0" });
    let made = mock.anybody().post("/_mock/tokens", &wanted);
    let token = match made.status {
        201 => made.text_at("/token"),
        _ => mock
            .anybody()
            .post("/_mock/tokens", &json!({ "api": "ams", "user": 2 }))
            .text_at("/token"),
    };
    let jwt = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.c2VjcmV0";
    for secret in [token.as_str(), jwt] {
        let caller = mock.api_user();
        caller.get(&format!("/creditors/{secret}"));
        caller.get(&format!("/creditors?x={secret},1&{secret}=1"));
        caller
            .call("GET", "/creditors")
            .header("referer", format!("http://a/?key={secret}&b"))
            .send();
        let body = json!({ "name": format!("Bearer {secret}"), secret: format!("<{secret}>") });
        caller.post("/creditors", &body).expect(422);
        caller
            .call("POST", "/creditors")
            .body("application/json", format!("{{ key {secret} }}"))
            .send();
        caller
            .call("POST", "/users")
            .body(
                "application/x-www-form-urlencoded",
                format!("name=a+{secret}"),
            )
            .send();
    }
    let shown = mock.anybody().get("/_mock/journal").text();
    for secret in [token.as_str(), jwt] {
        let place = shown.find(secret);
        let around = place.map(|place| &shown[place.saturating_sub(80)..place + 40]);
        assert_eq!(around, None);
    }
}

#[test]
fn a_token_that_amili_gives_out_is_masked() {
    let mock = Mock::assuming("amili.auth.post-form", "registered-ip");
    let body = json!({ "api_code": "api-code-es256" });
    let answer = mock.anybody().post("/authenticates/api-code", &body);
    let token = answer.json()["token"].as_str().map(str::to_owned);
    if let Some(token) = token {
        let shown = mock.anybody().get("/_mock/journal").text();
        assert!(!shown.contains(&token), "{shown}");
    } else {
        panic!("no token: {}", answer.text());
    }
}

#[test]
fn a_body_that_is_no_text_is_told_by_its_length_and_one_too_large_is_cut() {
    let mock = Mock::start();
    let call = || mock.api_user().call("POST", "/creditors");
    call()
        .body("application/json", vec![0xff, 0xfe, 0xfd])
        .send()
        .expect(400);
    call()
        .body("application/json", vec![b' '; 1024 * 1024 + 5])
        .send()
        .expect(413);
    call().body("text/plain", "words").send();
    let entries = entries(&mock, &[]);
    assert_eq!(entries[0]["request"]["body"], json!({ "bytes": 3 }));
    assert_eq!(entries[1]["request"]["body_is_cut"], true);
    assert_eq!(entries[2]["request"]["body"], "words");
}

#[test]
fn the_oldest_entries_give_way_and_that_is_said() {
    let mock = Mock::with(Options {
        journal: JournalLimits {
            entries: 2,
            ..JournalLimits::default()
        },
        ..Options::default()
    });
    for _ in 0..5 {
        mock.anybody().get("/creditors").expect(401);
    }
    check(&mock, &[], &[4, 5]);
    let journal = mock.anybody().get("/_mock/journal").json();
    assert_eq!(
        (&journal["dropped"]["from"], &journal["dropped"]["to"]),
        (&json!(1), &json!(3))
    );
    let journal = mock.anybody().get("/_mock/journal?since=3").json();
    assert_eq!(
        journal["dropped"],
        Value::Null,
        "nothing asked for is missing"
    );
    told(
        &mock.anybody().get("/_mock/journal/3"),
        410,
        "oldest one kept is 4",
    );
}

#[test]
fn the_journal_keeps_within_its_bytes() {
    let mock = Mock::with(Options {
        journal: JournalLimits {
            bytes: 20_000,
            ..JournalLimits::default()
        },
        ..Options::default()
    });
    for length in [9_000, 9_000, 9_000] {
        let body = json!({ "name": "n".repeat(length) });
        mock.api_user().post("/creditors", &body).expect(422);
    }
    // Request and answer of one are some 9,000 bytes and more: two of them are within the bound, three are not.
    let kept = entries(&mock, &[]).len();
    assert!((1..=2).contains(&kept), "{kept}");
}

#[test]
fn entries_can_be_forgotten_and_a_reset_begins_a_new_journal() {
    let mock = four_requests();
    mock.anybody()
        .call("DELETE", "/_mock/journal")
        .send()
        .expect(204);
    check(&mock, &[], &[]);
    mock.api_user().get("/creditors").expect(200);
    check(&mock, &[], &[5]);
    mock.anybody()
        .call("POST", "/_mock/reset")
        .send()
        .expect(204);
    check(&mock, &[], &[]);
    mock.api_user().get("/creditors").expect(200);
    check(&mock, &[], &[1]);
}

#[test]
fn each_space_has_its_own_and_control_calls_are_in_none() {
    let mock = Mock::start();
    mock.api_user().in_space("a").get("/creditors").expect(200);
    mock.anybody().get("/_mock/info").expect(200);
    check(&mock, &[], &[]);
    let other = mock.anybody().get("/_spaces/a/_mock/journal").json();
    assert_eq!(list(&other, "/entries")[0]["request"]["path"], "/creditors");
}

#[test]
fn equal_seed_clock_and_requests_give_an_equal_journal() {
    let journal = || {
        let mock = four_requests();
        let address = mock.base_url().trim_start_matches("http://").to_owned();
        let text = mock.anybody().get("/_mock/journal").text();
        text.replace(&address, "the address")
    };
    assert_eq!(journal(), journal());
}

/// Reads a stream of events until a line begins with these words.
fn follow(mock: &Mock, target: &str, headers: &str, until: &str) -> (Vec<String>, TcpStream) {
    let address = mock.base_url().trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&address).unwrap();
    write!(
        stream,
        "GET {target} HTTP/1.1\r\nhost: {address}\r\n{headers}\r\n"
    )
    .unwrap();
    let mut lines = Vec::new();
    for line in BufReader::new(stream.try_clone().unwrap()).lines() {
        let line = line.unwrap();
        let ends = line.starts_with(until);
        lines.push(line);
        if ends {
            break;
        }
    }
    (lines, stream)
}

#[test]
fn the_stream_tells_what_was_missed_and_then_what_comes() {
    let mock = four_requests();
    let (lines, _open) = follow(&mock, "/_mock/journal/stream?since=2&api=ams", "", "id: 4");
    assert!(
        lines.iter().any(|line| line.contains("text/event-stream")),
        "{lines:?}"
    );
    assert!(
        !lines.iter().any(|line| line.starts_with("id: 3")),
        "the filter counts"
    );
    let (lines, _open) = follow(
        &mock,
        "/_mock/journal/stream",
        "last-event-id: 3\r\n",
        "id: 4",
    );
    let data = lines
        .iter()
        .find_map(|line| line.strip_prefix("data: "))
        .unwrap();
    let entry: Value = serde_json::from_str(data).unwrap();
    assert_eq!(entry["refused_by"], "ams.user.login-only");
}

#[test]
fn the_stream_tells_an_entry_when_it_is_made() {
    let mock = four_requests();
    let other = mock.clone();
    let (lines, _open) = std::thread::scope(|threads| {
        let following =
            threads.spawn(|| follow(&mock, "/_mock/journal/stream?since=4", "", "event: entry"));
        // However late the listener is, it asked for what comes after the fourth.
        other.anybody().get("/creditors").expect(401);
        following.join().unwrap()
    });
    assert!(lines.last().unwrap().starts_with("event: entry"));
}
