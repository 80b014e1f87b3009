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
