//! The state file: loaded at the start, saved at the end and on demand, left alone when it cannot be used.

use std::path::{Path, PathBuf};

use mock_server::{Clock, MockServer, Options, StartError};
use serde_json::{Value, json};

use crate::amili::{acme, plain_creditor};
use crate::ams;
use crate::harness::{Caller, GUIDE_TIME};

fn options(file: &Path) -> Options {
    Options {
        state: Some(file.to_owned()),
        seed: Some(7),
        clock: Clock::parse(GUIDE_TIME).unwrap(),
        ..Options::default()
    }
}

fn file(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("state.json")
}

fn amili(server: &MockServer) -> Caller {
    Caller::at(server.base_url()).with("x-api-key", "amili-api-user")
}

/// What a space shows of itself, its address apart.
fn seen(server: &MockServer) -> [Value; 5] {
    let control = Caller::at(server.base_url());
    let assumptions = control.get("/_mock/assumptions").json();
    let answers = assumptions["assumptions"].as_array().unwrap().iter();
    [
        control.get("/_mock/state").json(),
        control.get("/_mock/outbox").json(),
        control.get("/_mock/clock").json(),
        answers.map(|known| known["answer"].clone()).collect(),
        control.get("/_mock/faults").json(),
    ]
}

/// Leaves something in every part of a space.
fn live(server: &MockServer) {
    let control = Caller::at(server.base_url());
    amili(server).post("/creditors", &acme()).expect(201);
    amili(server)
        .in_space("other")
        .post("/creditors", &plain_creditor("there"))
        .expect(201);
    let setup = control.clone().with("authorization", "Bearer ams-setup");
    setup
        .post("/v2/admin/users", &ams::user("a@test.net"))
        .expect(201);
    control
        .post("/_mock/tokens", &json!({ "api": "ams", "user": 2 }))
        .expect(201);
    control
        .put("/_mock/clock", &json!({ "advance_seconds": 90 }))
        .expect(200);
    control
        .put(
            "/_mock/assumptions",
            &json!({ "amili.write.bulk": "refused" }),
        )
        .expect(200);
    control
        .put(
            "/_mock/faults",
            &json!([{ "match": { "path": "/cases" }, "effect": "drop", "times": 2 }]),
        )
        .expect(200);
}

#[test]
fn a_server_goes_on_where_the_last_one_ended() {
    let folder = tempfile::tempdir().unwrap();
    let (then, next) = {
        let server = MockServer::with(options(&file(&folder))).unwrap();
        live(&server);
        let save = Caller::at(server.base_url())
            .call("POST", "/_mock/state/save")
            .send();
        assert_eq!(save.expect(200).json()["spaces"], 2);
        let then = seen(&server);
        (
            then,
            amili(&server)
                .post("/creditors", &plain_creditor("next"))
                .expect(201),
        )
    };
    // The creditor made after the save is in the file of the end; without it, ids go on alike.
    let whole: Value = serde_json::from_slice(&std::fs::read(file(&folder)).unwrap()).unwrap();
    assert_eq!(
        whole["spaces"]["default"]["world"]["amili"]["creditors"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let server = MockServer::with(options(&file(&folder))).unwrap();
    assert_ne!(seen(&server)[0], then[0]);
    assert_eq!(seen(&server)[1..], then[1..]);
    let creditors = amili(&server)
        .in_space("other")
        .get("/creditors")
        .expect(200)
        .json();
    assert_eq!(creditors["_items"][0]["name"], "there");
    let after = amili(&server)
        .post("/creditors", &plain_creditor("after"))
        .expect(201);
    assert_ne!(after.id(), next.id(), "no id is given twice");
}

#[test]
fn what_was_saved_gives_the_same_next_answer() {
    let folder = tempfile::tempdir().unwrap();
    let next = |server: &MockServer| {
        amili(server)
            .post("/creditors", &plain_creditor("next"))
            .expect(201)
            .text()
    };
    let first = {
        let server = MockServer::with(options(&file(&folder))).unwrap();
        live(&server);
        Caller::at(server.base_url())
            .call("POST", "/_mock/state/save")
            .send()
            .expect(200);
        std::fs::copy(file(&folder), folder.path().join("copy.json")).unwrap();
        next(&server)
    };
    let server = MockServer::with(options(&folder.path().join("copy.json"))).unwrap();
    assert_eq!(next(&server), first);
}

#[track_caller]
fn refused(content: &[u8], words: &str) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(file(&folder), content).unwrap();
    let fault = MockServer::with(options(&file(&folder))).unwrap_err();
    assert!(matches!(fault, StartError::State { .. }), "{fault}");
    let told = fault.to_string();
    assert!(
        told.contains(words) && told.contains("state.json") && !told.contains('\n'),
        "{told}"
    );
    assert_eq!(
        std::fs::read(file(&folder)).unwrap(),
        content,
        "left as it was"
    );
}

/// The content of a file after a server has ended.
fn saved() -> Value {
    let folder = tempfile::tempdir().unwrap();
    live(&MockServer::with(options(&file(&folder))).unwrap());
    serde_json::from_slice(&std::fs::read(file(&folder)).unwrap()).unwrap()
}

#[test]
fn a_file_that_cannot_be_used_is_told_and_left_alone() {
    let content = saved();
    let text = content.to_string();
    refused(&text.as_bytes()[..text.len() / 2], "no whole state file");
    refused(b"", "no whole state file");
    refused(b"{}", "format");
    let altered = |edit: fn(&mut Value)| {
        let mut altered = content.clone();
        edit(&mut altered);
        altered.to_string().into_bytes()
    };
    refused(
        &altered(|file| file["schema"] = json!(2)),
        "schema 2 by mock-server 0.1.0",
    );
    refused(&altered(|file| file["schema"] = json!("1")), "invalid type");
    refused(&altered(|file| file["more"] = json!(1)), "more");
    refused(
        &altered(|file| file["spaces"]["default"]["assumptions"] = json!({ "amili.zzz": "x" })),
        "amili.zzz",
    );
    refused(
        &altered(|file| file["spaces"]["default"]["faults"] = json!([{ "effect": "explode" }])),
        "spaces.default.faults.0",
    );
    refused(
        &altered(|file| file["spaces"]["default"]["world"]["ams"]["users"][0]["id"] = json!(0)),
        "spaces.default.ams.users",
    );
    refused(
        &altered(|file| file["spaces"] = json!({ "a b": file["spaces"]["other"] })),
        "spaces.a b",
    );
}

#[test]
fn a_file_that_does_not_exist_yet_is_made_at_the_end() {
    let folder = tempfile::tempdir().unwrap();
    drop(MockServer::with(options(&file(&folder))).unwrap());
    assert!(file(&folder).exists());
    let names = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(names, 1, "nothing else is left behind");
}

#[test]
fn without_a_state_file_there_is_nothing_to_save() {
    let server = MockServer::start().unwrap();
    let answer = Caller::at(server.base_url())
        .call("POST", "/_mock/state/save")
        .send();
    assert!(answer.expect(409).text_at("/error").contains("--state"));
}
