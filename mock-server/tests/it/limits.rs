//! What the server takes at the most: whatever passes it is told the limit and the option that raises it, and
//! changes nothing.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use mock_server::{Limits, Options};
use serde_json::{Value, json};

use crate::amili::{acme, authentication, plain_creditor, user};
use crate::ams;
use crate::harness::{Answer, Mock, list};

fn limited(limits: Limits) -> Mock {
    Mock::with(Options {
        limits,
        ..Options::default()
    })
}

/// That an answer has this status and names the limit, in the body or in a warning.
#[track_caller]
fn check(answer: &Answer, status: u16, words: &[&str]) {
    assert_eq!(answer.status, status, "{}", answer.text());
    answer.json();
    let told = format!("{} {:?}", answer.text(), answer.all("x-mock-warning"));
    for word in words {
        assert!(told.contains(word), "no '{word}' in {told}");
    }
}

#[test]
fn a_body_is_not_larger_than_it_may_be() {
    let mock = limited(Limits {
        body: 1000,
        state: 20_000,
        ..Limits::default()
    });
    let before = mock.state();
    let large = json!({ "name": "x".repeat(2000) });
    let words = ["1000", "--max-body-kib"];
    check(&mock.api_user().post("/creditors", &large), 413, &words);
    check(&mock.setup().post("/v2/admin/users", &large), 413, &words);
    check(&mock.anybody().post("/_mock/tokens", &large), 413, &words);
    check(&mock.anybody().put("/_mock/faults", &large), 413, &words);
    mock.anybody().put("/_mock/state", &before).expect(204);
    let state = json!({ "x": "x".repeat(20_000) });
    let answer = mock.anybody().put("/_mock/state", &state);
    check(&answer, 413, &["20000", "--max-state-mib"]);
    assert_eq!(mock.state(), before);
}

#[test]
fn a_body_is_not_deeper_than_it_may_be() {
    let nested = |levels: usize| {
        let value = (1..levels).fold(json!(1), |inner, _| json!([inner]));
        json!({ "account": crate::harness::ACCOUNT, "name": "Acme", "case_config": { "x": value } })
    };
    let mock = limited(Limits {
        nesting: 4,
        ..Limits::default()
    });
    let before = mock.state();
    for levels in [4, 10, 60] {
        let amili = mock.api_user().post("/creditors", &nested(levels));
        check(&amili, 400, &["4 levels", "--max-nesting"]);
        let ams = mock.setup().post("/v2/admin/users", &nested(levels));
        check(&ams, 400, &["4 levels", "--max-nesting"]);
    }
    assert_eq!(mock.state(), before);
    let mut user = ams::user("a@test.net");
    user["colour"] = json!([[[1]]]);
    mock.setup().post("/v2/admin/users", &user).expect(201);
    user["colour"] = json!([[[[1]]]]);
    check(
        &mock.setup().post("/v2/admin/users", &user),
        400,
        &["--max-nesting"],
    );
}

#[test]
fn as_deep_as_can_be_asked_for_still_comes_out_and_in_again() {
    let mock = limited(Limits {
        nesting: 120,
        ..Limits::default()
    });
    let value = (0..118).fold(json!(1), |inner, _| json!([inner]));
    let mut creditor = plain_creditor("Acme");
    creditor["case_config"] = json!({ "x": value });
    let made = mock.api_user().post("/creditors", &creditor);
    let state = mock.state();
    mock.anybody().put("/_mock/state", &state).expect(204);
    assert_eq!(mock.state(), state);
    assert!([201, 422].contains(&made.status), "{}", made.text());
}

