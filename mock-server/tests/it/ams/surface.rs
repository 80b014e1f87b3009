//! The surface of AMS: its paths to the letter, their methods, and what is not there.

use serde_json::json;

use super::documented_calls;
use crate::harness::{Answer, Caller, Mock};

const METHODS: &[&str] = &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"];

/// The envelope of a refusal that has no code; a HEAD has no body.
#[track_caller]
fn plain(answer: &Answer, status: u16, message: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    if !answer.body.is_empty() {
        assert_eq!(answer.json(), json!({ "message": message }));
    }
}

fn call(caller: &Caller, method: &str, path: &str) -> Answer {
    caller.call(method, path).json(&json!({})).send()
}

#[test]
fn other_methods_of_the_five_paths_are_refused_and_told_what_is_allowed() {
    let mock = Mock::start();
    let before = mock.state();
    for documented in documented_calls() {
        let allowed: &[&str] = match documented.method {
            "GET" => &["GET", "HEAD"],
            method => &[method],
        };
        for method in METHODS.iter().filter(|method| !allowed.contains(method)) {
            for caller in [mock.manager(), mock.anybody()] {
                let answer = call(&caller, method, documented.path);
                plain(&answer, 405, "Method Not Allowed");
                let told = answer.header("allow").unwrap().split(',');
                let told: Vec<&str> = told.map(str::trim).collect();
                assert_eq!(told, allowed, "{method} {}", documented.path);
            }
        }
    }
    assert_eq!(mock.state(), before);
}

#[test]
fn head_answers_like_get_without_a_body() {
    let mock = Mock::start();
    let path = "/v2/admin/permission/groups";
    let head = |caller: Caller| caller.call("HEAD", path).send();
    let answer = head(mock.manager()).expect(200);
    let length = mock.manager().get(path).body.len().to_string();
    assert!(answer.body.is_empty());
    assert_eq!(answer.header("content-length"), Some(length.as_str()));
    head(mock.ams("ams-nobody")).expect(403);
    head(mock.anybody()).expect(401);
}

#[test]
fn a_path_that_is_almost_one_is_none() {
    let mock = Mock::start();
    let before = mock.state();
    for path in [
        "/v2",
        "/v2/",
        "/v2//",
        "/v2/admin",
        "/v2/admin/",
        "/v2/users",
        "/v2/admin/user",
        "/v2/admin/department",
        "/v2/admin/users/",
        "/v2/admin/departments/",
        "/v2/admin/users/4",
        "/v2/admin/departments/1",
        "/v2/admin/users/4/departments",
        "/v2/admin/user/4/department",
        "/v2/admin/user/4/departments",
        "/v2/admin/users//department",
        "/v2/admin/users/4/department/1",
        "/v2/admin/users/4/department/",
        "/v2/admin/permission/group",
        "/v2/admin/permissions/groups",
        "/v2/admin/permission/groups/",
        "/v2/admin/permission/groups/1",
        "/v2/admin/user/4/group",
        "/v2/admin/users/4/groups",
        "/v2/admin/user/4/groups/",
        "/v2/admin/user//groups",
        "/v2/admin/Users",
        "/v2/admin/login",
        "/v2/login",
        "/v2/admin/companies",
    ] {
        for method in METHODS {
            for caller in [mock.manager(), mock.anybody()] {
                let answer = call(&caller, method, path);
                eprintln!("{method} {path}");
                plain(&answer, 404, "Not Found");
                assert_eq!(answer.header("allow"), None, "{method} {path}");
            }
        }
    }
    assert_eq!(mock.state(), before);
}

#[test]
fn users_and_departments_cannot_be_read_on_the_surface() {
    let mock = Mock::start();
    for path in ["/v2/admin/users", "/v2/admin/departments"] {
        mock.setup().get(path).expect(405);
    }
    for path in ["/v2/admin/users/4/department", "/v2/admin/user/4/groups"] {
        mock.setup().get(path).expect(405);
    }
    let state = mock.state();
    assert_eq!(state["ams"]["users"].as_array().unwrap().len(), 4);
    assert_eq!(state["ams"]["departments"].as_array().unwrap().len(), 4);
}

#[test]
fn an_id_of_a_path_may_be_encoded_and_is_a_number() {
    let mock = Mock::start();
    let link = |user: &str| {
        let path = format!("/v2/admin/users/{user}/department");
        mock.manager().post(&path, &json!({ "departments": [1] }))
    };
    link("%34").expect(200);
    for user in [
        "04",
        "+4",
        "%2B4",
        "-4",
        "4.0",
        "4e0",
        "0x4",
        "%20",
        "4%20",
        "%FF",
        "4%2F",
        "null",
        "me",
        "{userId}",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
    ] {
        let answer = link(&user.replace('{', "%7B").replace('}', "%7D"));
        assert_eq!(answer.status, 404, "{user}: {}", answer.text());
        assert_eq!(answer.text_at("/code"), "user.002", "{user}");
    }
    // Another way to write it is no way round the rule about oneself.
    let own = "/v2/admin/user/%32/groups";
    let answer = mock.manager().post(own, &json!({ "groups": [1] }));
    assert_eq!(answer.text_at("/code"), "permission.010");
}

#[test]
fn a_query_key_that_nothing_reads_is_told_by_every_call() {
    let mock = Mock::start();
    for documented in documented_calls() {
        let path = format!("{}?page=2", documented.path);
        let call = mock.manager().call(documented.method, &path);
        let answer = call.json(&documented.body).send();
        assert!(answer.status < 300, "{}", answer.text());
        let told = answer.all("x-mock-warning");
        assert!(told.iter().any(|text| text.contains("'page'")), "{told:?}");
    }
}

#[test]
fn what_is_sent_and_does_not_count_is_told() {
    let mock = Mock::start();
    let told = |answer: Answer, word: &str| {
        let warnings = answer.all("x-mock-warning").join("; ");
        assert!(answer.status < 300 && warnings.contains(word), "{warnings}");
    };
    let named = json!({ "name": "x", "company_id": 42 });
    told(mock.manager().post("/v2/admin/departments", &named), "42");
    let unknown = json!({ "name": "x", "company_id": 999 });
    told(mock.setup().post("/v2/admin/departments", &unknown), "999");
    let user = json!({ "name": "x", "surname": "y", "email": "a@test.net", "company_id": 42 });
    told(mock.manager().post("/v2/admin/users", &user), "42");
    let twice = "/v2/admin/permission/groups?company_id=24&company_id=42";
    told(mock.setup().get(twice), "several");
    let filtered = "/v2/admin/permission/groups?company_id=42";
    told(mock.manager().get(filtered), "42");
}
