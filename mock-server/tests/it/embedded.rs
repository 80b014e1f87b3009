//! The mock from Rust: a builder, a space per test, and journal, state and outbox as types.

use mock_server::{Answers, MockServer, SpaceError, StartError, catalogue};
use serde_json::json;

use crate::amili::{acme, plain_creditor};
use crate::ams;
use crate::harness::{Caller, GUIDE_TIME, world};

fn amili(base_url: &str) -> Caller {
    Caller::at(base_url).with("x-api-key", "amili-api-user")
}

#[test]
fn a_builder_says_what_a_mock_starts_with() {
    let mock = MockServer::builder()
        .world(world(|world| {
            world["amili"]["accounts"][0]["name"] = json!("Another")
        }))
        .seed(7)
        .clock(GUIDE_TIME)
        .unwrap()
        .assume("amili.write.bulk", "refused")
        .unwrap()
        .fault(json!({ "match": { "path": "/cases" }, "effect": { "status": 503 } }))
        .start()
        .unwrap();
    let space = mock.space("a").unwrap();
    assert_eq!(
        space.state().records("amili", "accounts")[0]["name"],
        "Another"
    );
    assert_eq!(space.now().to_string(), GUIDE_TIME);
    let caller = amili(space.base_url());
    caller
        .post(
            "/creditors",
            &json!([plain_creditor("a"), plain_creditor("b")]),
        )
        .expect(400);
    caller.get("/cases").expect(503);
}

#[test]
fn what_a_builder_cannot_use_is_told() {
    assert!(MockServer::builder().clock("noon").is_err());
    assert!(MockServer::builder().assume("amili.zzz", "x").is_err());
    let world = MockServer::builder().world("{").start();
    assert!(matches!(world, Err(StartError::World(_))));
    let fault = MockServer::builder()
        .fault(json!({ "effect": "explode" }))
        .start();
    assert!(matches!(fault, Err(StartError::Faults(_))));
    let framework = Answers::framework(&catalogue::assumptions());
    let mock = MockServer::builder().answers(framework).start().unwrap();
    assert!(mock.space("a b").is_err());
}

#[test]
fn a_test_asserts_on_the_journal_of_its_own_space() {
    let mock = MockServer::start().unwrap();
    let (one, other) = (mock.space("one").unwrap(), mock.space("other").unwrap());
    let made = amili(one.base_url())
        .post("/creditors", &acme())
        .expect(201)
        .id();
    amili(one.base_url()).get("/creditors?page=0x&api_key=hunter2");
    Caller::at(other.base_url()).get("/creditors").expect(401);
    let journal = one.journal();
    let seen: Vec<(&str, &str, Option<u16>)> = journal
        .iter()
        .map(|entry| (entry.method.as_str(), entry.path.as_str(), entry.status))
        .collect();
    assert_eq!(seen[0], ("POST", "/creditors", Some(201)));
    assert_eq!(
        (&journal[0].body, &journal[0].answer["_id"]),
        (&acme(), &json!(made))
    );
    assert!(
        journal[0]
            .decided_by
            .contains(&"amili.access-group.on-creation")
    );
    assert_eq!(journal[0].caller, Some(json!("6662fb1df4d1eaf404cb08e2")));
    assert_eq!(journal[1].query.as_deref(), Some("page=0x&api_key=***"));
    assert_eq!(
        other.journal()[0].refused_by,
        Some("amili.auth.token-required")
    );
    assert_eq!(
        (
            one.decided("amili.auth.token-required"),
            other.decided("amili.auth.token-required")
        ),
        (0, 1)
    );
}

#[test]
fn a_space_is_set_and_asked_without_http() {
    let mock = MockServer::builder()
        .clock(GUIDE_TIME)
        .unwrap()
        .start()
        .unwrap();
    let space = mock.space("a").unwrap();
    let manager = space.token("ams", 2).unwrap();
    let caller = Caller::at(space.base_url()).with("authorization", &format!("Bearer {manager}"));
    space.checkpoint("before").unwrap();
    caller
        .post("/v2/admin/users", &ams::user("a@test.net"))
        .expect(201);
    assert_eq!(space.outbox()[0]["to"], "a@test.net");
    let state = space.state();
    assert_eq!(
        state.record("ams", &json!(5)).unwrap()["email"],
        "a@test.net"
    );
    space.advance(60).unwrap();
    assert_eq!(space.now().to_string(), "2025-11-11T12:23:34Z");
    space.rewind("before").unwrap();
    assert!(space.outbox().is_empty() && space.state().record("ams", &json!(5)).is_none());
    space.set_state(&state).unwrap();
    assert_eq!(space.state(), state);
    space
        .set_faults(&[json!({ "effect": { "status": 503 } })])
        .unwrap();
    caller.get("/v2/admin/permission/groups").expect(503);
    assert_eq!(
        space.journal().last().unwrap().fault,
        Some(json!({ "effect": { "status": 503 } }))
    );
    space.reset();
    assert!(space.journal().is_empty());
    assert!(matches!(
        space.token("ams", 99),
        Err(SpaceError::NoUser { .. })
    ));
    assert!(matches!(
        space.rewind("nowhere"),
        Err(SpaceError::Checkpoint(_))
    ));
    let fault = space.set_faults(&[json!({ "match": { "path": "/x" }, "effect": "drop" })]);
    assert!(matches!(fault, Err(SpaceError::Faults(_))));
}