#[test]
fn a_head_is_not_larger_than_it_may_be() {
    let mock = limited(Limits {
        url: 1000,
        head: 8192,
        ..Limits::default()
    });
    let long = format!("/creditors?where={}", "x".repeat(1000));
    for caller in [mock.api_user(), mock.api_user().in_space("a")] {
        let answer = caller.get(&long);
        check(&answer, 414, &["1000 bytes", "--max-url-kib"]);
    }
    let spaces = mock.anybody().get("/_mock/spaces").expect(200).json();
    assert_eq!(list(&spaces, "/spaces").len(), 1, "no space came about");
    for length in [8200, 20_000, 100_000] {
        let call = mock.api_user().call("GET", "/creditors");
        let answer = call.header("x-long", "x".repeat(length)).send();
        check(&answer, 431, &["8 KiB", "--max-head-kib"]);
    }
    let mut call = mock.api_user().call("GET", "/creditors");
    for number in 0..101 {
        call = call.header(&format!("x-{number}"), "y");
    }
    check(&call.send(), 431, &["100 headers", "--max-headers"]);
    mock.api_user().get("/creditors").expect(200);
}

/// How many records and tokens the built-in world has.
fn size(world: &Value) -> usize {
    let apis = ["amili", "ams"].iter();
    let kinds = apis.flat_map(|api| world[*api].as_object().unwrap());
    let records: usize = kinds
        .filter(|(kind, _)| *kind != "api_codes")
        .map(|(_, records)| records.as_array().map_or(0, Vec::len))
        .sum();
    records + list(world, "/tokens").len()
}

#[test]
fn a_space_holds_no_more_records_than_it_may() {
    let held = size(&Mock::start().state());
    let mock = limited(Limits {
        records: held + 4,
        ..Limits::default()
    });
    let words = ["--max-records", &(held + 4).to_string()];
    let (amili, ams, anybody) = (mock.api_user(), mock.setup(), mock.anybody());
    // A creditor and its two groups: one more fits.
    amili.post("/creditors", &acme()).expect(201);
    ams.post("/v2/admin/users", &ams::user("a@test.net"))
        .expect(201);
    let full = mock.state();
    check(&amili.post("/creditors", &acme()), 507, &words);
    check(&amili.post("/users", &user(&[])), 507, &words);
    check(
        &amili.post("/creditors", &json!([acme(), acme()])),
        507,
        &words,
    );
    let another = ams.post("/v2/admin/users", &ams::user("b@test.net"));
    check(&another, 507, &words);
    let department = json!({ "name": "x", "parent_id": 42 });
    check(&ams.post("/v2/admin/departments", &department), 507, &words);
    let token = anybody.post("/_mock/tokens", &json!({ "api": "ams", "user": 1 }));
    check(&token, 507, &words);
    check(&authentication::authenticated(&mock), 507, &words);
    assert_eq!(mock.state(), full, "what is refused changes nothing");
    assert_eq!(mock.outbox().len(), 1);

    // What adds nothing is done, and room that is made is there.
    ams.post("/v2/admin/user/4/groups", &json!({ "groups": [] }))
        .expect(200);
    let creditors = amili.get("/creditors").expect(200).json();
    let creditor = &creditors["_items"][0];
    let (id, etag) = (&creditor["_id"], creditor["_etag"].as_str().unwrap());
    let path = format!("/creditors/{}", id.as_str().unwrap());
    let removal = amili.call("DELETE", &path).header("if-match", etag);
    removal.send().expect(204);
    amili.post("/creditors", &acme()).expect(201);

    let mut more = full.clone();
    let tokens = more["tokens"].as_array_mut().unwrap();
    tokens.push(json!({ "token": "one-too-many", "api": "ams", "user": 1 }));
    check(&anybody.put("/_mock/state", &more), 507, &words);
    anybody.put("/_mock/state", &full).expect(204);
}

#[test]
fn a_list_is_made_whole_or_not_at_all() {
    let held = size(&Mock::start().state());
    let mock = limited(Limits {
        records: held + 8,
        ..Limits::default()
    });
    let before = mock.state();
    let three: Vec<Value> = ["a", "b", "c"].map(plain_creditor).into();
    let answer = mock.api_user().post("/creditors", &json!(three));
    check(&answer, 507, &["--max-records"]);
    assert_eq!(mock.state(), before);
    mock.api_user()
        .post("/creditors", &json!(three[..2]))
        .expect(201);
}

