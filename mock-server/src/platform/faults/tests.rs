//! When faults strike, and which lists of them are refused.

use axum::http::Method;
use jiff::Timestamp;

use super::*;

fn offered() -> Vec<Call> {
    let call = |api, method, path: &str| Call {
        api,
        method,
        path: path.to_owned(),
    };
    vec![
        call("amili", Method::GET, "/creditors"),
        call("amili", Method::POST, "/creditors"),
        call("ams", Method::POST, "/v2/admin/user/{userId}/groups"),
    ]
}

fn faults(list: &str) -> Faults {
    let mut faults = Faults::none(7);
    faults.set(read(list.as_bytes(), &offered()).unwrap());
    faults
}

/// A letter for each of so many equal requests: `x` when it is struck.
#[track_caller]
fn check(list: &str, requests: usize, expected: &str) {
    let mut faults = faults(list);
    let strike = |_| match faults
        .strike(aim("/creditors"), Timestamp::UNIX_EPOCH)
        .told()
    {
        Some(_) => 'x',
        None => '.',
    };
    let struck: String = (0..requests).map(strike).collect();
    assert_eq!(struck, expected, "{list}");
}

fn aim(path: &str) -> Aim<'_> {
    Aim {
        api: "amili",
        method: &Method::GET,
        path,
        key: "k",
    }
}

