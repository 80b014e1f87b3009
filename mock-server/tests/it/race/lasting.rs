//! What is left by a reset and what is kept by a save, while others write.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use mock_server::{MockServer, Options};
use serde_json::Value;

use super::clients::{at_once, races};
use super::control::check_whole;
use super::server::Server;
use crate::amili::plain_creditor;
use crate::ams;

const WRITERS: usize = 3;
const WRITES: usize = 60;

/// What somebody looks at after a reset, and when that reset was begun.
struct Look {
    begun: u64,
    seen: String,
}

#[test]
fn nothing_that_had_ended_before_a_reset_began_is_left_after_it() {
    for _ in 0..races(1) {
        let server = Server::start();
        let clock = AtomicU64::new(0);
        let tick = || clock.fetch_add(1, Ordering::SeqCst);
        // When the answer to each creation was there.
        let ended = Mutex::new(BTreeMap::<String, u64>::new());
        let looks = Mutex::new(Vec::new());
        at_once(WRITERS + 1, |number| {
            if number == WRITERS {
                let mut control = server.control();
                while ended.lock().unwrap().len() < WRITERS * WRITES {
                    let begun = tick();
                    control.post("/_mock/reset", &Value::Null).expect(204);
                    for path in ["/_mock/state", "/_mock/journal", "/_mock/outbox"] {
                        let seen = control.get(path).expect(200).body.to_string();
                        looks.lock().unwrap().push(Look { begun, seen });
                    }
                }
                return;
            }
            let (mut amili, mut setup) = (server.amili(), server.ams());
            for turn in 0..WRITES {
                let name = format!("{number}.{turn}@test.net");
                if turn % 2 == 0 {
                    amili.post("/creditors", &plain_creditor(&name)).expect(201);
                } else {
                    let made = setup.post("/v2/admin/users", &ams::user(&name));
                    made.expect(201);
                }
                ended.lock().unwrap().insert(name, tick());
            }
        });
        let (ended, looks) = (ended.into_inner().unwrap(), looks.into_inner().unwrap());
        assert!(looks.len() >= 6, "the resets came too late");
        for Look { begun, seen } in looks {
            let mut before = ended.iter().filter(|(_, ended)| **ended < begun);
            let left = before.find(|(name, _)| seen.contains(&format!("\"{name}\"")));
            assert_eq!(left, None, "reset at {begun}: {seen}");
        }
    }
}

#[test]
fn a_file_saved_while_others_write_is_whole_and_has_what_was_written_before() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let options = || Options {
        state: Some(file.clone()),
        ..Options::default()
    };
    let server = Server::with(options());
    at_once(WRITERS + 1, |number| {
        if number < WRITERS {
            let mut writer = server.amili().in_space(&format!("space{}", number % 2));
            for turn in 0..WRITES {
                let name = format!("{number}.{turn}");
                writer
                    .post("/creditors", &plain_creditor(&name))
                    .expect(201);
            }
            return;
        }
        let (mut writer, mut control) = (server.amili(), server.control());
        for turn in 0..WRITES / 6 {
            let name = format!("{turn}");
            writer
                .post("/creditors", &plain_creditor(&name))
                .expect(201);
            control.post("/_mock/state/save", &Value::Null).expect(200);
            let saved: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
            for space in saved["spaces"].as_object().unwrap().values() {
                check_whole(&space["world"]);
            }
            let own = &saved["spaces"]["default"]["world"]["amili"]["creditors"];
            assert_eq!(own.as_array().unwrap().len(), turn + 1);
        }
    });
    drop(server);
    let again = MockServer::with(options()).unwrap();
    let creditors = ["space0", "space1"].map(|name| {
        let state = again.space(name).unwrap().state();
        state.records("amili", "creditors").len()
    });
    assert_eq!(creditors, [2 * WRITES, WRITES]);
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 1, "nothing but the file");
}
