//! The control API: what a space holds and is set to, and who may ask.

mod assumptions;
mod checkpoints;
mod clock;
mod dashboard;
mod explanations;
mod faults;
mod guard;
mod journal;
mod spaces;
mod state;

use mock_server::catalogue;
use serde_json::{Value, json};

use crate::amili::acme;
use crate::ams;
use crate::harness::{Answer, Mock, list};

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

/// That a call was refused with a text that says why, in these words among others.
#[track_caller]
fn told(answer: &Answer, status: u16, words: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert!(
        answer.text_at("/error").contains(words),
        "{}",
        answer.text()
    );
}

#[test]
fn health_is_ok() {
    let answer = Mock::start().anybody().get("/_mock/health").expect(200);
    assert_eq!(answer.json(), json!({ "status": "ok" }));
}

#[test]
fn info_has_the_keys_of_the_public_face() {
    let mock = Mock::at_guide_time();
    let info = mock.anybody().get("/_mock/info").expect(200).json();
    assert_eq!(
        keys(&info),
        [
            "version", "space", "amili", "ams", "control", "tokens", "clock", "seed", "limits",
            "files"
        ]
    );
    for api in ["amili", "ams"] {
        assert_eq!(info[api], json!({ "base_url": mock.base_url() }));
    }
    assert_eq!(
        info["control"],
        json!({ "base_url": format!("{}/_mock", mock.base_url()) })
    );
    assert_eq!(
        (&info["version"], &info["space"]),
        (&json!(env!("CARGO_PKG_VERSION")), &json!("default"))
    );
    assert_eq!(info["seed"], 7);
    for token in list(&info, "/tokens") {
        assert_eq!(keys(token), ["token", "api", "user", "may"]);
    }
    let tokens: Vec<&str> = list(&info, "/tokens")
        .iter()
        .map(|token| token["token"].as_str().unwrap())
        .collect();
    for token in [
        "amili-api-user",
        "amili-account-admin",
        "amili-other-account",
        "amili-partner",
        "ams-setup",
        "ams-manager",
        "ams-reader",
        "ams-nobody",
    ] {
        assert!(tokens.contains(&token), "{token}");
    }
}

#[test]
fn every_token_of_the_world_is_taken_by_its_api() {
    let mock = Mock::start();
    let info = mock.anybody().get("/_mock/info").json();
    for token in list(&info, "/tokens") {
        let text = token["token"].as_str().unwrap();
        let answer = match token["api"].as_str().unwrap() {
            "amili" => mock.amili(text).get("/accounts"),
            _ => mock.ams(text).get("/v2/admin/permission/groups"),
        };
        assert_ne!(answer.status, 401, "{token}");
    }
}

#[test]
fn a_reset_puts_everything_back() {
    let mock = Mock::at_guide_time();
    let fresh = (
        mock.state(),
        mock.anybody().get("/_mock/clock").text(),
        mock.anybody().get("/_mock/rules").text(),
    );
    mock.api_user().post("/creditors", &acme()).expect(201);
    mock.setup()
        .post("/v2/admin/users", &ams::user("a@test.net"))
        .expect(201);
    mock.anybody()
        .put("/_mock/clock", &json!({ "advance_seconds": 60 }))
        .expect(200);
    let token = mock
        .anybody()
        .post("/_mock/tokens", &json!({ "api": "ams", "user": 1 }))
        .expect(201)
        .text_at("/token");
    let answer = mock
        .anybody()
        .call("POST", "/_mock/reset")
        .send()
        .expect(204);
    assert!(answer.body.is_empty());
    let again = (
        mock.state(),
        mock.anybody().get("/_mock/clock").text(),
        mock.anybody().get("/_mock/rules").text(),
    );
    assert_eq!(again, fresh);
    assert!(mock.outbox().is_empty());
    mock.ams(&token)
        .get("/v2/admin/permission/groups")
        .expect(401);
}

#[test]
fn a_token_acts_as_the_user_it_was_made_for() {
    let mock = Mock::start();
    let token = |body: Value| mock.anybody().post("/_mock/tokens", &body);
    let made = token(json!({ "api": "ams", "user": 3 })).expect(201);
    assert_eq!(keys(&made.json()), ["token"]);
    let reader = mock.ams(&made.text_at("/token"));
    reader.get("/v2/admin/permission/groups").expect(200);
    reader
        .post("/v2/admin/departments", &json!({ "name": "x" }))
        .expect(403);
    let user = mock
        .api_user()
        .post("/users", &crate::amili::user(&["6662fb1df4d1eaf404cb08e1"]))
        .expect(201)
        .id();
    let made = token(json!({ "api": "amili", "user": user }))
        .expect(201)
        .text_at("/token");
    mock.amili(&made).post("/creditors", &acme()).expect(201);
    mock.ams(&made)
        .get("/v2/admin/permission/groups")
        .expect(401);
    let (first, second) = (
        token(json!({ "api": "ams", "user": 3 })),
        token(json!({ "api": "ams", "user": 3 })),
    );
    assert_ne!(first.text(), second.text());
}

