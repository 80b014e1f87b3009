//! What a run makes is in its ledger before anything else happens, and is gone at its end: however the
//! scenarios go, and whatever the target loses. What cannot be deleted is told.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use contract_tests::cli::{BAD_USAGE, FAILED, HELD, UNREACHABLE};

use crate::hostile::{Deed, Place, Sandbox, WALK, check_clean, targets};

#[test]
fn what_a_run_makes_is_deleted_and_proved_gone_and_what_stays_is_listed() {
    let sandbox = Sandbox::that(|_| Deed::Pass);
    let place = Place::beside(&sandbox);
    let ran = place.runs(&["amili/walk-through", "ams/link-departments"]);
    let ran = ran
        .with(HELD)
        .tells(&["deleted         amili creditors: 1"]);
    check_clean(&sandbox, &place);
    let users = sandbox.records("/amili/users");
    assert_eq!(users.len(), 2);
    for user in &users {
        let told = format!(
            "left            amili users {}  ct-",
            user["_id"].as_str().unwrap()
        );
        assert!(ran.err.contains(&told), "{}", ran.err);
    }
    for list in ["users", "departments"] {
        let made = sandbox.records(&format!("/ams/{list}"));
        assert!(!made.is_empty());
        for record in made {
            let told = format!("left            ams {list} {}  ct-", record["id"]);
            assert!(ran.err.contains(&told), "{}", ran.err);
        }
    }
    let left = place
        .ledger()
        .into_iter()
        .filter(|line| line["line"] == "left");
    assert!(left.count() >= 4);
    let asked = sandbox.asked();
    let deletion = asked.iter().position(|asked| asked.method == "DELETE");
    let deletion = deletion.unwrap();
    let path = &asked[deletion].path;
    assert!(asked[deletion].head.to_lowercase().contains("if-match:"));
    for at in [deletion - 1, deletion + 1] {
        assert_eq!((&asked[at].method[..], &asked[at].path), ("GET", path));
    }
}

#[test]
fn other_callers_delete_what_they_made_the_last_thing_first() {
    let sandbox = Sandbox::that(|_| Deed::Pass);
    let place = Place::beside(&sandbox);
    place.runs(&["amili/foreign-account"]).with(HELD);
    check_clean(&sandbox, &place);
    let asked = sandbox.asked();
    let key = |head: &str| {
        let mut lines = head.lines();
        let key = lines.find(|line| line.to_lowercase().starts_with("x-api-key"));
        key.unwrap().to_owned()
    };
    let done = |method: &str| {
        let done = asked.iter().filter(|asked| asked.method == method);
        done.map(|asked| key(&asked.head)).collect::<Vec<_>>()
    };
    let made = place.ledger().into_iter();
    let made: Vec<_> = made
        .filter(|line| line["line"] == "made" && line["resource"] == "creditors")
        .collect();
    let deleted = asked.iter().filter(|asked| asked.method == "DELETE");
    let deleted: Vec<_> = deleted.map(|asked| asked.path.clone()).collect();
    // Those before are the scenario's own, each of them refused.
    let deleted = &deleted[deleted.len() - made.len()..];
    let backwards = made.iter().rev();
    let backwards = backwards.map(|line| format!("/creditors/{}", line["id"].as_str().unwrap()));
    assert_eq!(deleted, backwards.collect::<Vec<_>>());
    assert!(
        done("DELETE")
            .iter()
            .any(|key| key.ends_with("amili-other-account"))
    );
}

#[test]
fn clean_up_does_not_ask_how_the_scenarios_went() {
    const WRONG: &str = "HTTP/1.1 404 No\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}";
    let sandbox = Sandbox::that(
        |asked| match asked.path.starts_with("/access--groups?where") {
            true => Deed::Answer(WRONG),
            false => Deed::Pass,
        },
    );
    let place = Place::beside(&sandbox);
    place
        .runs(WALK)
        .with(FAILED)
        .tells(&["deleted         amili creditors: 1"]);
    check_clean(&sandbox, &place);
}

