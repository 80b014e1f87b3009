//! What a ledger keeps through a crash, and which files it takes for ledgers.

use std::collections::BTreeMap;
use std::fs;

use super::*;
use crate::scenario::Api;

fn header() -> Header {
    Header {
        schema: SCHEMA.to_owned(),
        run: "r".to_owned(),
        target: "there".to_owned(),
        base_urls: BTreeMap::from([(Api::Amili, "http://127.0.0.1:1".to_owned())]),
        tool: "0".to_owned(),
    }
}

fn intent(name: &str) -> Intent {
    Intent {
        api: Api::Amili,
        space: "ct-r-1".to_owned(),
        role: Some("other-account".to_owned()),
        step: "create it".to_owned(),
        method: "POST".to_owned(),
        path: "/creditors".to_owned(),
        resource: "creditors".to_owned(),
        names: vec![name.to_owned()],
    }
}

fn thing(id: &str) -> Thing {
    Thing::new(Api::Amili, "ct-r-1", "creditors", id)
}

fn made(number: u64, id: &str) -> Line {
    Line::Made {
        number,
        thing: thing(id),
        name: None,
    }
}

fn settled(number: u64) -> Line {
    Line::Settled {
        number,
        because: "x".to_owned(),
    }
}

/// A ledger in which the first creation is done, the second one is gone again and the third one is open.
fn written(path: &Path) -> Ledger {
    let ledger = Ledger::create(path, header()).unwrap();
    for id in ["a", "b"] {
        let number = ledger.intend(intent(id)).unwrap();
        ledger.write(made(number, id)).unwrap();
        ledger.write(settled(number)).unwrap();
    }
    ledger.write(Line::Gone { thing: thing("b") }).unwrap();
    ledger.intend(intent("c")).unwrap();
    ledger
}

fn remaining(ledger: &Ledger) -> Vec<String> {
    let remaining = ledger.book().remaining().into_iter();
    remaining.map(|made| made.thing.id).collect()
}

fn wanted(ledger: &Ledger) -> Vec<u64> {
    let wanted = ledger.book().wanted().into_iter();
    wanted.map(|wanted| wanted.number).collect()
}

#[test]
fn what_is_written_is_on_disk_before_anything_else_happens() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/down/ledger.jsonl");
    let ledger = Ledger::create(&path, header()).unwrap();
    let lines = || fs::read_to_string(&path).unwrap().lines().count();
    assert_eq!(lines(), 1);
    let number = ledger.intend(intent("a")).unwrap();
    assert_eq!(lines(), 2);
    ledger.write(made(number, "a")).unwrap();
    assert_eq!(lines(), 3);
}

#[test]
fn a_ledger_read_again_knows_what_the_one_written_knew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.jsonl");
    let first = written(&path);
    let known = (remaining(&first), wanted(&first));
    drop(first);
    let again = Ledger::reopen(&path).unwrap();
    assert_eq!((remaining(&again), wanted(&again)), known);
    assert_eq!(known, (vec!["a".to_owned()], vec![3]));
    assert!(again.holds(&thing("a")) && !again.holds(&thing("c")));
    let role = again.book().remaining().remove(0).role;
    assert_eq!(role.as_deref(), Some("other-account"));
    assert_eq!(again.intend(intent("d")).unwrap(), 4);
}

#[test]
fn a_line_cut_off_anywhere_is_as_if_it_had_not_been_begun() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.jsonl");
    drop(written(&path));
    let whole = fs::read(&path).unwrap();
    let before = whole[..whole.len() - 1]
        .iter()
        .rposition(|byte| *byte == b'\n');
    for length in before.unwrap() + 1..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        let again = Ledger::reopen(&path).unwrap();
        assert!(wanted(&again).is_empty(), "{length}");
        again.intend(intent("d")).unwrap();
        drop(again);
        let again = Ledger::reopen(&path).unwrap();
        assert_eq!(wanted(&again), [3], "{length}");
    }
}

#[track_caller]
fn check_refused(text: &str, part: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.jsonl");
    fs::write(&path, text).unwrap();
    for refused in [
        Ledger::reopen(&path).map(drop).unwrap_err().to_string(),
        peek(&path).map(drop).unwrap_err().to_string(),
    ] {
        assert!(refused.contains(part), "{refused}");
        assert!(refused.contains("ledger.jsonl"), "{refused}");
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn what_is_no_ledger_is_refused_and_left_as_it_is() {
    check_refused("x", "does not begin");
    check_refused("{\"line\":\"finished\"}\n", "does not begin");
    check_refused("name,email\n", "line 1");
    let opened = serde_json::to_string(&Line::Opened(header())).unwrap();
    check_refused(&format!("{opened}\nnothing\n{opened}\n"), "line 2");
    let strange = "{\"line\":\"forgotten\",\"number\":1}";
    check_refused(&format!("{opened}\n{strange}\n"), "line 2");
    for later in ["1.1", "2.0", "x"] {
        let later = opened.replace("\"1.0\"", &format!("\"{later}\""));
        check_refused(&format!("{later}\n"), "is not 1.0");
    }
}

#[test]
fn a_ledger_is_never_written_over_nor_by_two() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.jsonl");
    let first = written(&path);
    let second = Ledger::create(&path, header()).unwrap_err();
    assert!(second.to_string().contains("ledger.jsonl"), "{second}");
    assert!(matches!(
        Ledger::reopen(&path),
        Err(LedgerError::InUse { .. })
    ));
    drop(first);
    assert!(Ledger::reopen(&path).is_ok());
}

#[test]
fn a_run_that_wrote_nothing_leaves_no_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.jsonl");
    Ledger::create(&path, header()).unwrap().finish().unwrap();
    assert!(!path.exists());
}

#[test]
fn a_finished_ledger_says_so_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.jsonl");
    let ledger = written(&path);
    assert!(!peek(&path).unwrap().finished);
    ledger.finish().unwrap();
    ledger.finish().unwrap();
    assert!(peek(&path).unwrap().finished);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches("finished").count(), 1);
}

#[test]
fn a_ledger_cut_in_its_first_line_tells_that_nothing_was_sent() {
    let opened = serde_json::to_string(&Line::Opened(header())).unwrap();
    for length in 0..=opened.len() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.jsonl");
        fs::write(&path, &opened[..length]).unwrap();
        let peeked = peek(&path).map(drop).unwrap_err();
        assert!(
            matches!(peeked, LedgerError::Blank { .. }),
            "{length}: {peeked}"
        );
    }
}

#[test]
fn a_piece_of_a_line_that_had_no_room_is_gone_before_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.jsonl");
    let ledger = written(&path);
    let piece = b"{\"line\":\"int";
    {
        let mut inner = ledger.inner();
        let lines = inner.file.as_mut().unwrap();
        lines.file.write_all(piece).unwrap();
        lines.torn = true;
    }
    assert!(fs::read(&path).unwrap().ends_with(piece));
    ledger.write(settled(3)).unwrap();
    drop(ledger);
    let again = Ledger::reopen(&path).unwrap();
    assert!(wanted(&again).is_empty());
}