#[test]
fn a_number_may_have_a_fraction_of_nothing_and_a_body_keeps_its_own() {
    check(r#"[{ "effect": "drop", "every": 3.0 }]"#, 4, "..x.");
    let list = r#"[{ "effect": { "delay_ms": 20.0 } }, { "effect": { "status": 503.0, "body": { "a": 1.0 } } }]"#;
    let mut faults = faults(list);
    let blow = faults.strike(aim("/creditors"), Timestamp::UNIX_EPOCH);
    assert_eq!(blow.delay_ms, 20);
    let body = Some(json!({ "a": 1.0 }));
    let effect = Effect::Status { status: 503, body };
    assert_eq!(blow.effect.map(|(effect, _)| effect), Some(effect));
}

#[test]
fn a_fault_strikes_as_often_as_it_says() {
    check(r#"[{ "effect": "drop" }]"#, 3, "xxx");
    check(r#"[{ "effect": "drop", "times": 2 }]"#, 4, "xx..");
    check(r#"[{ "effect": "drop", "every": 3 }]"#, 7, "..x..x.");
    check(
        r#"[{ "effect": "drop", "skip": 2, "times": 1 }]"#,
        5,
        "..x..",
    );
    check(
        r#"[{ "effect": "drop", "skip": 1, "every": 2, "times": 2 }]"#,
        8,
        "..x.x...",
    );
    check(
        r#"[{ "effect": "drop", "seen": { "matched": 5, "struck": 2 }, "times": 3 }]"#,
        3,
        "x..",
    );
}

#[test]
fn a_fault_strikes_what_it_matches() {
    for (list, expected) in [
        (
            r#"[{ "match": { "method": "get" }, "effect": "drop" }]"#,
            "x",
        ),
        (
            r#"[{ "match": { "method": "POST" }, "effect": "drop" }]"#,
            ".",
        ),
        (r#"[{ "match": { "api": "ams" }, "effect": "drop" }]"#, "."),
        (
            r#"[{ "match": { "path": "/creditors" }, "effect": "drop" }]"#,
            "x",
        ),
        (
            r#"[{ "match": { "path": "/v2/**" }, "effect": "drop" }]"#,
            ".",
        ),
        (
            r#"[{ "match": { "api": "amili", "method": "GET", "path": "/*" }, "effect": "drop" }]"#,
            "x",
        ),
    ] {
        check(list, 1, expected);
    }
}

#[test]
fn chance_is_a_function_of_the_seed() {
    let list = r#"[{ "effect": "drop", "probability": 0.5 }]"#;
    let struck = |seed| {
        let mut faults = Faults::none(seed);
        faults.set(read(list.as_bytes(), &offered()).unwrap());
        let strike = |_| {
            faults
                .strike(aim("/creditors"), Timestamp::UNIX_EPOCH)
                .told()
                .is_some()
        };
        (0..64).map(strike).collect::<Vec<bool>>()
    };
    assert_eq!(struck(1), struck(1));
    assert_ne!(struck(1), struck(2));
    let hits = struck(1).iter().filter(|hit| **hit).count();
    assert!((16..=48).contains(&hits), "about half of 64, not {hits}");
}

#[test]
fn delays_add_up_and_of_other_effects_the_first_counts() {
    let mut faults = faults(
        r#"[{ "effect": { "delay_ms": 20 } }, { "effect": { "status": 503 } },
            { "effect": "drop" }, { "effect": { "delay_ms": 5 } }]"#,
    );
    let blow = faults.strike(aim("/creditors"), Timestamp::UNIX_EPOCH);
    assert_eq!(blow.delay_ms, 25);
    let (effect, _) = blow.effect.unwrap();
    assert_eq!(
        effect,
        Effect::Status {
            status: 503,
            body: None
        }
    );
    let struck: Vec<u64> = faults
        .list()
        .iter()
        .map(|fault| fault.seen.struck)
        .collect();
    assert_eq!(struck, [1, 1, 0, 1], "what came too late has not struck");
}

#[test]
fn a_limit_strikes_what_a_key_uses_beyond_it_in_a_window() {
    let mut faults =
        faults(r#"[{ "effect": { "rate_limit": { "requests": 2, "seconds": 60 } } }]"#);
    let mut struck = |key, second| {
        let aim = Aim {
            key,
            ..aim("/creditors")
        };
        let now = Timestamp::from_second(second).unwrap();
        faults.strike(aim, now).effect.is_some()
    };
    assert_eq!(
        [struck("a", 0), struck("a", 1), struck("a", 59)],
        [false, false, true]
    );
    assert!(!struck("b", 59), "another key has its own");
    assert!(!struck("a", 60), "another window has begun");
}

#[test]
fn a_preset_stands_for_the_documented_limits() {
    let list = read(br#"[{ "preset": "amili-limits" }]"#, &offered()).unwrap();
    let effects: Vec<Value> = list
        .iter()
        .map(|fault| fault.effect.clone().into())
        .collect();
    assert_eq!(
        effects,
        [
            json!({ "rate_limit": { "requests": 100, "seconds": 60 } }),
            json!({ "rate_limit": { "requests": 10, "seconds": 1 } }),
        ]
    );
}

#[test]
fn what_is_shown_can_be_set_again() {
    let list = r#"[
        { "match": { "api": "amili", "method": "GET", "path": "/creditors" }, "effect": { "status": 500, "body": { "a": 1 } }, "times": 2 },
        { "effect": { "delay_ms": 1 }, "every": 2, "skip": 1, "probability": 0.25 },
        { "effect": "lose_answer" }, { "effect": "truncate" }, { "effect": { "truncate": 3 } },
        { "effect": "rate_limit" }, { "effect": { "rate_limit": { "retry_after": 9 } } }
    ]"#;
    let shown = serde_json::to_value(faults(list).list()).unwrap();
    let again = serde_json::to_value(faults(&shown.to_string()).list()).unwrap();
    assert_eq!(again, shown);
    assert_eq!(
        shown[0]["match"],
        json!({ "api": "amili", "method": "GET", "path": "/creditors" })
    );
}

#[test]
fn a_fault_that_can_match_nothing_or_do_nothing_is_refused() {
    for (entry, place, words) in [
        (
            r#"{ "match": { "api": "visma" }, "effect": "drop" }"#,
            "0.match.api",
            "amili, ams",
        ),
        (
            r#"{ "match": { "path": "/nothing" }, "effect": "drop" }"#,
            "0.match.path",
            "/nothing",
        ),
        (
            r#"{ "match": { "api": "ams", "path": "/creditors" }, "effect": "drop" }"#,
            "0.match.path",
            "/creditors",
        ),
        (
            r#"{ "match": { "method": "DELETE" }, "effect": "drop" }"#,
            "0.match.method",
            "DELETE",
        ),
        (
            r#"{ "match": { "path": "creditors" }, "effect": "drop" }"#,
            "0",
            "slash",
        ),
        (r#"{ "effect": "explode" }"#, "0", "lose_answer"),
        (r#"{ "effect": { "status": 99 } }"#, "0", "200 to 599"),
        (r#"{ "effect": { "delay_ms": 0 } }"#, "0", "from 1"),
        (
            r#"{ "effect": { "rate_limit": { "requests": 1 } } }"#,
            "0",
            "together",
        ),
        (r#"{ "effect": "drop", "times": 0 }"#, "0.times", "nothing"),
        (
            r#"{ "effect": "drop", "every": 0 }"#,
            "0.every",
            "at least 1",
        ),
        (
            r#"{ "effect": "drop", "probability": 1.5 }"#,
            "0.probability",
            "at most 1",
        ),
        (r#"{ "effect": "drop", "colour": 1 }"#, "0", "colour"),
        (r#"{ "match": {} }"#, "0", "effect"),
        (r#"{ "preset": "storm" }"#, "0", "amili-limits"),
        (r#"{ "preset": "amili-limits", "times": 1 }"#, "0", "alone"),
    ] {
        let fault = read(format!("[{entry}]").as_bytes(), &offered()).unwrap_err();
        assert_eq!(fault.place, format!("faults.{place}"), "{fault}");
        assert!(fault.fault.contains(words), "{fault}");
    }
    assert!(read(b"{}", &offered()).is_err());
}