#[test]
fn the_ledger_knows_of_a_request_before_it_is_sent_and_of_an_id_before_the_next_call() {
    let place = Arc::new(Mutex::new(None::<Place>));
    let known = Arc::clone(&place);
    let missing = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&missing);
    let sandbox = Sandbox::that(move |asked| {
        let known = known.lock().unwrap();
        let place = known.as_ref().unwrap();
        let lines = place.ledger();
        if asked.method == "POST" {
            let body: serde_json::Value = serde_json::from_str(&asked.body).unwrap();
            let intended = lines
                .iter()
                .any(|line| line["line"] == "intent" && line["names"][0] == body["name"]);
            if !intended {
                told.lock()
                    .unwrap()
                    .push(format!("the intent of {asked:?}"));
            }
        }
        let count = |kind: &str| lines.iter().filter(|line| line["line"] == kind).count();
        // One scenario makes one thing at a time.
        let open = usize::from(asked.method == "POST");
        if count("intent") != count("made") + open {
            told.lock().unwrap().push(format!("an id before {asked:?}"));
        }
        Deed::Pass
    });
    *place.lock().unwrap() = Some(Place::beside(&sandbox));
    let run = place.lock().unwrap().as_ref().map(|place| {
        place.command(&[
            "run",
            "--target",
            "there",
            "--scenario",
            "amili/walk-through",
        ])
    });
    let output = run.unwrap().output().unwrap();
    assert_eq!(output.status.code(), Some(i32::from(HELD)));
    assert_eq!(*missing.lock().unwrap(), [""; 0]);
    assert!(
        sandbox
            .asked()
            .iter()
            .filter(|asked| asked.method == "POST")
            .count()
            >= 3
    );
}

/// Loses the answer to the first creation of a creditor in one way or another.
#[track_caller]
fn check_lost(deed: Deed, status: u8) {
    let lost = AtomicBool::new(false);
    let sandbox = Sandbox::that(move |asked| {
        match asked.creates("creditors") && !lost.swap(true, Ordering::SeqCst) {
            true => deed.clone(),
            false => Deed::Pass,
        }
    });
    let place = Place::beside(&sandbox);
    place
        .runs(WALK)
        .with(status)
        .tells(&["instrument failed", "deleted         amili creditors: 1"]);
    check_clean(&sandbox, &place);
    let asked = sandbox.asked();
    let creations = asked.iter().filter(|asked| asked.creates("creditors"));
    assert_eq!(creations.count(), 1, "a creation is never repeated blindly");
}

#[test]
fn what_a_lost_answer_made_is_found_by_its_name() {
    const DOWN: &str = "HTTP/1.1 503 Down\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    const GARBAGE: &str = "<html>no protocol at all";
    check_lost(Deed::LoseAnswer, UNREACHABLE);
    check_lost(Deed::CutAnswer, UNREACHABLE);
    check_lost(Deed::Instead(GARBAGE), UNREACHABLE);
    check_lost(Deed::Instead(DOWN), FAILED);
}

#[test]
fn what_was_never_made_is_looked_for_in_vain() {
    let lost = AtomicBool::new(false);
    let sandbox = Sandbox::that(move |asked| {
        match asked.creates("creditors") && !lost.swap(true, Ordering::SeqCst) {
            true => Deed::Refuse,
            false => Deed::Pass,
        }
    });
    let place = Place::beside(&sandbox);
    place
        .runs(WALK)
        .with(UNREACHABLE)
        .tells(&["never made      1"]);
    check_clean(&sandbox, &place);
}

#[test]
fn what_nobody_can_look_for_is_told_as_perhaps_left() {
    let sandbox = Sandbox::that(|asked| match asked.creates("v2/admin/departments") {
        true => Deed::LoseAnswer,
        false => Deed::Pass,
    });
    let place = Place::beside(&sandbox);
    let ran = place.runs(&["ams/link-departments"]).with(UNREACHABLE);
    ran.tells(&["perhaps left    ams departments ct-"]);
    assert!(place.is_finished());
}

