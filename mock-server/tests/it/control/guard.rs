//! Who may ask: programs on this machine, and no page of another origin in a browser.

use mock_server::Options;

use super::told;
use crate::amili::acme;
use crate::harness::Mock;

#[test]
fn only_loopback_names_and_those_allowed_reach_the_control_api() {
    let mock = Mock::with(Options {
        allow_hosts: vec!["mock.internal".to_owned()],
        ..Options::default()
    });
    let asked = |host: &str| {
        mock.anybody()
            .call("GET", "/_mock/health")
            .header("host", host)
            .send()
    };
    for host in [
        "localhost",
        "localhost:4080",
        "127.0.0.1:1",
        "[::1]:4080",
        "mock.internal",
        "mock.internal:80",
    ] {
        asked(host).expect(200);
    }
    for host in [
        "evil.example",
        "evil.example:4080",
        "127.0.0.1.evil.example",
        "10.0.0.1",
        "localhost.evil.example",
    ] {
        told(&asked(host), 403, host.split(':').next().unwrap());
        let call = mock
            .anybody()
            .call("POST", "/_spaces/a/_mock/reset")
            .header("host", host);
        told(&call.send(), 403, "");
    }
    let fake = mock
        .api_user()
        .call("GET", "/creditors")
        .header("host", "evil.example")
        .send();
    fake.expect(200);
}

#[test]
fn a_page_of_another_origin_cannot_steer_the_mock() {
    let mock = Mock::start();
    mock.api_user().post("/creditors", &acme()).expect(201);
    let before = mock.state();
    let reset = |origin: &str| {
        mock.anybody()
            .call("POST", "/_mock/reset")
            .header("origin", origin)
            .send()
    };
    for origin in [
        "http://evil.example",
        "null",
        "http://localhost",
        "https://127.0.0.1",
        "http://127.0.0.1:1",
        "",
    ] {
        told(&reset(origin), 403, "origin");
    }
    assert_eq!(mock.state(), before);
    reset(mock.base_url()).expect(204);
}

/// Every call of the control API, with a body that would be taken.
const CALLS: [(&str, &str, &str); 14] = [
    ("POST", "/_mock/reset", ""),
    ("PUT", "/_mock/state", r#"{"tokens": []}"#),
    ("POST", "/_mock/state/save", ""),
    ("PUT", "/_mock/faults", r#"[{"effect": "drop"}]"#),
    ("DELETE", "/_mock/faults", ""),
    ("POST", "/_mock/tokens", r#"{"api": "ams", "user": 1}"#),
    ("PUT", "/_mock/clock", r#"{"advance_seconds": 60}"#),
    (
        "PUT",
        "/_mock/assumptions",
        r#"{"amili.patch.if-match": "optional"}"#,
    ),
    ("PUT", "/_mock/checkpoints/a", ""),
    ("DELETE", "/_mock/journal", ""),
    ("DELETE", "/_mock/spaces/default", ""),
    ("GET", "/_mock/state", ""),
    ("GET", "/_mock/journal", ""),
    ("GET", "/_mock/info", ""),
];

/// What browsers send for a page that is not the mock's own: each a way in which one could try to get in.
const PAGES: [(&str, &[(&str, &str)]); 7] = [
    (
        "a name of the page's own that has come to mean this machine",
        &[("host", "rebound.example:4080")],
    ),
    (
        "the same with the page as origin",
        &[
            ("host", "rebound.example:4080"),
            ("origin", "http://rebound.example:4080"),
            ("sec-fetch-site", "same-origin"),
        ],
    ),
    (
        "a form that posts plain text",
        &[
            ("origin", "http://evil.example"),
            ("content-type", "text/plain"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
        ],
    ),
    (
        "a fetch that needs no leave",
        &[
            ("origin", "http://localhost:3000"),
            ("content-type", "text/plain;charset=UTF-8"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-mode", "no-cors"),
        ],
    ),
    (
        "a page without an origin, as a file or a frame is",
        &[("origin", "null"), ("sec-fetch-site", "cross-site")],
    ),
    (
        "an image or a script, which say no origin",
        &[
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "no-cors"),
            ("sec-fetch-dest", "image"),
        ],
    ),
    (
        "a frame",
        &[
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "iframe"),
        ],
    ),
];

#[test]
fn no_page_gets_in_whatever_way_it_tries() {
    let mock = Mock::start();
    mock.api_user().post("/creditors", &acme()).expect(201);
    let before = mock.state();
    for (way, headers) in PAGES {
        for (method, path, body) in CALLS {
            for prefix in ["", "/_spaces/default"] {
                let path = format!("{prefix}{path}");
                let mut call = mock.anybody().call(method, &path).unlabelled(body);
                for (name, value) in headers {
                    call = call.header(name, value);
                }
                let answer = call.send();
                assert_eq!(answer.status, 403, "{way}: {method} {path}");
                let shown = answer.text();
                assert!(
                    !shown.contains("ams-setup") && !shown.contains("Acme"),
                    "{way}: {shown}"
                );
            }
        }
    }
    assert_eq!(mock.state(), before);
    let journal = mock.anybody().get("/_mock/journal").expect(200).json();
    assert_eq!(journal["last"], 1, "the journal is as it was");
}

#[test]
fn a_link_to_the_page_can_be_followed() {
    let mock = Mock::start();
    let mut call = mock.anybody().call("GET", "/_mock");
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
    ] {
        call = call.header(name, value);
    }
    call.send().expect(200);
}

#[test]
fn the_control_api_lets_no_other_origin_read_it() {
    let mock = Mock::start();
    for origin in [mock.base_url(), "http://evil.example"] {
        for (method, path, body) in CALLS.into_iter().chain([
            ("OPTIONS", "/_mock/state", ""),
            ("OPTIONS", "/_mock/reset", ""),
            ("GET", "/_mock/nothing", ""),
        ]) {
            let call = mock.anybody().call(method, path).unlabelled(body);
            let call = call
                .header("origin", origin)
                .header("access-control-request-method", "PUT")
                .header("access-control-request-headers", "content-type");
            let answer = call.send();
            let cors = answer.headers.keys();
            let cors: Vec<_> = cors
                .filter(|name| name.as_str().starts_with("access-control-"))
                .collect();
            assert!(cors.is_empty(), "{origin} {method} {path}: {cors:?}");
        }
    }
}
