//! Targets that are slow, busy, broken or away, and keys that open nothing: what is said of each, with which
//! exit status, and how long anybody waits.

use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use contract_tests::cli::{BAD_USAGE, FAILED, HELD, UNREACHABLE};

use mock_server::MockServer;
use serde_json::json;

use crate::hostile::{Asked, Deed, Place, Ran, Sandbox, WALK, targets};

const BUSY: &str = "HTTP/1.1 429 Busy\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}";
const BUSY_0: &str = "HTTP/1.1 429 Busy\r\nconnection: close\r\nretry-after: 0\r\n\
    content-length: 2\r\n\r\n{}";
const BUSY_UNTIL: &str = "HTTP/1.1 429 Busy\r\nconnection: close\r\n\
    date: Wed, 21 Oct 2015 07:28:00 GMT\r\nretry-after: Wed, 21 Oct 2015 07:28:00 GMT\r\n\
    content-length: 2\r\n\r\n{}";
const DOWN: &str = "HTTP/1.1 503 Down\r\nconnection: close\r\ncontent-length: 4\r\n\r\ndown";
const GARBAGE: &str = "\u{1}\u{2} no protocol\r\n\r\n";
const HTML: &str = "HTTP/1.1 201 OK\r\nconnection: close\r\ncontent-length: 6\r\n\r\n<html>";

/// One walk-through on a sandbox that does this.
#[track_caller]
fn check(judge: impl Fn(&Asked) -> Deed + Send + Sync + 'static, status: u8) -> (Ran, Vec<Asked>) {
    let sandbox = Sandbox::that(judge);
    let place = Place::beside(&sandbox);
    let ran = place.runs(WALK).with(status);
    assert!(sandbox.records("/amili/creditors").is_empty());
    (ran, sandbox.asked())
}

#[test]
fn a_target_that_is_busy_now_and_then_is_waited_for() {
    for busy in [BUSY, BUSY_0, BUSY_UNTIL] {
        // Every second request is one too many: reads and writes alike.
        let turn = AtomicUsize::new(0);
        let (_, asked) = check(
            move |_| match turn.fetch_add(1, Ordering::SeqCst) % 2 {
                0 => Deed::Answer(busy),
                _ => Deed::Pass,
            },
            HELD,
        );
        let creations = asked.iter().filter(|asked| asked.creates("creditors"));
        assert_eq!(creations.count(), 2, "one of them did nothing");
    }
}

/// Whatever a mock was told to answer, the rules are not to blame for it, nor proved by it.
#[test]
fn a_fault_on_purpose_is_no_evidence() {
    let faults = [
        json!({ "status": 403, "body": { "error": "invented" } }),
        json!({ "status": 201, "body": { "_id": "0".repeat(24), "_status": "OK" } }),
        json!({ "delay_ms": 1 }),
    ];
    for effect in faults {
        let fault =
            json!({ "match": { "method": "POST", "path": "/creditors" }, "effect": effect });
        let mock = MockServer::builder().fault(fault).start().unwrap();
        let sandbox = Sandbox::before(mock, |_| Deed::Pass);
        let ran = Place::beside(&sandbox).runs(WALK).with(FAILED);
        assert!(!ran.err.contains("broken "), "{effect}: {}", ran.err);
        ran.tells(&[
            "instrument failed  amili/walk-through",
            "a fault that the mock was told to have",
        ]);
    }
}

#[test]
fn a_target_that_stays_busy_fails_the_instrument_and_no_rule() {
    let (ran, asked) = check(
        |asked| match asked.creates("creditors") {
            true => Deed::Answer(BUSY),
            false => Deed::Pass,
        },
        FAILED,
    );
    ran.tells(&["instrument failed  amili/walk-through", "429"]);
    let creations = asked.iter().filter(|asked| asked.creates("creditors"));
    assert_eq!(creations.count(), 5, "once, and four times again");
}

#[test]
fn a_read_survives_a_fault_that_passes() {
    for fault in [
        Deed::Answer(DOWN),
        Deed::Answer(GARBAGE),
        Deed::Refuse,
        Deed::LoseAnswer,
        Deed::CutAnswer,
    ] {
        let turn = AtomicUsize::new(0);
        check(
            move |asked| match asked.method == "GET"
                && turn.fetch_add(1, Ordering::SeqCst).is_multiple_of(2)
            {
                true => fault.clone(),
                false => Deed::Pass,
            },
            HELD,
        );
    }
}