#[test]
fn a_token_for_nobody_is_refused() {
    let mock = Mock::start();
    let before = mock.state();
    for (body, status, words) in [
        (json!({ "api": "ams", "user": 999 }), 404, "999"),
        (json!({ "api": "ams", "user": "1" }), 404, "1"),
        (
            json!({ "api": "amili", "user": "0123456789abcdef01234567" }),
            404,
            "0123456789abcdef01234567",
        ),
        (json!({ "api": "amili", "user": 1 }), 404, "1"),
        (json!({ "api": "visma", "user": 1 }), 400, "visma"),
        (json!({ "api": "ams" }), 400, "user"),
        (json!({ "user": 1 }), 400, "api"),
        (
            json!({ "api": "ams", "user": 1, "until": "x" }),
            400,
            "until",
        ),
        (json!([]), 400, "body must be"),
    ] {
        told(&mock.anybody().post("/_mock/tokens", &body), status, words);
    }
    told(
        &mock
            .anybody()
            .call("POST", "/_mock/tokens")
            .body("application/json", "{")
            .send(),
        400,
        "body must be",
    );
    assert_eq!(mock.state(), before);
}

#[test]
fn mails_wait_in_the_outbox_oldest_first() {
    let mock = Mock::at_guide_time();
    assert_eq!(
        mock.anybody().get("/_mock/outbox").expect(200).json(),
        json!({ "mails": [] })
    );
    for address in ["a@test.net", "b@test.net"] {
        mock.setup()
            .post("/v2/admin/users", &ams::user(address))
            .expect(201);
    }
    let outbox = mock.outbox();
    let addresses: Vec<&Value> = outbox.iter().map(|mail| &mail["to"]).collect();
    assert_eq!(addresses, ["a@test.net", "b@test.net"]);
    assert_eq!(outbox[0]["time"], "2025-11-11T12:22:34Z");
}

/// How often a rule or an assumption has decided.
pub(crate) fn decided(mock: &Mock, list_of: &str, id: &str) -> u64 {
    let listed = mock
        .anybody()
        .get(&format!("/_mock/{list_of}"))
        .expect(200)
        .json();
    let found = list(&listed, &format!("/{list_of}"))
        .iter()
        .find(|entry| entry["id"] == id)
        .unwrap();
    found["decided"].as_u64().unwrap()
}

#[test]
fn rules_are_listed_with_how_often_each_decided() {
    let mock = Mock::start();
    let listed = mock.anybody().get("/_mock/rules").expect(200).json();
    let ids: Vec<&str> = list(&listed, "/rules")
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    let known: Vec<&str> = catalogue::rules().iter().map(|rule| rule.id).collect();
    assert_eq!(ids, known);
    assert!(
        list(&listed, "/rules")
            .iter()
            .all(|rule| rule["decided"] == 0),
        "nothing has been asked yet"
    );
    for _ in 0..3 {
        mock.anybody().get("/creditors").expect(401);
    }
    mock.api_user().post("/creditors", &acme()).expect(201);
    assert_eq!(decided(&mock, "rules", "amili.auth.token-required"), 3);
    assert_eq!(decided(&mock, "rules", "amili.access-group.on-creation"), 1);
    assert_eq!(decided(&mock, "rules", "ams.auth.unauthenticated"), 0);
}

#[test]
fn assumptions_are_listed_with_the_answer_in_force() {
    let mock = Mock::assuming("ams.user.mail-otp-default", "1");
    mock.setup()
        .post("/v2/admin/users", &ams::user("a@test.net"))
        .expect(201);
    assert_eq!(
        decided(&mock, "assumptions", "ams.user.mail-otp-default"),
        1
    );
    let listed = mock.anybody().get("/_mock/assumptions").expect(200).json();
    for (entry, known) in list(&listed, "/assumptions")
        .iter()
        .zip(catalogue::assumptions())
    {
        let changed = known.id == "ams.user.mail-otp-default";
        let expected = if changed { "1" } else { known.default_answer() };
        assert_eq!(
            (&entry["id"], &entry["answer"]),
            (&json!(known.id), &json!(expected))
        );
    }
}

#[test]
fn a_call_that_is_not_there_is_told() {
    let mock = Mock::start();
    told(&mock.anybody().get("/_mock/nothing"), 404, "/_mock/nothing");
    told(&mock.anybody().get("/_mock/reset"), 405, "GET");
    told(
        &mock.anybody().call("DELETE", "/_mock/clock").send(),
        405,
        "DELETE",
    );
}
