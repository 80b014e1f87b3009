//! The framework's own answers, byte for byte, where the framework's form of errors is in force; and
//! what it answers besides: paths, methods, gaps, HEAD and OPTIONS.

use serde_json::json;

use super::{NOBODYS_ID, NOT_FOUND, acme, refused};
use crate::harness::{ACCOUNT, Mock};

#[track_caller]
fn check(path: &str, body: &str, told: &str) {
    let mock = Mock::assuming("amili.errors.shape", "framework");
    let answer = mock
        .api_user()
        .call("POST", path)
        .body("application/json", body)
        .send();
    assert_eq!((answer.status, answer.text().as_str()), (422, told));
}

#[test]
fn absent_fields_are_told_as_the_framework_does() {
    check(
        "/creditors",
        "{}",
        r#"{"_status": "ERR", "_issues": {"account": "required field", "name": "required field"}, "_error": {"code": 422, "message": "Insertion failure: 1 document(s) contain(s) error(s)"}}"#,
    );
}

#[test]
fn every_problem_of_a_creditor_is_told_as_the_framework_does() {
    check(
        "/creditors",
        r#"{"account": "abc", "name": 5, "colour": "red", "sender_address": {"city": 1}, "organization_no": "1", "non_swedish_organization_no": "2"}"#,
        r#"{"_status": "ERR", "_issues": {"account": "must be of objectid type", "colour": "unknown field", "name": "must be of string type", "non_swedish_organization_no": "'organization_no' must not be present with 'non_swedish_organization_no'", "organization_no": "'non_swedish_organization_no' must not be present with 'organization_no'", "sender_address": {"city": "must be of string type"}}, "_error": {"code": 422, "message": "Insertion failure: 1 document(s) contain(s) error(s)"}}"#,
    );
}

#[test]
fn problems_inside_lists_are_told_as_the_framework_does() {
    check(
        "/users",
        r#"{"account": "6662fb1df4d1eaf404cb08de", "name": "Jon Doe", "data_access": [{"access_group": "69132a8bc9ea54f691cc407e"}, {"access_group": "x"}]}"#,
        r#"{"_status": "ERR", "_issues": {"data_access": {"0": {"access_group": "value '69132a8bc9ea54f691cc407e' must exist in resource 'access--groups', field '_id'."}, "1": {"access_group": "must be of objectid type"}}}, "_error": {"code": 422, "message": "Insertion failure: 1 document(s) contain(s) error(s)"}}"#,
    );
}

#[test]
fn a_null_organisation_number_still_excludes_its_rival() {
    let mock = Mock::assuming("amili.errors.shape", "framework");
    let body = json!({ "account": ACCOUNT, "name": "x", "organization_no": "1", "non_swedish_organization_no": null });
    let issues = mock.api_user().post("/creditors", &body).expect(422).json()["_issues"].clone();
    let messages = json!([
        "'organization_no' must not be present with 'non_swedish_organization_no'",
        "null value not allowed"
    ]);
    assert_eq!(issues["non_swedish_organization_no"], messages);
}

