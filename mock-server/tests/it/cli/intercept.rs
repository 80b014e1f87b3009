//! `exec --intercept`: calls to the real hosts end at the mock, and calls to any other host end here.

use serde_json::Value;

use super::process::{Ended, run};

const CREDITORS: &str = "curl -sS -X POST https://api-sandbox.amili.se/creditors -D - \
    -H 'X-API-Key: amili-api-user' -H 'Content-Type: application/json' \
    -d '{\"account\": \"6662fb1df4d1eaf404cb08de\", \"name\": \"Acme\", \"organization_no\": \"1122334455\"}'";
const GROUPS: &str = "https://api-sandbox.amili.se/access--groups -H 'X-API-Key: amili-api-user'";

fn intercepted(options: &[&str], script: &str) -> Ended {
    let fixed = ["exec", "--intercept", "--log", "off"];
    let command = ["--", "sh", "-c", script];
    run(&[&fixed[..], options, &command[..]].concat())
}

/// The end of what the script printed, as JSON.
#[track_caller]
fn last(ended: &Ended) -> Value {
    let line = ended.stdout.lines().last().unwrap_or_default();
    serde_json::from_str(line).unwrap_or_else(|fault| panic!("{fault}: {ended:?}"))
}

#[test]
fn a_call_to_the_real_host_reaches_the_mock_and_is_answered_in_its_name() {
    let ended = intercepted(&[], CREDITORS);
    assert_eq!((ended.status, ended.stderr.as_str()), (Some(0), ""));
    let created = last(&ended)["_id"].as_str().unwrap().to_owned();
    let place = format!("location: https://api-sandbox.amili.se/creditors/{created}");
    assert!(ended.stdout.lines().any(|line| line == place), "{ended:?}");
}

#[test]
fn plain_http_and_a_whole_url_in_the_request_line_reach_it_too() {
    let groups = GROUPS.replace("https:", "http:");
    let ended = intercepted(
        &[],
        &format!("curl -sSf -o /dev/null -w '%{{http_code}}\\n' {groups}"),
    );
    assert_eq!((ended.stdout.as_str(), ended.status), ("200\n", Some(0)));
}

#[test]
fn another_host_is_refused_counted_and_told() {
    let script = "curl -sS https://example.com/; curl -sS http://example.com/; \
        curl -sS http://127.0.0.1:${AMILI_BASE_URL##*:}/_mock/info; exit 3";
    let ended = intercepted(&[], script);
    assert_eq!(ended.status, Some(3), "the command's own status");
    assert!(
        ended
            .stdout
            .starts_with("your code tried to reach example.com;")
    );
    assert!(
        ended
            .stderr
            .contains("your code tried to reach example.com (2 times); refused"),
        "{ended:?}"
    );
    let refused = &last(&ended)["intercept"]["refused"];
    assert_eq!(
        *refused,
        serde_json::json!([{ "host": "example.com", "calls": 2 }])
    );
}

#[test]
fn tls_without_a_proxy_in_between_is_told_by_its_name() {
    let direct = |host: &str| {
        format!(
            "curl -sS --noproxy '*' --connect-to {host}:443:127.0.0.1:${{MOCK_INTERCEPT_PROXY##*:}} \
             https://{host}/access--groups -H 'X-API-Key: amili-api-user' -o /dev/null -w '%{{http_code}}\\n'"
        )
    };
    let ended = intercepted(&[], &direct("api-sandbox.amili.se"));
    assert_eq!((ended.stdout.as_str(), ended.status), ("200\n", Some(0)));
    let ended = intercepted(&[], &direct("api.amili.se"));
    assert_ne!(ended.status, Some(0));
    assert!(
        ended.stderr.contains("tried to reach api.amili.se (once)"),
        "{ended:?}"
    );
}

#[test]
fn the_user_of_the_proxy_chooses_the_space() {
    let proxied = "https_proxy=http://mine@${MOCK_INTERCEPT_PROXY#http://}";
    let journal = "curl -sS $(dirname $MOCK_CONTROL_URL)/_spaces/mine/_mock/journal";
    let ended = intercepted(
        &[],
        &format!("{proxied} curl -sSf -o /dev/null {GROUPS}; {journal}"),
    );
    assert_eq!(
        last(&ended)["entries"].as_array().map(Vec::len),
        Some(1),
        "{ended:?}"
    );
}

#[test]
fn more_hosts_can_be_named() {
    let script = "curl -sSf https://ams.example.test/v2/admin/permission/groups -H 'Authorization: Bearer ams-manager'";
    let ended = intercepted(&["--intercept-host", "AMS.example.test"], script);
    assert_eq!(ended.status, Some(0), "{ended:?}");
    for wrong in ["https://ams.example.test", "ams.example.test:443", ""] {
        let ended = intercepted(&["--intercept-host", wrong], "true");
        assert_eq!(ended.status, Some(2), "{wrong}: {ended:?}");
    }
    let ended = run(&["exec", "--intercept-host", "ams.example.test", "--", "true"]);
    assert!(ended.stderr.contains("--intercept"), "{ended:?}");
}

#[test]
fn what_is_no_http_harms_nobody() {
    let script = "port=${MOCK_INTERCEPT_PROXY##*:}; \
        printf '\\026\\003\\001garbage' | timeout 5 curl -sS telnet://127.0.0.1:$port > /dev/null; \
        printf 'GET / HTTP/1.0\\r\\n\\r\\n' | timeout 5 curl -sS --no-buffer telnet://127.0.0.1:$port; ";
    let ended = intercepted(&[], &format!("{script} curl -sSf -o /dev/null {GROUPS}"));
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert!(ended.stdout.contains("400 Bad Request"), "{ended:?}");
}
