//! Who calls: keys in `X-API-Key`, and what is looked at before the key.

use super::{NOBODYS_ID, NOT_FOUND, acme, refused, refused_without_a_trace};
use crate::harness::{Answer, Caller, Mock};

const UNAUTHORISED: &str = "Please provide proper credentials";

#[track_caller]
fn unauthorised(answer: &Answer) {
    refused(answer, 401, UNAUTHORISED);
    assert_eq!(
        answer.header("www-authenticate"),
        Some("Basic realm=\"eve\"")
    );
    assert_eq!(answer.rule(), Some("amili.auth.token-required"));
}

/// Callers without a valid key, each wrong in another way.
fn strangers(mock: &Mock) -> Vec<Caller> {
    vec![
        mock.anybody(),
        mock.amili(""),
        mock.amili("nobodys-key"),
        mock.amili("amili-api-user ".trim_end())
            .with("x-api-key", "AMILI-API-USER"),
        mock.amili("ams-setup"),
        mock.ams("amili-api-user"),
    ]
}

#[test]
fn missing_empty_wrong_and_foreign_keys_are_one_answer() {
    let mock = Mock::start();
    for caller in strangers(&mock) {
        for path in [
            "/creditors",
            "/access--groups",
            "/users",
            "/accounts",
            "/partners",
        ] {
            unauthorised(&caller.get(path));
            unauthorised(&caller.get(&format!("{path}/{NOBODYS_ID}")));
        }
        refused_without_a_trace(&mock, || caller.post("/creditors", &acme()), unauthorised);
        refused_without_a_trace(&mock, || caller.post("/users", &acme()), unauthorised);
    }
}

#[test]
fn only_the_header_counts() {
    let mock = Mock::start();
    unauthorised(&mock.anybody().get("/creditors?X-API-Key=amili-api-user"));
    let basic = "Basic YW1pbGktYXBpLXVzZXI6";
    unauthorised(
        &mock
            .anybody()
            .with("authorization", basic)
            .get("/creditors"),
    );
    mock.anybody()
        .with("x-Api-KEY", "amili-api-user")
        .get("/creditors")
        .expect(200);
}

#[test]
fn the_key_is_looked_at_before_the_body() {
    let mock = Mock::start();
    for body in ["{", "", "[]"] {
        unauthorised(
            &mock
                .anybody()
                .call("POST", "/creditors")
                .body("application/json", body)
                .send(),
        );
        unauthorised(
            &mock
                .anybody()
                .call("POST", "/creditors")
                .body("text/plain", body)
                .send(),
        );
    }
}

#[test]
fn paths_and_methods_are_looked_at_before_the_key() {
    let mock = Mock::start();
    let anybody = mock.anybody();
    for path in [
        "/nothing",
        "/Creditors",
        "/creditors/x",
        &format!("/creditors/{}", "A".repeat(24)),
        "/creditors/1/2",
    ] {
        let answer = anybody.get(path);
        refused(&answer, 404, NOT_FOUND);
        assert_eq!(answer.rule(), Some("amili.path.known"));
    }
    for (method, path) in [
        ("POST", "/access--groups"),
        ("PUT", "/creditors"),
        ("DELETE", "/users"),
        ("POST", "/accounts/0123456789abcdef01234567"),
    ] {
        let answer = anybody.call(method, path).send();
        refused(
            &answer,
            405,
            "The method is not allowed for the requested URL.",
        );
        assert_eq!(answer.rule(), Some("amili.method.offered"));
        assert_eq!(answer.header("allow"), None);
    }
}

#[test]
fn a_key_acts_for_its_own_account_alone() {
    let mock = Mock::start();
    let creditor = mock.api_user().post("/creditors", &acme()).expect(201).id();
    for caller in [mock.other_account(), mock.amili("amili-partner")] {
        assert!(super::all(&caller, "creditors").is_empty());
        refused(
            &caller.get(&format!("/creditors/{creditor}")),
            404,
            NOT_FOUND,
        );
        assert!(super::groups_of(&caller, &creditor).is_empty());
    }
    let administrator = mock.amili("amili-account-admin");
    administrator
        .get(&format!("/creditors/{creditor}"))
        .expect(200);
}
