//! The ledger under what happens to files and runs: killed at any moment, without room. Whatever reached the target
//! is told of in the ledger, and a sweep takes it away.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

use contract_tests::cli::{FAILED, HELD};
use serde_json::Value;

use crate::hostile::{Deed, Place, Ran, Sandbox, WALK, check_clean};

/// The names of what was to be made on the sandbox, as they come.
type Names = Arc<Mutex<Vec<String>>>;

/// A sandbox that notes what is to be made on it.
fn noting() -> (Sandbox, Names) {
    let names = Names::default();
    let noted = Arc::clone(&names);
    let sandbox = Sandbox::that(move |asked| {
        if asked.method == "POST" {
            let body: Value = serde_json::from_str(&asked.body).unwrap();
            let name = body["name"].as_str().unwrap().to_owned();
            noted.lock().unwrap().push(name);
        }
        Deed::Pass
    });
    (sandbox, names)
}

/// The names that the ledgers tell of, each line of them whole but the last.
fn told(place: &Place) -> BTreeSet<String> {
    let mut told = BTreeSet::new();
    for path in place.ledgers() {
        let text = std::fs::read_to_string(path).unwrap();
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        for line in text[..whole].lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            let names = line["names"].as_array().into_iter().flatten();
            told.extend(names.filter_map(Value::as_str).map(str::to_owned));
        }
    }
    told
}

/// Whatever came to the sandbox is told of, and nothing is left of it that can be deleted once it was swept.
#[track_caller]
fn check_known(sandbox: &Sandbox, names: &Names, place: &Place) {
    let told = told(place);
    let names = names.lock().unwrap().clone();
    let unknown = names.iter().find(|name| !told.contains(*name));
    assert_eq!(unknown, None, "{told:?}");
    // What came last may still be under way: the sandbox knows nothing of the end.
    let mock = sandbox.mock.space("default").unwrap();
    let came = |method: &str| {
        mock.journal()
            .iter()
            .filter(|it| it.method == method)
            .count()
    };
    while came("POST") < names.len() {
        thread::yield_now();
    }
    place.sweeps().with(HELD);
    if names.is_empty() {
        return;
    }
    check_clean(sandbox, place);
}

#[test]
fn killed_at_any_moment_a_run_has_told_of_all_that_it_made() {
    // From before the ledger is there until after the last deletion.
    for moment in 0..8_u32 {
        let (sandbox, names) = noting();
        let place = Place::beside(&sandbox);
        let mut run = place.command(&["run", "--target", "there", "--scenario", WALK[0]]);
        let mut run = run
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let wanted = usize::try_from(moment / 2).unwrap();
        while names.lock().unwrap().len() < wanted && run.try_wait().unwrap().is_none() {
            thread::yield_now();
        }
        for _ in 0..moment * 40_000 {
            std::hint::spin_loop();
        }
        run.kill().unwrap();
        run.wait().unwrap();
        check_known(&sandbox, &names, &place);
    }
}

/// Runs for which no file may grow beyond so many blocks: what they write then fails, as on a full disk.
fn without_room(place: &Place, blocks: u32) -> Ran {
    let run = place.command(&["run", "--target", "there", "--scenario", WALK[0]]);
    let mut limited = Command::new("sh");
    let limit = format!(r#"trap "" XFSZ; ulimit -f {blocks}; exec "$0" "$@""#);
    limited.args(["-c", &limit]).arg(run.get_program());
    limited
        .args(run.get_args())
        .current_dir(place.folder.path());
    for (name, value) in run.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    Ran::of(&limited.output().unwrap())
}

#[test]
fn a_ledger_without_room_stops_the_writing_and_stays_readable() {
    let mut stopped = 0;
    for blocks in 0..8 {
        let (sandbox, names) = noting();
        let place = Place::beside(&sandbox);
        let ran = without_room(&place, blocks);
        match ran.status {
            HELD => {}
            FAILED => {
                stopped += 1;
                let told = [
                    "ledger cannot be written",
                    "NOT WRITTEN     into the ledger",
                ];
                assert!(
                    told.iter().any(|part| ran.err.contains(part)),
                    "{}",
                    ran.err
                );
                // What this run knew it took away by itself.
                assert!(sandbox.records("/amili/creditors").is_empty());
            }
            _ => {
                ran.tells(&["the ledger"]);
                assert!(names.lock().unwrap().is_empty());
                assert!(place.ledgers().is_empty());
            }
        }
        check_known(&sandbox, &names, &place);
    }
    assert!(stopped >= 2, "{stopped}");
}