#[test]
fn answers_are_one_line_of_ascii() {
    let mock = Mock::start();
    let id = mock.api_user().post("/creditors", &acme()).expect(201).id();
    let text = mock.api_user().get(&format!("/creditors/{id}")).text();
    assert!(
        text.contains(r#""standard_debt_description": "Standard skuldbeskrivning p\u00e5 Konto""#),
        "{text}"
    );
    assert!(text.is_ascii() && !text.contains('\n'));
    let accept = mock
        .api_user()
        .call("GET", "/creditors")
        .header("accept", "application/xml")
        .send();
    assert_eq!(
        accept.expect(200).header("content-type"),
        Some("application/json")
    );
}

#[test]
fn pretty_indents_by_four_blanks() {
    let mock = Mock::start();
    for query in ["?pretty", "?pretty=", "?pretty=1"] {
        let answer = mock
            .api_user()
            .get(&format!("/creditors{query}"))
            .expect(200);
        assert!(
            answer.text().starts_with("{\n    \"_items\": []"),
            "{}",
            answer.text()
        );
    }
}

#[test]
fn a_slash_at_the_end_is_accepted() {
    let mock = Mock::start();
    let id = mock.api_user().post("/creditors", &acme()).expect(201).id();
    let same = |path: &str| {
        let (plain, slashed) = (
            mock.api_user().get(path).expect(200),
            mock.api_user().get(&format!("{path}/")).expect(200),
        );
        assert_eq!(plain.text(), slashed.text());
    };
    same("/access--groups");
    same(&format!("/creditors/{id}"));
}

#[test]
fn the_root_answers_an_empty_object() {
    let mock = Mock::start();
    assert_eq!(mock.api_user().get("/").expect(200).text(), "{}");
}

#[test]
fn head_is_a_get_without_its_body() {
    let mock = Mock::start();
    let id = mock.api_user().post("/creditors", &acme()).expect(201).id();
    let paths = [
        "/access--groups",
        &format!("/creditors/{id}"),
        "/nothing",
        &format!("/users/{NOBODYS_ID}"),
    ];
    for path in paths {
        let (get, head) = (
            mock.api_user().get(path),
            mock.api_user().call("HEAD", path).send(),
        );
        assert_eq!(head.status, get.status, "{path}");
        assert!(head.body.is_empty());
        for name in [
            "content-type",
            "etag",
            "last-modified",
            "x-total-count",
            "x-mock-server",
            "x-mock-rule",
        ] {
            assert_eq!(head.header(name), get.header(name), "{path}: {name}");
        }
    }
    assert_eq!(mock.anybody().call("HEAD", "/creditors").send().status, 401);
}

#[track_caller]
fn check_options(path: &str, allowed: &[&str]) {
    let mock = Mock::start();
    let answer = mock.anybody().call("OPTIONS", path).send().expect(200);
    assert!(answer.body.is_empty());
    assert_eq!(
        answer.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    let mut told: Vec<&str> = answer
        .header("allow")
        .unwrap_or_default()
        .split(", ")
        .collect();
    told.sort_unstable();
    assert_eq!(told, allowed);
}

#[test]
fn options_of_a_list_need_no_key() {
    check_options("/creditors", &["GET", "HEAD", "OPTIONS", "POST"]);
    check_options("/users", &["GET", "HEAD", "OPTIONS", "POST"]);
}

#[test]
fn options_of_what_is_only_read_need_no_key() {
    check_options("/access--groups", &["GET", "HEAD", "OPTIONS"]);
    check_options(&format!("/users/{NOBODYS_ID}"), &["GET", "HEAD", "OPTIONS"]);
}

#[test]
fn methods_that_no_page_names_are_not_offered() {
    let mock = Mock::start();
    let item = |resource: &str| format!("/{resource}/{NOBODYS_ID}");
    let calls = [
        ("PATCH", item("users")),
        ("DELETE", item("users")),
        ("PUT", item("creditors")),
        ("POST", item("creditors")),
        ("POST", "/access--groups".to_owned()),
        ("PATCH", item("access--groups")),
        ("DELETE", "/creditors".to_owned()),
        ("POST", "/partners".to_owned()),
        ("PATCH", item("accounts")),
    ];
    for (method, path) in calls {
        let answer = mock.api_user().call(method, &path).json(&json!({})).send();
        refused(
            &answer,
            405,
            "The method is not allowed for the requested URL.",
        );
        assert_eq!(answer.header("allow"), None);
        assert_eq!(
            answer.rule(),
            Some("amili.method.offered"),
            "{method} {path}"
        );
    }
}

#[test]
fn what_is_documented_and_not_modelled_is_501_and_named() {
    let mock = Mock::start();
    let gaps = [
        ("GET", "/invoices", "invoices"),
        ("GET", "/invoices/0123456789abcdef01234567", "invoices"),
        (
            "POST",
            "/media--upload/0123456789abcdef01234567",
            "media upload",
        ),
    ];
    for (method, path, named) in gaps {
        let answer = mock
            .api_user()
            .call(method, path)
            .json(&json!({}))
            .send()
            .expect(501);
        let body = answer.json();
        assert_eq!(
            (&body["_status"], &body["_error"]["code"]),
            (&json!("ERR"), &json!(501))
        );
        assert!(
            answer.text_at("/_error/message").contains(named),
            "{}",
            answer.text()
        );
        assert_eq!(mock.anybody().call(method, path).send().status, 401);
    }
}

#[test]
fn every_answer_says_that_it_is_a_mocks() {
    let mock = Mock::start();
    let answers = [
        mock.api_user().get("/creditors"),
        mock.anybody().get("/creditors"),
        mock.anybody().get("/nothing"),
        mock.api_user().post("/creditors", &acme()),
        mock.api_user().get("/invoices"),
    ];
    for answer in answers {
        assert_eq!(
            answer.header("x-mock-server"),
            Some(env!("CARGO_PKG_VERSION")),
            "{}",
            answer.text()
        );
    }
    let created = mock.api_user().post("/creditors", &acme()).expect(201);
    assert_eq!(created.rule(), None, "a rule is named when it refused");
    refused(&mock.api_user().get("/nothing"), 404, NOT_FOUND);
}
