//! Spaces: named by path or header, isolated from one another, each a function of its seed.

use mock_server::{Clock, Options};
use serde_json::{Value, json};

use crate::amili::{acme, all, plain_creditor, user};
use crate::ams;
use crate::harness::{Answer, Caller, GUIDE_TIME, Mock};

fn names(caller: &Caller) -> Vec<Value> {
    all(caller, "creditors")
        .iter()
        .map(|creditor| creditor["name"].clone())
        .collect()
}

fn in_header(mock: &Mock, name: &str) -> Caller {
    mock.api_user().with("x-mock-space", name)
}

#[test]
fn a_space_is_named_by_path_or_by_header_and_the_path_wins() {
    let mock = Mock::start();
    mock.api_user()
        .in_space("a")
        .post("/creditors", &plain_creditor("in a"))
        .expect(201);
    in_header(&mock, "b")
        .post("/creditors", &plain_creditor("in b"))
        .expect(201);
    in_header(&mock, "b")
        .in_space("a")
        .post("/creditors", &plain_creditor("in a too"))
        .expect(201);
    mock.api_user()
        .post("/creditors", &plain_creditor("in default"))
        .expect(201);
    assert_eq!(names(&in_header(&mock, "a")), ["in a", "in a too"]);
    assert_eq!(names(&mock.api_user().in_space("b")), ["in b"]);
    assert_eq!(names(&mock.api_user()), ["in default"]);
    assert_eq!(names(&mock.api_user().in_space("default")), ["in default"]);
    assert_eq!(names(&in_header(&mock, "default")), ["in default"]);
}

