//! The `sweep` command: it finishes what a run could not, as often as it is asked to, and harms nobody else.

use std::fs::OpenOptions;
use std::io::Write;

use contract_tests::cli::{BAD_USAGE, FAILED, HELD, UNREACHABLE};

use crate::hostile::{Deed, Place, Sandbox, WALK, check_clean, targets};

#[test]
fn a_target_that_dies_half_way_is_swept_when_it_lives_again() {
    for last in [3, 5, 7] {
        let sandbox = Sandbox::that(move |asked| match asked.number > last {
            true => Deed::Refuse,
            false => Deed::Pass,
        });
        let place = Place::beside(&sandbox);
        let ran = place.runs(WALK).with(UNREACHABLE);
        ran.tells(&[
            "NOT DELETED",
            "contract-tests sweep --target there --ledger",
        ]);
        assert!(!place.is_finished());
        assert_eq!(sandbox.records("/amili/creditors").len(), 1);
        place.sweeps().with(UNREACHABLE);
        sandbox.becomes(|_| Deed::Pass);
        place
            .sweeps()
            .with(HELD)
            .tells(&["deleted         amili creditors: 1"]);
        check_clean(&sandbox, &place);
        sandbox.asked();
        place.sweeps().with(HELD).tells(&["nothing to sweep"]);
        assert!(
            sandbox.asked().is_empty(),
            "a second sweep finds nothing to do"
        );
    }
}

#[test]
fn a_deletion_that_is_not_done_is_told_and_tried_again_by_sweep() {
    const LIE: &str = "HTTP/1.1 204 Gone\r\nconnection: close\r\n\r\n";
    const NO: &str = "HTTP/1.1 403 No\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}";
    for answer in [LIE, NO] {
        let sandbox = Sandbox::that(move |asked| match &asked.method[..] {
            "DELETE" => Deed::Answer(answer),
            _ => Deed::Pass,
        });
        let place = Place::beside(&sandbox);
        let ran = place.runs(WALK).with(FAILED);
        ran.tells(&[
            "held  amili/walk-through",
            "NOT DELETED",
            "it is still there",
        ]);
        assert!(!place.is_finished());
        sandbox.becomes(|_| Deed::Pass);
        place.sweeps().with(HELD);
        check_clean(&sandbox, &place);
    }
}

fn ledger_of(place: &Place) -> String {
    let [path] = place.ledgers().try_into().unwrap();
    path.display().to_string()
}

/// A place where a run has left a creditor behind.
fn left_behind(sandbox: &Sandbox) -> Place {
    let place = Place::beside(sandbox);
    sandbox.becomes(|asked| match asked.number > 4 {
        true => Deed::Refuse,
        false => Deed::Pass,
    });
    place.runs(WALK).with(UNREACHABLE);
    sandbox.becomes(|_| Deed::Pass);
    sandbox.asked();
    assert_eq!(sandbox.records("/amili/creditors").len(), 1);
    place
}

#[test]
fn a_ledger_that_was_cut_off_is_swept_all_the_same() {
    let sandbox = Sandbox::that(|_| Deed::Pass);
    let place = left_behind(&sandbox);
    let path = ledger_of(&place);
    let text = std::fs::read_to_string(&path).unwrap();
    let made = text.find("{\"line\":\"made\"").unwrap();
    // In the middle of the line that tells the id: the name is what remains.
    std::fs::write(&path, &text[..made + 30]).unwrap();
    place
        .sweeps()
        .with(HELD)
        .tells(&["deleted         amili creditors: 1"]);
    check_clean(&sandbox, &place);
}

#[test]
fn a_ledger_of_another_target_is_refused() {
    let sandbox = Sandbox::that(|_| Deed::Pass);
    let place = left_behind(&sandbox);
    let ledger = ledger_of(&place);
    let elsewhere = Sandbox::that(|_| Deed::Pass);
    for (name, base_url) in [("other", &sandbox.base_url), ("there", &elsewhere.base_url)] {
        let other = Place::with(&targets(name, base_url));
        let sweep = ["sweep", "--target", name, "--ledger", &ledger];
        let ran = other.does(&sweep).with(BAD_USAGE);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
        ran.tells(&["there at", &sandbox.base_url, base_url]);
        // Without being asked to, sweep passes it over.
        let copy = other.folder.path().join(".contract-tests");
        std::fs::create_dir(&copy).unwrap();
        std::fs::copy(&ledger, copy.join("ledger-1.jsonl")).unwrap();
        other.does(&["sweep", "--target", name]).with(HELD);
    }
    assert!(sandbox.asked().is_empty() && elsewhere.asked().is_empty());
}

