//! `PUT /_mock/clock`: an instant that stands still, steps, the machine's clock.

use serde_json::{Value, json};

use super::told;
use crate::amili::plain_creditor;
use crate::harness::Mock;

#[test]
fn the_clock_stands_at_an_instant_moves_by_steps_and_runs() {
    let mock = Mock::start();
    let set = |body: Value| mock.anybody().put("/_mock/clock", &body).expect(200).json();
    let created = || {
        mock.api_user()
            .post("/creditors", &plain_creditor("x"))
            .expect(201)
            .text_at("/_created")
    };
    assert_eq!(mock.anybody().get("/_mock/clock").json()["mode"], "real");
    assert_eq!(
        set(json!({ "now": "2025-11-11T12:22:34Z" })),
        json!({ "mode": "fixed", "now": "2025-11-11T12:22:34Z" })
    );
    assert_eq!(
        (created(), created()),
        (
            "Tue, 11 Nov 2025 12:22:34 GMT".to_owned(),
            "Tue, 11 Nov 2025 12:22:34 GMT".to_owned()
        )
    );
    set(json!({ "advance_seconds": 86_400 }));
    assert_eq!(created(), "Wed, 12 Nov 2025 12:22:34 GMT");
    set(json!({ "advance_seconds": -60 }));
    assert_eq!(
        mock.anybody().get("/_mock/clock").json()["now"],
        "2025-11-12T12:21:34Z"
    );
    set(json!({ "now": "2025-11-11T13:22:34+01:00" }));
    assert_eq!(created(), "Tue, 11 Nov 2025 12:22:34 GMT");
    let real = set(json!({ "mode": "real" }));
    assert_eq!(real["mode"], "real");
    assert!(!created().contains("Nov 2025"));
}

#[test]
fn a_running_clock_can_be_put_ahead() {
    let mock = Mock::start();
    let now = || {
        let clock = mock.anybody().get("/_mock/clock").json();
        clock["now"]
            .as_str()
            .unwrap()
            .parse::<jiff::Timestamp>()
            .unwrap()
    };
    let before = now();
    let set = mock
        .anybody()
        .put("/_mock/clock", &json!({ "advance_seconds": 1_000_000 }))
        .expect(200);
    assert_eq!(set.json()["mode"], "real");
    assert!(now().as_second() >= before.as_second() + 1_000_000);
}

#[test]
fn a_clock_that_cannot_be_is_refused_and_nothing_changes() {
    let mock = Mock::at_guide_time();
    let before = mock.anybody().get("/_mock/clock").text();
    for body in [
        json!({}),
        json!([]),
        json!(5),
        json!({ "now": "yesterday" }),
        json!({ "now": 5 }),
        json!({ "now": "1969-12-31T23:59:59Z" }),
        json!({ "now": "2106-02-07T06:28:16Z" }),
        json!({ "advance_seconds": "60" }),
        json!({ "advance_seconds": 1.5 }),
        json!({ "advance_seconds": i64::MAX }),
        json!({ "advance_seconds": i64::MIN }),
        json!({ "mode": "fixed" }),
        json!({ "later": 1 }),
        json!({ "now": "2025-11-11T12:22:34Z", "advance_seconds": 1 }),
    ] {
        let answer = mock.anybody().put("/_mock/clock", &body);
        told(&answer, 400, "");
        assert!(!answer.text_at("/error").is_empty(), "{body}");
    }
    assert_eq!(mock.anybody().get("/_mock/clock").text(), before);
}

#[test]
fn a_token_made_for_a_time_ends_by_the_clock() {
    let mock = Mock::start();
    let set = |body: Value| mock.anybody().put("/_mock/clock", &body).expect(200);
    set(json!({ "now": "2025-11-11T12:00:00Z" }));
    let wanted = json!({ "api": "ams", "user": 2, "expires_in": 60.0 });
    let made = mock.anybody().post("/_mock/tokens", &wanted).expect(201);
    assert_eq!(made.json()["until"], "2025-11-11T12:01:00Z");
    let token = format!("Bearer {}", made.text_at("/token"));
    let caller = mock.anybody().with("authorization", &token);
    set(json!({ "advance_seconds": 59 }));
    caller.get("/v2/admin/permission/groups").expect(200);
    set(json!({ "advance_seconds": 1.0 }));
    caller.get("/v2/admin/permission/groups").expect(401);
    for wrong in [json!(-1), json!("60"), json!(1.5), json!(null), json!(1e10)] {
        let wanted = json!({ "api": "ams", "user": 2, "expires_in": wrong });
        mock.anybody().post("/_mock/tokens", &wanted).expect(400);
    }
}