#[test]
fn a_target_that_shows_more_than_was_asked_for_does_not_lose_it() {
    // It loses the answer to the creation, and knows no filter.
    let sandbox = Sandbox::that(|asked| match asked.creates("creditors") {
        true if asked.body.contains("Somebody else") => Deed::Pass,
        true => Deed::Refuse,
        false if asked.path.starts_with("/creditors?where") => Deed::Answer(
            "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n\
             {\"_items\":[{\"_id\":\"69132a8bc9ea54f691cc407c\",\"name\":\"Somebody else\"}]}",
        ),
        false => Deed::Pass,
    });
    let place = Place::beside(&sandbox);
    place
        .runs(WALK)
        .with(UNREACHABLE)
        .tells(&["never made      1"]);
    assert!(sandbox.asked().iter().all(|asked| asked.method != "DELETE"));
}

#[test]
fn a_deletion_whose_answer_is_lost_is_looked_after() {
    let lost = AtomicBool::new(false);
    let sandbox = Sandbox::that(move |asked| {
        match asked.method == "DELETE" && !lost.swap(true, Ordering::SeqCst) {
            true => Deed::LoseAnswer,
            false => Deed::Pass,
        }
    });
    let place = Place::beside(&sandbox);
    place.runs(WALK).with(HELD);
    check_clean(&sandbox, &place);
    let asked = sandbox.asked();
    assert_eq!(
        asked
            .iter()
            .filter(|asked| asked.method == "DELETE")
            .count(),
        1
    );
}

#[test]
fn a_used_up_budget_leaves_room_for_the_clean_up() {
    let sandbox = Sandbox::that(|_| Deed::Pass);
    let few = targets("there", &sandbox.base_url) + "max_requests = 4\n";
    let place = Place::with(&few);
    let ran = place.runs(WALK).with(FAILED);
    ran.tells(&["max_requests = 4", "deleted         amili creditors: 1"]);
    check_clean(&sandbox, &place);
    assert!(sandbox.asked().len() > 4);
}

#[test]
fn walks_are_cleaned_up_after_too() {
    let sandbox = Sandbox::that(|_| Deed::Pass);
    let place = Place::beside(&sandbox);
    let explore = [
        "explore", "--target", "there", "--api", "amili", "--cases", "3", "--steps", "8", "--seed",
        "7",
    ];
    place
        .does(&explore)
        .with(HELD)
        .tells(&["deleted         amili creditors"]);
    check_clean(&sandbox, &place);
    let names = place.ledger();
    let header = &names[0];
    let prefix = format!("ct-{}-", header["run"].as_str().unwrap());
    let named = names.iter().filter_map(|line| line["names"][0].as_str());
    assert!(named.clone().count() > 0);
    assert!(named.into_iter().all(|name| name.starts_with(&prefix)));
}

#[test]
fn the_mock_in_this_process_keeps_no_ledger() {
    let place = Place::with("");
    place
        .does(&["run", "--target", "mock", "--scenario", WALK[0]])
        .with(HELD);
    assert!(place.ledgers().is_empty());
    place
        .does(&["sweep", "--target", "mock"])
        .with(HELD)
        .tells(&["keeps nothing"]);
    let sandbox = Sandbox::that(|_| Deed::Pass);
    Place::beside(&sandbox)
        .sweeps()
        .with(HELD)
        .tells(&["nothing to sweep"]);
}

#[test]
fn a_mock_at_an_address_is_treated_as_a_sandbox_is() {
    let sandbox = Sandbox::that(|_| Deed::Pass);
    let place = Place::with(&targets("there", sandbox.mock.base_url()));
    // Scenes that only a mock can set are set, and what is not the run's own is spared by all of them.
    let some = [
        "amili/account-*",
        "amili/token-*",
        "*/bulk",
        "*/id-free",
        "ams/*-self-*",
    ];
    let ran = place.runs(&some).with(HELD);
    assert!(!ran.err.contains("could do harm"), "{}", ran.err);
    ran.tells(&["each proved gone by a read"]);
    assert!(place.is_finished());
}

#[test]
fn a_folder_that_cannot_be_written_stops_the_run_before_it_begins() {
    let sandbox = Sandbox::that(|_| Deed::Pass);
    let place = Place::beside(&sandbox);
    let blocked = Path::new(".contract-tests");
    std::fs::write(place.folder.path().join(blocked), "a file").unwrap();
    place.runs(WALK).with(BAD_USAGE).tells(&["ledger"]);
    assert!(sandbox.asked().is_empty());
}
