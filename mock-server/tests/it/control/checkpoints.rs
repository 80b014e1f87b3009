//! Checkpoints: naming a moment, what has changed since, and going back to it.

use serde_json::{Value, json};

use super::told;
use crate::amili::{acme, all, plain_creditor, user};
use crate::ams;
use crate::harness::{Mock, list};

fn put(mock: &Mock, name: &str) -> u16 {
    let call = mock
        .anybody()
        .call("PUT", &format!("/_mock/checkpoints/{name}"));
    call.send().status
}

fn rewind(mock: &Mock, name: &str) {
    let path = format!("/_mock/checkpoints/{name}/rewind");
    mock.anybody().call("POST", &path).send().expect(204);
}

fn changes(mock: &Mock, name: &str) -> Value {
    let path = format!("/_mock/checkpoints/{name}/changes");
    mock.anybody().get(&path).expect(200).json()
}

#[test]
fn a_rewind_brings_back_data_tokens_clock_ids_answers_outbox_and_fault_counts() {
    let mock = Mock::at_guide_time();
    let control = mock.anybody();
    mock.api_user()
        .post("/creditors", &plain_creditor("before"))
        .expect(201);
    let fault = json!([{ "effect": { "delay_ms": 1 }, "times": 3 }]);
    control.put("/_mock/faults", &fault).expect(200);
    assert_eq!(put(&mock, "here"), 201);
    let seen = || {
        let outbox = control.get("/_mock/outbox").text();
        let clock = control.get("/_mock/clock").text();
        let answers = control.get("/_mock/assumptions").json();
        let faults = control.get("/_mock/faults").text();
        (
            mock.state(),
            outbox,
            clock,
            answers["assumptions"][0]["answer"].clone(),
            faults,
        )
    };
    let then = seen();
    let first = mock.api_user().post("/creditors", &acme()).expect(201);
    mock.setup()
        .post("/v2/admin/users", &ams::user("a@test.net"))
        .expect(201);
    control
        .put("/_mock/clock", &json!({ "advance_seconds": 60 }))
        .expect(200);
    control
        .post("/_mock/tokens", &json!({ "api": "ams", "user": 1 }))
        .expect(201);
    control.put("/_mock/faults", &json!([])).expect(200);
    assert_ne!(seen(), then);
    rewind(&mock, "here");
    assert_eq!(seen(), then);
    let again = mock.api_user().post("/creditors", &acme()).expect(201);
    assert_eq!(again.text(), first.text(), "the same ids at the same time");
    rewind(&mock, "here");
    assert_eq!(
        seen(),
        then,
        "a checkpoint can be gone back to more than once"
    );
}

/// The kinds and ids of the records that were created, changed or deleted.
fn ids_of(told: &Value, how: &str) -> Vec<(String, Value)> {
    let listed = list(told, &format!("/{how}")).iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    listed
        .map(|change| {
            let kind = format!("{}.{}", text(&change["api"]), text(&change["kind"]));
            (kind, change["id"].clone())
        })
        .collect()
}

#[test]
fn changes_are_told_by_record_with_both_sides() {
    let mock = Mock::at_guide_time();
    let caller = mock.api_user();
    let kept = caller
        .post("/creditors", &plain_creditor("kept"))
        .expect(201)
        .id();
    let gone = caller
        .post("/creditors", &plain_creditor("gone"))
        .expect(201)
        .id();
    put(&mock, "here");
    assert_eq!(
        changes(&mock, "here"),
        json!({ "created": [], "changed": [], "deleted": [] })
    );
    let etag = caller.get(&format!("/creditors/{kept}")).text_at("/_etag");
    let patch = caller
        .call("PATCH", &format!("/creditors/{kept}"))
        .header("if-match", etag);
    patch.json(&json!({ "name": "renamed" })).send().expect(200);
    let etag = caller.get(&format!("/creditors/{gone}")).text_at("/_etag");
    let delete = caller.call("DELETE", &format!("/creditors/{gone}"));
    delete.header("if-match", etag).send().expect(204);
    let made = caller
        .post("/users", &user(&["6662fb1df4d1eaf404cb08e1"]))
        .expect(201)
        .id();
    mock.setup()
        .post("/v2/admin/users", &ams::user("a@test.net"))
        .expect(201);
    let told = changes(&mock, "here");
    let ids = |kind: &str| ids_of(&told, kind);
    assert_eq!(
        ids("created"),
        [
            ("amili.users".to_owned(), json!(made)),
            ("ams.users".to_owned(), json!(5))
        ]
    );
    assert_eq!(
        ids("changed"),
        [("amili.creditors".to_owned(), json!(kept))]
    );
    let deleted: Vec<String> = ids("deleted").into_iter().map(|(kind, _)| kind).collect();
    assert!(deleted.contains(&"amili.creditors".to_owned()), "{told}");
    let changed = &told["changed"][0];
    assert_eq!(
        (&changed["before"]["name"], &changed["after"]["name"]),
        (&json!("kept"), &json!("renamed"))
    );
}

#[test]
fn a_change_and_its_undoing_is_no_change() {
    let mock = Mock::at_guide_time();
    put(&mock, "here");
    let state = mock.state();
    mock.setup()
        .post("/v2/admin/departments", &json!({ "name": "x" }))
        .expect(201);
    mock.anybody().put("/_mock/state", &state).expect(204);
    assert_eq!(
        changes(&mock, "here"),
        json!({ "created": [], "changed": [], "deleted": [] })
    );
}

#[test]
fn a_clock_that_runs_goes_on_from_the_moment() {
    let mock = Mock::start();
    let second = || {
        let clock = mock.anybody().get("/_mock/clock").json();
        let now: jiff::Timestamp = clock["now"].as_str().unwrap().parse().unwrap();
        now.as_second()
    };
    put(&mock, "here");
    let then = second();
    mock.anybody()
        .put("/_mock/clock", &json!({ "advance_seconds": 86_400 }))
        .expect(200);
    rewind(&mock, "here");
    let back = second() - then;
    assert!(
        (-1..3_600).contains(&back),
        "{back} seconds later, not a day"
    );
}

#[test]
fn names_are_listed_replaced_and_forgotten_and_outlive_a_reset() {
    let mock = Mock::start();
    let control = mock.anybody();
    assert_eq!((put(&mock, "b"), put(&mock, "a")), (201, 201));
    mock.api_user().post("/creditors", &acme()).expect(201);
    assert_eq!(put(&mock, "a"), 204);
    control.call("POST", "/_mock/reset").send().expect(204);
    let names = control.get("/_mock/checkpoints").expect(200).json();
    assert_eq!(names, json!({ "checkpoints": ["a", "b"] }));
    rewind(&mock, "a");
    assert_eq!(all(&mock.api_user(), "creditors").len(), 1);
    control
        .call("DELETE", "/_mock/checkpoints/a")
        .send()
        .expect(204);
    told(
        &control.call("DELETE", "/_mock/checkpoints/a").send(),
        404,
        "are b",
    );
    told(
        &control.call("POST", "/_mock/checkpoints/a/rewind").send(),
        404,
        "'a'",
    );
    told(&control.get("/_mock/checkpoints/a/changes"), 404, "'a'");
    told(
        &control.call("PUT", "/_mock/checkpoints/a%20b").send(),
        400,
        "64",
    );
    let other = control.get("/_spaces/other/_mock/checkpoints").json();
    assert_eq!(other, json!({ "checkpoints": [] }));
}
