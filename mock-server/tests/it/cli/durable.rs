//! `--state` under what happens to files: the process killed in the middle, no room, no folder. The file is the
//! old one or the new one, the reason is told, and the server goes on.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use mock_server::{MockServer, Options};
use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64;
use serde_json::Value;

use super::process::{Folder, Running, command, run};
use crate::amili::plain_creditor;
use crate::harness::{Answer, Caller};
use crate::race::clients::races;

/// A server with a state file.
struct Kept {
    running: Running,
    base_url: String,
}

impl Kept {
    fn start(file: &Path) -> Self {
        Self::by(command(), file)
    }

    fn by(mut command: Command, file: &Path) -> Self {
        command.args(["--listen", "127.0.0.1:0", "--log", "off", "--state"]);
        let mut running = Running::start(command.arg(file));
        let base_url = loop {
            let line = running.line();
            let mut words = line.split_whitespace();
            if let Some(url) = words.find(|word| word.starts_with("http://")) {
                break url.to_owned();
            }
        };
        Self { running, base_url }
    }

    fn amili(&self) -> Caller {
        Caller::at(&self.base_url).with("x-api-key", "amili-api-user")
    }

    fn save(&self) -> Answer {
        let call = Caller::at(&self.base_url).call("POST", "/_mock/state/save");
        call.send()
    }

    fn create(&self, count: usize) {
        let several: Value = (0..count).map(|_| plain_creditor("one of many")).collect();
        self.amili().post("/creditors", &several).expect(201);
    }
}