#[test]
fn both_apis_and_the_control_api_are_in_the_space() {
    let mock = Mock::start();
    let groups = mock
        .setup()
        .in_space("a")
        .post("/v2/admin/user/4/groups", &json!({ "groups": [] }));
    groups.expect(200);
    mock.setup()
        .in_space("a")
        .post("/v2/admin/users", &ams::user("a@test.net"))
        .expect(201);
    let mails = |caller: Caller| {
        caller.get("/_mock/outbox").expect(200).json()["mails"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(mails(mock.anybody().in_space("a")), 1);
    assert_eq!(mails(mock.anybody().with("x-mock-space", "a")), 1);
    assert_eq!(mails(mock.anybody()), 0);
    let info = mock.anybody().in_space("a").get("/_mock/info").expect(200);
    assert_eq!(info.json()["space"], "a");
}

#[test]
fn a_name_is_1_to_64_of_letters_digits_and_three_signs() {
    let mock = Mock::start();
    for name in ["a", "A-z_0.9", &"n".repeat(64), "..", "-"] {
        mock.api_user().in_space(name).get("/creditors").expect(200);
        in_header(&mock, name).get("/creditors").expect(200);
    }
    let refused = |answer: Answer| {
        assert_eq!(answer.status, 400, "{}", answer.text());
        assert!(
            answer.text_at("/error").contains("name"),
            "{}",
            answer.text()
        );
    };
    for name in ["", "a%20b", "%C3%A5", &"n".repeat(65), "a+b", "a:b"] {
        refused(mock.api_user().in_space(name).get("/creditors"));
        refused(mock.anybody().in_space(name).get("/_mock/health"));
    }
    for name in ["", "a b", "a/b", &"n".repeat(65)] {
        refused(in_header(&mock, name).get("/creditors"));
    }
    for bytes in [&b"\xc3\xa5"[..], b"\xff"] {
        refused(
            mock.api_user()
                .call("GET", "/creditors")
                .header("x-mock-space", bytes)
                .send(),
        );
    }
}

#[test]
fn tokens_are_of_one_space() {
    let mock = Mock::start();
    let wanted = json!({ "api": "ams", "user": 1 });
    let token = mock
        .anybody()
        .in_space("a")
        .post("/_mock/tokens", &wanted)
        .expect(201)
        .text_at("/token");
    let groups = "/v2/admin/permission/groups";
    mock.ams(&token).in_space("a").get(groups).expect(200);
    mock.ams(&token).get(groups).expect(401);
    mock.ams(&token).in_space("b").get(groups).expect(401);
}

#[test]
fn clocks_and_resets_are_of_one_space() {
    let mock = Mock::at_guide_time();
    mock.anybody()
        .in_space("a")
        .put("/_mock/clock", &json!({ "advance_seconds": 60 }))
        .expect(200);
    let made = |caller: Caller| {
        caller
            .post("/creditors", &acme())
            .expect(201)
            .text_at("/_created")
    };
    assert_eq!(
        made(mock.api_user().in_space("a")),
        "Tue, 11 Nov 2025 12:23:34 GMT"
    );
    assert_eq!(made(mock.api_user()), "Tue, 11 Nov 2025 12:22:34 GMT");
    mock.anybody()
        .in_space("a")
        .call("POST", "/_mock/reset")
        .send()
        .expect(204);
    assert!(names(&mock.api_user().in_space("a")).is_empty());
    assert_eq!(names(&mock.api_user()), ["Acme Inc"]);
    assert_eq!(
        made(mock.api_user().in_space("a")),
        "Tue, 11 Nov 2025 12:22:34 GMT"
    );
}

#[test]
fn addresses_in_answers_carry_the_prefix_of_the_space() {
    let mock = Mock::start();
    let made = mock
        .api_user()
        .in_space("a")
        .post("/creditors", &acme())
        .expect(201);
    let place = format!("{}/_spaces/a/creditors/{}", mock.base_url(), made.id());
    assert_eq!(made.header("location"), Some(place.as_str()));
    let info = mock
        .anybody()
        .in_space("a")
        .get("/_mock/info")
        .expect(200)
        .json();
    let base = format!("{}/_spaces/a", mock.base_url());
    assert_eq!(
        (&info["amili"]["base_url"], &info["ams"]["base_url"]),
        (&json!(base), &json!(base))
    );
    assert_eq!(info["control"]["base_url"], format!("{base}/_mock"));
    let by_header = in_header(&mock, "a")
        .post("/creditors", &acme())
        .expect(201);
    let place = format!("{}/creditors/{}", mock.base_url(), by_header.id());
    assert_eq!(by_header.header("location"), Some(place.as_str()));
}

/// The bodies of a fixed row of requests, one after the other.
fn bodies(mock: &Mock, space: &str) -> Vec<String> {
    let (amili, ams) = (
        mock.api_user().in_space(space),
        mock.setup().in_space(space),
    );
    let creditor = amili.post("/creditors", &acme()).expect(201);
    let answers = [
        amili
            .get(&format!("/creditors/{}", creditor.id()))
            .expect(200),
        amili.get("/access--groups").expect(200),
        amili.post("/creditors", &json!({ "name": 5 })).expect(422),
        amili.post("/users", &user(&[])).expect(201),
        ams.post("/v2/admin/users", &ams::user("a@test.net"))
            .expect(201),
        mock.anybody()
            .in_space(space)
            .post("/_mock/tokens", &json!({ "api": "ams", "user": 1 }))
            .expect(201),
        amili.post("/creditors", &acme()).expect(201),
        mock.anybody()
            .in_space(space)
            .get("/_mock/state")
            .expect(200),
        mock.anybody()
            .in_space(space)
            .get("/_mock/outbox")
            .expect(200),
    ];
    [creditor]
        .iter()
        .chain(&answers)
        .map(Answer::text)
        .collect()
}

fn seeded(seed: u64) -> Mock {
    Mock::with(Options {
        seed: Some(seed),
        clock: Clock::parse(GUIDE_TIME).unwrap(),
        ..Options::default()
    })
}

#[test]
fn the_same_seed_clock_and_requests_give_the_same_bodies() {
    for space in ["default", "a"] {
        assert_eq!(bodies(&seeded(7), space), bodies(&seeded(7), space));
        assert_ne!(bodies(&seeded(7), space)[0], bodies(&seeded(8), space)[0]);
    }
    let mock = seeded(7);
    let first = bodies(&mock, "a");
    mock.anybody()
        .in_space("a")
        .call("POST", "/_mock/reset")
        .send()
        .expect(204);
    assert_eq!(bodies(&mock, "a"), first, "a reset puts back the ids too");
}

#[test]
fn refused_requests_take_no_ids() {
    let (plain, disturbed) = (seeded(7), seeded(7));
    disturbed
        .api_user()
        .post("/creditors", &json!({ "name": 5 }))
        .expect(422);
    disturbed
        .other_account()
        .post("/creditors", &acme())
        .expect(403);
    disturbed.anybody().post("/creditors", &acme()).expect(401);
    assert_eq!(bodies(&plain, "default"), bodies(&disturbed, "default"));
}

#[test]
fn ids_are_of_one_space() {
    let mock = seeded(7);
    let ids = |space: &str| {
        let caller = mock.api_user().in_space(space);
        caller.post("/creditors", &acme()).expect(201);
        let made = [
            all(&caller, "creditors"),
            all(&caller, "access--groups").split_off(2),
        ]
        .concat();
        made.iter()
            .map(|document| document["_id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let (first, second, third) = (ids("default"), ids("a"), ids("b"));
    for id in &first {
        assert!(!second.contains(id) && !third.contains(id), "{id}");
        mock.api_user()
            .in_space("a")
            .get(&format!("/creditors/{id}"))
            .expect(404);
    }
    assert!(second.iter().all(|id| !third.contains(id)));
}