#[test]
fn what_is_no_ledger_is_refused() {
    let sandbox = Sandbox::that(|_| Deed::Pass);
    let place = Place::beside(&sandbox);
    std::fs::write(place.folder.path().join("x"), "nothing\n").unwrap();
    for file in ["x", "absent"] {
        let ran = place.does(&["sweep", "--target", "there", "--ledger", file]);
        ran.with(BAD_USAGE).tells(&[file]);
    }
    let taken = ["run", "--target", "there", "--ledger", "x"];
    place.does(&taken).with(BAD_USAGE).tells(&["x"]);
    assert!(sandbox.asked().is_empty());
}

#[test]
fn a_sweep_takes_every_unfinished_ledger_of_its_target() {
    let sandbox = Sandbox::that(|_| Deed::Pass);
    let place = left_behind(&sandbox);
    let second = left_behind_again(&sandbox, &place);
    assert_eq!(place.ledgers().len(), 2);
    assert_eq!(sandbox.records("/amili/creditors").len(), 2);
    // Somebody else's, which nobody can read, holds up nobody.
    let broken = place.folder.path().join(".contract-tests/ledger-0.jsonl");
    std::fs::write(broken, "nothing\n").unwrap();
    let ran = place.sweeps().with(BAD_USAGE);
    ran.tells(&["ledger-0.jsonl", &second]);
    assert!(sandbox.records("/amili/creditors").is_empty());
}

fn left_behind_again(sandbox: &Sandbox, place: &Place) -> String {
    sandbox.becomes(|asked| match asked.number > 4 {
        true => Deed::Refuse,
        false => Deed::Pass,
    });
    let named = ".contract-tests/ledger-named.jsonl";
    let run = [
        "run",
        "--target",
        "there",
        "--scenario",
        WALK[0],
        "--ledger",
        named,
    ];
    place.does(&run).with(UNREACHABLE);
    sandbox.becomes(|_| Deed::Pass);
    named.to_owned()
}

#[test]
fn what_no_run_names_is_not_deleted_whatever_a_ledger_says() {
    let sandbox = Sandbox::that(|_| Deed::Pass);
    let place = left_behind(&sandbox);
    let theirs = create(&sandbox, "Somebody else");
    let mut ledger = OpenOptions::new()
        .append(true)
        .open(ledger_of(&place))
        .unwrap();
    let space = place.ledger()[1]["space"].as_str().unwrap().to_owned();
    writeln!(
        ledger,
        "{{\"line\":\"made\",\"number\":9,\"api\":\"amili\",\"space\":\"{space}\",\
         \"resource\":\"creditors\",\"id\":\"{theirs}\"}}"
    )
    .unwrap();
    let ran = place.sweeps().with(FAILED);
    ran.tells(&["NOT DELETED", &theirs, "Somebody else"]);
    let path = format!("/creditors/{theirs}");
    let asked = sandbox.asked();
    assert!(asked.iter().all(|it| it.method == "GET" || it.path != path));
}

/// A creditor that no run made; gives its id.
fn create(sandbox: &Sandbox, name: &str) -> String {
    use std::io::Read;
    let address = sandbox.mock.base_url().trim_start_matches("http://");
    let body = format!(
        "{{\"account\":\"6662fb1df4d1eaf404cb08de\",\"name\":\"{name}\",\"is_active\":false}}"
    );
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    write!(
        stream,
        "POST /creditors HTTP/1.1\r\nhost: localhost\r\nx-api-key: amili-api-user\r\n\
         content-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    body["_id"].as_str().unwrap().to_owned()
}

#[test]
fn a_sweep_that_is_shut_out_says_so() {
    let sandbox = Sandbox::that(|_| Deed::Pass);
    let place = left_behind(&sandbox);
    let wrong = targets("there", &sandbox.base_url).replace("\"CT_AMILI\"", "\"CT_WRONG\"");
    std::fs::write(place.folder.path().join("wrong.toml"), wrong).unwrap();
    let sweep = ["sweep", "--target", "there", "--targets", "wrong.toml"];
    place.does(&sweep).with(UNREACHABLE).tells(&["NOT DELETED"]);
    assert!(!place.is_finished());
    place.sweeps().with(HELD);
    check_clean(&sandbox, &place);
}
