//! `GET` and `PUT /_mock/state`: the whole space as one document, the same form as a world file.

use mock_server::{Options, catalogue};
use serde_json::{Value, json};

use super::{keys, told};
use crate::amili::{acme, plain_creditor};
use crate::ams;
use crate::harness::{Answer, Mock, list, world};

#[test]
fn the_state_is_a_world_from_which_the_same_state_starts() {
    let mock = Mock::at_guide_time();
    mock.api_user().post("/creditors", &acme()).expect(201);
    mock.api_user()
        .post("/users", &crate::amili::user(&[]))
        .expect(201);
    mock.setup()
        .post("/v2/admin/users", &ams::user("a@test.net"))
        .expect(201);
    let state = mock.anybody().get("/_mock/state").expect(200).text();
    catalogue::check_world(&state).unwrap();
    let again = Mock::with(Options {
        world: Some(state.clone()),
        ..Options::default()
    });
    assert_eq!(
        again.state(),
        serde_json::from_str::<Value>(&state).unwrap()
    );
}

/// A list without its order: tokens and permissions are sets.
fn as_set(value: &Value) -> Vec<String> {
    let mut texts: Vec<String> = match value.as_array() {
        Some(list) => list.iter().map(Value::to_string).collect(),
        None => vec![value.to_string()],
    };
    texts.sort();
    texts
}

#[test]
fn the_state_of_a_fresh_space_holds_all_of_its_world() {
    let state = Mock::start().state();
    let world: Value = serde_json::from_str(&world(|_| {})).unwrap();
    assert_eq!(keys(&state), keys(&world));
    assert_eq!(as_set(&state["tokens"]), as_set(&world["tokens"]));
    for api in ["amili", "ams"] {
        for (kind, records) in world[api].as_object().unwrap() {
            let kept = list(&state[api], &format!("/{kind}"));
            assert_eq!(kept.len(), records.as_array().unwrap().len(), "{kind}");
            for (record, kept) in records.as_array().unwrap().iter().zip(kept) {
                // Beside what the world says stand defaults.
                for (key, value) in record.as_object().unwrap() {
                    assert_eq!(as_set(&kept[key]), as_set(value), "{kind}: {key}");
                }
            }
        }
    }
}

#[test]
fn the_state_holds_the_tokens_that_were_issued() {
    let mock = Mock::start();
    let fresh = list(&mock.state(), "/tokens").len();
    let token = mock
        .anybody()
        .post("/_mock/tokens", &json!({ "api": "ams", "user": 3 }))
        .expect(201)
        .text_at("/token");
    let state = mock.state();
    assert_eq!(list(&state, "/tokens").len(), fresh + 1);
    let found = list(&state, "/tokens")
        .iter()
        .find(|kept| kept["token"] == *token);
    assert_eq!(
        found.map(|kept| &kept["user"]),
        Some(&json!(3)),
        "the state is the whole space"
    );
}

fn put(mock: &Mock, document: &str) -> Answer {
    let call = mock.anybody().call("PUT", "/_mock/state");
    call.body("application/json", document).send()
}

#[test]
fn what_a_get_gives_a_put_takes() {
    let (source, target) = (Mock::start(), Mock::start());
    let creditor = source
        .api_user()
        .post("/creditors", &acme())
        .expect(201)
        .id();
    let wanted = json!({ "api": "ams", "user": 3 });
    let token = source
        .anybody()
        .post("/_mock/tokens", &wanted)
        .expect(201)
        .text_at("/token");
    target
        .api_user()
        .post("/creditors", &plain_creditor("gone"))
        .expect(201);
    let answer = put(&target, &source.state().to_string());
    assert!((200..300).contains(&answer.status), "{}", answer.text());
    assert_eq!(target.state(), source.state());
    target
        .api_user()
        .get(&format!("/creditors/{creditor}"))
        .expect(200);
    target
        .ams(&token)
        .get("/v2/admin/permission/groups")
        .expect(200);
    assert!(target.outbox().is_empty());
}

#[test]
fn a_document_with_a_fault_replaces_nothing() {
    let mock = Mock::start();
    mock.api_user().post("/creditors", &acme()).expect(201);
    let before = mock.state();
    let faulty = [
        ("{".to_owned(), "JSON"),
        ("[]".to_owned(), "object"),
        (r#"{"visma": {}}"#.to_owned(), "visma"),
        (
            world(|world| world["tokens"][1]["user"] = json!("x")),
            "tokens.1",
        ),
        (
            world(|world| world["amili"]["accounts"][1]["name"] = json!(5)),
            "amili.accounts.1.name",
        ),
        (
            world(|world| world["ams"]["users"][3]["groups"] = json!([999])),
            "999",
        ),
    ];
    for (document, words) in faulty {
        told(&put(&mock, &document), 400, words);
        assert_eq!(mock.state(), before);
    }
}

#[test]
fn an_id_or_a_token_that_a_state_brought_is_not_given_again() {
    let mock = Mock::at_guide_time();
    let creditor = || {
        let made = mock.api_user().post("/creditors", &acme());
        made.expect(201).id()
    };
    let token = || {
        let body = json!({ "api": "ams", "user": 2 });
        mock.anybody()
            .post("/_mock/tokens", &body)
            .expect(201)
            .text_at("/token")
    };
    let given = [creditor(), token()];
    let state = mock.state();
    mock.anybody().post("/_mock/reset", &Value::Null);
    put(&mock, &state.to_string());
    // Ids begin again with a reset, and what they would give next is there already.
    let again = [creditor(), token()];
    assert!(again.iter().all(|one| !given.contains(one)), "{again:?}");
    let state = mock.state();
    assert_eq!(list(&state, "/amili/creditors").len(), 2);
    assert_eq!(
        put(&mock, &state.to_string()).status,
        204,
        "what GET gives, PUT takes"
    );
}

#[test]
fn an_id_that_a_client_chose_is_not_given_again() {
    let first = Mock::at_guide_time();
    let second = Mock::at_guide_time();
    let next = first.api_user().post("/creditors", &acme()).expect(201);
    let chosen = crate::amili::acme_with(json!({ "_id": next.id() }));
    let mut ids = vec![
        second
            .api_user()
            .post("/creditors", &chosen)
            .expect(201)
            .id(),
    ];
    ids.push(
        second
            .api_user()
            .post("/creditors", &acme())
            .expect(201)
            .id(),
    );
    assert_eq!(ids[0], next.id());
    assert_ne!(ids[0], ids[1]);
}