/// How many creditors a server has that starts from this file.
fn creditors(file: &Path) -> usize {
    let options = Options {
        state: Some(file.to_owned()),
        ..Options::default()
    };
    let server = MockServer::with(options).unwrap();
    let state = server.space("default").unwrap().state();
    state.records("amili", "creditors").len()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The status of the answer, if there is one.
fn ask(address: &str, path: &str, body: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(address).ok()?;
    let head = "host: localhost\r\nconnection: close\r\ncontent-type: application/json";
    let length = body.len();
    let request = format!(
        "POST {path} HTTP/1.1\r\n{head}\r\nx-api-key: amili-api-user\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    answer.split(' ').nth(1)?.parse().ok()
}

/// What a writer knows of its work when the server is gone.
#[derive(Default)]
struct Work {
    asked: AtomicUsize,
    saved: AtomicUsize,
}

impl Work {
    /// Creates and saves until nobody answers any more.
    fn go_on(&self, base_url: &str) {
        let address = base_url.trim_start_matches("http://");
        let body = plain_creditor("one more").to_string();
        loop {
            let asked = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            let made = ask(address, "/creditors", &body);
            if made != Some(201) || ask(address, "/_mock/state/save", "") != Some(200) {
                return;
            }
            self.saved.store(asked, Ordering::SeqCst);
        }
    }
}

#[test]
fn killed_at_any_moment_it_leaves_a_whole_file_with_all_that_was_saved() {
    let folder = Folder::new();
    let file = folder.path("state.json");
    let mut there = 0;
    for seed in 0..races(4) {
        let mut dice = Pcg64::seed_from_u64(seed);
        let mut kept = Kept::start(&file);
        if there == 0 {
            kept.create(80);
            kept.save().expect(200);
            there = 80;
        }
        let work = Work::default();
        thread::scope(|scope| {
            scope.spawn(|| work.go_on(&kept.base_url));
            while work.saved.load(Ordering::SeqCst) == 0 {
                thread::yield_now();
            }
            // A moment that no request knows of.
            for _ in 0..dice.next_u32() % 2_000_000 {
                std::hint::spin_loop();
            }
            kept.running.child().kill().unwrap();
            kept.running.child().wait().unwrap();
        });
        let least = there + work.saved.into_inner();
        let most = there + work.asked.into_inner();
        there = creditors(&file);
        assert!((least..=most).contains(&there), "{least} {there} {most}");
        assert_eq!(names(file.parent().unwrap()), ["state.json"]);
    }
}

#[test]
fn told_to_stop_it_keeps_all_that_it_had_answered() {
    let folder = Folder::new();
    let file = folder.path("state.json");
    let Kept { running, base_url } = Kept::start(&file);
    let address = base_url.trim_start_matches("http://");
    let (asked, made) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let body = plain_creditor("one more").to_string();
                loop {
                    asked.fetch_add(1, Ordering::SeqCst);
                    if ask(address, "/creditors", &body) != Some(201) {
                        return;
                    }
                    made.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        while made.load(Ordering::SeqCst) < 10 {
            thread::yield_now();
        }
        assert_eq!(running.signal("TERM").status, Some(0));
    });
    let there = creditors(&file);
    let (made, asked) = (made.into_inner(), asked.into_inner());
    assert!((made..=asked).contains(&there), "{made} {there} {asked}");
}

/// A server for which no file may grow beyond some kilobytes: what it writes then fails, as on a full disk.
fn without_room(file: &Path) -> Kept {
    let mut command = Command::new("sh");
    let limited = r#"trap "" XFSZ; ulimit -f 60; exec "$0" "$@""#;
    command.args(["-c", limited, env!("CARGO_BIN_EXE_mock-server")]);
    command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    Kept::by(command, file)
}

#[test]
fn without_room_the_old_file_stays_and_the_server_goes_on() {
    let folder = Folder::new();
    let file = folder.path("state.json");
    let kept = without_room(&file);
    let mut saved = Vec::new();
    let refused = loop {
        kept.create(10);
        let answer = kept.save();
        if answer.status != 200 {
            break answer.expect(500);
        }
        saved = std::fs::read(&file).unwrap();
        assert!(saved.len() < 1_000_000, "there is room after all");
    };
    let told = refused.text_at("/error");
    assert!(
        told.contains("state.json") && told.contains("cannot be written"),
        "{told}"
    );
    assert!(!saved.is_empty() && std::fs::read(&file).unwrap() == saved);
    assert_eq!(names(file.parent().unwrap()), ["state.json"]);
    kept.create(1);
    let ended = kept.running.signal("TERM");
    assert_eq!(ended.status, Some(1));
    assert!(ended.stderr.contains("the state is not saved"), "{ended:?}");
    assert_eq!(std::fs::read(&file).unwrap(), saved);
    assert_eq!(names(file.parent().unwrap()), ["state.json"]);
}

#[test]
fn a_folder_that_goes_away_is_told_and_one_that_comes_back_is_used() {
    let folder = Folder::new();
    let deep = folder.path("deep");
    let file = deep.join("state.json");
    std::fs::create_dir(&deep).unwrap();
    let kept = Kept::start(&file);
    kept.create(1);
    kept.save().expect(200);
    std::fs::remove_dir_all(&deep).unwrap();
    let told = kept.save().expect(500).text_at("/error");
    assert!(told.contains("cannot be written"), "{told}");
    kept.create(1);
    std::fs::create_dir(&deep).unwrap();
    kept.save().expect(200);
    let ended = kept.running.signal("TERM");
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert_eq!((creditors(&file), names(&deep).len()), (2, 1));
}

/// That a server does not start with this file, and says so in one line.
#[track_caller]
fn refused(file: &Path, words: &str) {
    let file = file.display().to_string();
    let ended = run(&["serve", "--listen", "127.0.0.1:0", "--state", &file]);
    assert_eq!(ended.status, Some(2), "{ended:?}");
    let told = ended.stderr.trim_end();
    assert!(
        told.contains(&file) && told.contains(words) && !told.contains('\n'),
        "{told}"
    );
}

#[test]
fn where_nothing_could_be_saved_it_does_not_start() {
    let folder = Folder::new();
    let plain = folder.file("plain", "text");
    refused(&plain.join("state.json"), "cannot be written");
    refused(&folder.path("nowhere/state.json"), "cannot be written");
    refused(plain.parent().unwrap(), "no regular file");
    refused(Path::new("/dev/null"), "no regular file");
    assert_eq!(names(plain.parent().unwrap()), ["plain"]);
}
