//! The order of the framework's checks: of everything wrong with a request, the first in it answers.

use serde_json::{Value, json};

use super::{NOBODYS_ID, acme, plain_creditor, with};
use crate::harness::{Answer, Call, Mock};

/// A mock with the guide's creditor, its path, and its etag.
struct Scene {
    mock: Mock,
    path: String,
    etag: String,
}

impl Scene {
    fn set() -> Self {
        let mock = Mock::start();
        let made = mock.api_user().post("/creditors", &acme()).expect(201);
        Self {
            path: format!("/creditors/{}", made.id()),
            etag: made.text_at("/_etag"),
            mock,
        }
    }

    fn call(&self, method: &str, path: &str) -> Call {
        self.mock.api_user().call(method, path)
    }
}

/// Requests with one fault fewer each: that each is answered for the first fault it still has.
#[track_caller]
fn check(answers: &[(u16, Answer)]) {
    for (place, (status, answer)) in answers.iter().enumerate() {
        assert_eq!(answer.status, *status, "request {place}: {}", answer.text());
    }
}

#[test]
fn path_then_method_then_key_then_the_rest() {
    let mock = Mock::start();
    let nobody = |method: &str, path: &str| {
        let call = mock.anybody().call(method, path);
        call.body("text/plain", "{").send()
    };
    let known = mock.api_user().call("POST", "/creditors");
    check(&[
        (404, nobody("PUT", "/nothing")),
        (404, nobody("PUT", "/creditors/X")),
        (404, nobody("GET", "/creditors/X")),
        (405, nobody("PUT", "/creditors")),
        (405, nobody("PUT", &format!("/creditors/{NOBODYS_ID}"))),
        (401, nobody("POST", "/creditors")),
        (401, nobody("PATCH", &format!("/creditors/{NOBODYS_ID}"))),
        (401, nobody("DELETE", &format!("/creditors/{NOBODYS_ID}"))),
        (401, nobody("GET", "/creditors?where={")),
        (400, known.body("text/plain", "{").send()),
    ]);
}

#[test]
fn an_items_parameters_are_read_before_it_is_looked_for() {
    let scene = Scene::set();
    let get = |path: &str, since: &str| {
        let call = scene.call("GET", path).header("if-modified-since", since);
        call.header("if-none-match", &scene.etag).send()
    };
    let date = "Tue, 11 Nov 2025 12:22:34 GMT";
    let unknown = format!("/creditors/{NOBODYS_ID}");
    check(&[
        (400, get(&format!("{unknown}?projection=x"), "yesterday")),
        (400, get(&format!("{unknown}?projection=x"), date)),
        (404, get(&unknown, date)),
        // Nothing but the date says that it has changed.
        (200, get(&scene.path, date)),
        (304, get(&scene.path, "")),
    ]);
    let embedded = scene.call("GET", &format!("{unknown}?embedded=x"));
    let told = embedded.send();
    assert_eq!(told.status, 400, "{}", told.text());
    assert!(
        told.text().contains("Unable to parse `embedded` clause"),
        "{}",
        told.text()
    );
}

#[test]
fn a_creation_is_read_then_judged_then_given_its_id() {
    let scene = Scene::set();
    let post = |kind: &str, body: &str| {
        let call = scene.call("POST", "/creditors");
        call.body(kind, body).send()
    };
    let taken = scene.path.trim_start_matches("/creditors/");
    let invalid = json!({ "_id": taken, "name": 5 }).to_string();
    let valid = with(plain_creditor("Bolag"), json!({ "_id": taken })).to_string();
    check(&[
        (400, post("text/plain", "{")),
        (400, post("application/json", "{")),
        (400, post("application/json", "[]")),
        (422, post("application/json", &invalid)),
        (409, post("application/json", &valid)),
    ]);
}

#[test]
fn a_change_is_read_then_its_target_found_then_its_etag_then_its_fields() {
    let scene = Scene::set();
    let unknown = format!("/creditors/{NOBODYS_ID}");
    let patch = |path: &str, etag: &str, body: &str| {
        let call = scene.call("PATCH", path).header("if-match", etag);
        call.body("application/json", body).send()
    };
    let invalid = json!({ "_id": NOBODYS_ID, "name": 5 }).to_string();
    let other_id = json!({ "_id": NOBODYS_ID }).to_string();
    let projected = format!("{unknown}?projection=x");
    let label = scene.call("PATCH", &projected).body("text/plain", "{");
    check(&[
        (400, label.send()),
        (400, patch(&projected, "", "{")),
        (400, patch(&projected, "", &invalid)),
        (404, patch(&unknown, "", &invalid)),
        (428, patch(&scene.path, "", &invalid)),
        (412, patch(&scene.path, "x", &invalid)),
        (422, patch(&scene.path, &scene.etag, &invalid)),
        (400, patch(&scene.path, &scene.etag, &other_id)),
        (200, patch(&scene.path, &scene.etag, "{}")),
    ]);
}

#[test]
fn a_deletion_finds_its_target_then_reads_its_etag_and_nothing_else() {
    let scene = Scene::set();
    let delete = |path: &str, etag: &str| {
        let call = scene
            .call("DELETE", &format!("{path}?projection=x&where="))
            .header("if-match", etag);
        call.body("text/plain", "{").send()
    };
    let unknown = format!("/creditors/{NOBODYS_ID}");
    check(&[
        (204, delete(&unknown, "")),
        (204, delete(&unknown, "x")),
        (428, delete(&scene.path, "")),
        (412, delete(&scene.path, "x")),
        (204, delete(&scene.path, &scene.etag)),
        (204, delete(&scene.path, &scene.etag)),
    ]);
}

#[test]
fn every_parameter_of_a_list_is_read_before_it_is_answered() {
    let mock = Mock::start();
    let get = |query: &str| mock.api_user().get(&format!("/creditors?{query}"));
    check(&[
        (400, get("sort=,&where={&projection=x")),
        (400, get("where={&projection=x")),
        (400, get("projection=x")),
        (200, get("page=x&max_results=x")),
    ]);
    // The reason, which the framework keeps to itself, is that of the first.
    let reason = |query: &str| get(query).all("x-mock-warning").join("; ");
    for (several, first) in [
        ("sort=,&where={&projection=x", "sort=,"),
        ("where={&projection=x", "where={"),
    ] {
        assert_eq!(reason(several), reason(first));
    }
    let empty: &Value = &get("where=&sort=&projection=").expect(200).json()["_items"];
    assert_eq!(empty, &json!([]));
}