#[test]
fn there_are_no_more_spaces_and_checkpoints_than_there_may_be() {
    let mock = limited(Limits {
        spaces: 3,
        checkpoints: 2,
        ..Limits::default()
    });
    for name in ["a", "b", "a"] {
        mock.api_user().in_space(name).get("/creditors").expect(200);
    }
    let another = mock.api_user().in_space("c").get("/creditors");
    check(&another, 429, &["3 spaces", "--max-spaces"]);
    mock.anybody()
        .call("DELETE", "/_mock/spaces/a")
        .send()
        .expect(204);
    mock.api_user().in_space("c").get("/creditors").expect(200);

    let put = |name: &str| {
        let path = format!("/_mock/checkpoints/{name}");
        mock.anybody().call("PUT", &path).send()
    };
    put("one").expect(201);
    put("two").expect(201);
    check(&put("three"), 429, &["2 checkpoints", "--max-checkpoints"]);
    put("two").expect(204);
}

fn address(mock: &Mock) -> &str {
    mock.base_url().trim_start_matches("http://")
}

#[test]
fn who_opens_many_connections_stops_nobody() {
    let mock = limited(Limits {
        connections: 8,
        ..Limits::default()
    });
    let half = [
        "",
        "GET / HT",
        "POST /creditors HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n{",
        "GET /_mock/journal/stream HTTP/1.1\r\nhost: localhost\r\n\r\n",
    ];
    let mut opened = Vec::new();
    for text in half.iter().cycle().take(100) {
        let mut stream = TcpStream::connect(address(&mock)).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        opened.push(stream);
        mock.api_user().get("/creditors").expect(200);
    }
    // The first had to leave, long ago.
    let limit = Some(Duration::from_secs(60));
    opened[0].set_read_timeout(limit).unwrap();
    assert_eq!(opened[0].read(&mut [0; 10]).unwrap(), 0);
}

#[test]
fn who_sends_slowly_stops_nobody_and_is_told() {
    let mock = limited(Limits {
        request_within: Duration::from_millis(50),
        ..Limits::default()
    });
    for text in [
        "GET /creditors HTTP/1.1\r\nhost: a\r\n",
        "POST /creditors HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n{",
        "PUT /_mock/state HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n{",
    ] {
        let mut slow = TcpStream::connect(address(&mock)).unwrap();
        slow.write_all(text.as_bytes()).unwrap();
        mock.api_user().get("/creditors").expect(200);
        let mut told = String::new();
        slow.read_to_string(&mut told).unwrap();
        assert!(told.starts_with("HTTP/1.1 408 "), "{told}");
        assert!(told.contains("--max-request-seconds"), "{told}");
    }
    let journal = mock.anybody().get("/_mock/journal").expect(200).json();
    assert_eq!(journal["last"], 3, "what never came whole is no request");
}

#[test]
fn the_limits_are_shown() {
    let limits = Limits {
        body: 1,
        state: 2,
        nesting: 3,
        url: 400,
        head: 8500,
        headers: 100,
        records: 7,
        checkpoints: 8,
        spaces: 9,
        connections: 10,
        request_within: Duration::from_secs(11),
        idle: Duration::from_secs(12),
    };
    let info = limited(limits).anybody().get("/_mock/info").expect(200);
    let expected = json!({
        "body_bytes": 1, "state_bytes": 2, "nesting": 3, "url_bytes": 400, "head_bytes": 8500, "headers": 100,
        "records": 7, "checkpoints": 8, "spaces": 9, "connections": 10, "request_seconds": 11.0,
        "idle_seconds": 12.0, "journal_entries": 10_000, "journal_bytes": 32 * 1024 * 1024,
    });
    assert_eq!(info.json()["limits"], expected);
}