#[test]
fn a_target_that_never_answers_is_unreachable() {
    let sandbox = Sandbox::that(|_| Deed::Hang);
    let impatient = targets("there", &sandbox.base_url).replace("seconds = 20", "seconds = 0.05");
    let place = Place::with(&impatient);
    let ran = place.runs(WALK).with(UNREACHABLE).tells(&["timed out"]);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert_eq!(
        sandbox.asked().len(),
        1,
        "whoever is slow is not asked again"
    );
    assert!(place.ledgers().is_empty(), "nothing was written");
}

#[test]
fn a_target_that_begins_to_hang_is_cleaned_up_as_far_as_it_lets() {
    let hung = AtomicBool::new(false);
    let sandbox = Sandbox::that(move |asked| {
        match asked.creates("users") && !hung.swap(true, Ordering::SeqCst) {
            true => Deed::Hang,
            false => Deed::Pass,
        }
    });
    let impatient = targets("there", &sandbox.base_url).replace("seconds = 20", "seconds = 1");
    let place = Place::with(&impatient);
    let ran = place.runs(WALK).with(UNREACHABLE);
    ran.tells(&[
        "instrument failed  amili/walk-through",
        "deleted         amili creditors: 1",
        "never made      1",
    ]);
    assert!(place.is_finished());
}

#[test]
fn what_speaks_no_http_is_unreachable_and_what_speaks_no_json_fails_the_instrument() {
    let (ran, _) = check(|_| Deed::Answer(GARBAGE), UNREACHABLE);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    check(|_| Deed::CutAnswer, UNREACHABLE);
    check(|_| Deed::Refuse, UNREACHABLE);
    // It gives no id, so that what the creation made is looked for by its name.
    let (ran, _) = check(
        |asked| match asked.creates("creditors") {
            true => Deed::Instead(HTML),
            false => Deed::Pass,
        },
        FAILED,
    );
    ran.tells(&[
        "instrument failed  amili/walk-through",
        "deleted         amili creditors: 1",
    ]);
}

#[test]
fn a_dead_port_and_wrong_keys_are_told_in_a_line() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let sandbox = Sandbox::that(|_| Deed::Pass);
    let wrong = targets("there", &sandbox.base_url).replace("\"CT_AMILI\"", "\"CT_WRONG\"");
    for (targets, words) in [(targets("there", &closed), "error"), (wrong, "credentials")] {
        let place = Place::with(&targets);
        let explore = ["explore", "--target", "there", "--api", "amili"];
        place.does(&explore).with(UNREACHABLE).tells(&[words]);
        let ran = place.runs(WALK).with(UNREACHABLE);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
        assert!(place.ledgers().is_empty(), "nothing was written");
    }
}

#[test]
fn a_key_that_ends_half_way_is_told_apart_from_a_broken_rule() {
    const WHO: &str = "HTTP/1.1 401 Who\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}";
    let sandbox = Sandbox::that(|asked| match asked.number > 4 {
        true => Deed::Answer(WHO),
        false => Deed::Pass,
    });
    let place = Place::beside(&sandbox);
    let ran = place.runs(WALK).with(UNREACHABLE);
    ran.tells(&[
        "instrument failed",
        "refuses the credentials",
        "NOT DELETED",
    ]);
    sandbox.becomes(|_| Deed::Pass);
    place.sweeps().with(HELD);
    assert!(sandbox.records("/amili/creditors").is_empty());
}

#[test]
fn limits_that_let_nothing_through_are_refused() {
    for (limit, words) in [
        ("requests_per_minute = 0", "requests_per_minute"),
        ("burst = 0", "burst"),
        ("timeout_seconds = 0", "timeout_seconds"),
        ("timeout_seconds = -1", "timeout_seconds"),
        ("timeout_seconds = nan", "timeout_seconds"),
        ("timeout_seconds = 1e300", "timeout_seconds"),
        ("backoff_seconds = 7200", "backoff_seconds"),
        ("patience_seconds = inf", "patience_seconds"),
        ("retries = -1", "retries"),
        ("speed = 1", "speed"),
    ] {
        let place = Place::with(&format!(
            "[there.amili]\nbase_url = \"http://127.0.0.1:1\"\ntoken_env = \"CT_AMILI\"\n\
             [there.limits]\n{limit}\n"
        ));
        let ran = place.runs(WALK).with(BAD_USAGE).tells(&[words]);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    }
}
