//! The fuzz targets of the harness: each takes any bytes as a file that comes from outside, and panics when the
//! harness does with them what it never should. Built with the feature `fuzzing`, for `fuzz/`, and for the tests.

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::path::Path;

use crate::client::Signer;
use crate::compare::{self, Accepted};
use crate::explore::{Replayed, replay};
use crate::history;
use crate::ledger;
use crate::recording::Recording;
use crate::target::Target;

/// A name, what is done with any text, and texts to begin with.
pub struct FuzzTarget {
    /// Its name, which is that of its file in `fuzz/fuzz_targets`.
    pub name: &'static str,
    /// Panics when something is wrong.
    pub run: fn(&str),
    /// What it takes, well formed.
    pub seeds: fn() -> Vec<String>,
}

/// Every target.
pub const TARGETS: [FuzzTarget; 6] = [
    FuzzTarget {
        name: "recording",
        run: recording,
        seeds: recordings,
    },
    FuzzTarget {
        name: "accepted",
        run: accepted,
        seeds: || owned(&[ACCEPTED]),
    },
    FuzzTarget {
        name: "targets_file",
        run: targets_file,
        seeds: || owned(&[TARGETS_FILE]),
    },
    FuzzTarget {
        name: "ledger_file",
        run: ledger_file,
        seeds: || owned(&[LEDGER]),
    },
    FuzzTarget {
        name: "walk",
        run: walk,
        seeds: || owned(&WALKS),
    },
    FuzzTarget {
        name: "key",
        run: key,
        seeds: || owned(&KEYS),
    },
];

/// Runs the target of this name; bytes that are no text are replaced.
///
/// # Panics
/// When the target finds something, or there is none of this name.
pub fn run(name: &str, bytes: &[u8]) {
    match TARGETS.iter().find(|target| target.name == name) {
        Some(target) => (target.run)(&String::from_utf8_lossy(bytes)),
        None => unreachable!("no target is called {name}"),
    }
}

const ACCEPTED: &str = "[[accept]]\nfingerprint = \"3f2a9c01b7de\"\nreason = \"announced for May\"\nuntil = \"2027-05-31\"\n";

const TARGETS_FILE: &str = r#"
allow_hosts = ["api-sandbox.amili.se"]
[second.amili]
base_url = "http://127.0.0.1:4080"
account = "6662fb1df4d1eaf404cb08de"
token_env = "AMILI_TOKEN"
[second.amili.roles]
other-account = { token_env = "AMILI_OTHER_TOKEN", account = "6662fb1df4d1eaf404cb0900" }
[second.ams]
base_url = "https://api-sandbox.amili.se"
token_env = "AMS_TOKEN"
company = 24
token_place = "plain"
paths = { create_user = "/v2/admin/user", create_department = "/v2/admin/department" }
[second.ams.roles]
manager = { user = 2 }
[second.limits]
requests_per_minute = 90
burst = 8
max_requests = 500
timeout_seconds = 30
retries = 4
backoff_seconds = 0.5
patience_seconds = 10
"#;

const LEDGER: &str = r#"{"line":"opened","schema":"1.0","run":"a","target":"second","tool":"0.1.0","base_urls":{"amili":"http://127.0.0.1:4080"}}
{"line":"intent","number":1,"api":"amili","space":"","step":"create","resource":"creditors","method":"POST","path":"/creditors","names":["ct-a"]}
{"line":"made","number":1,"api":"amili","space":"","resource":"creditors","id":"6662fb1df4d1eaf404cb08de","name":"ct-a"}
{"line":"settled","number":1,"because":"it was answered"}
{"line":"gone","api":"amili","space":"","resource":"creditors","id":"6662fb1df4d1eaf404cb08de"}
{"line":"finished"}
"#;

const WALKS: [&str; 2] = [
    include_str!("../../tests/walks/activation.json"),
    r#"{"schema": "1.0", "api": "ams", "seed": 7, "rules": [], "steps": []}"#,
];

const KEYS: [&str; 2] = [
    include_str!("../../../fixtures/keys/api-code-es256.pem"),
    include_str!("../../../fixtures/keys/api-code-rs256.pem"),
];

const AMS_RECORDING: &str = include_str!("../../../fixtures/recordings/ams/mock.jsonl");

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

/// The header and the lines of some scenarios.
fn recordings() -> Vec<String> {
    let mut lines = AMS_RECORDING.lines();
    let header = lines.next().unwrap_or_default();
    let lines: Vec<&str> = lines.collect();
    let parts = lines.chunks(12).take(20);
    parts
        .map(|part| format!("{header}\n{}\n", part.join("\n")))
        .collect()
}

/// Reads a recording, and tells all that can be told of it beside one that is well formed.
fn recording(text: &str) {
    let file = Path::new("fuzzed.jsonl");
    let Ok(read) = Recording::parse(file, text) else {
        return;
    };
    let first = recordings().first().cloned().unwrap_or_default();
    let Ok(known) = Recording::parse(file, &first) else {
        unreachable!("the fixture is a recording");
    };
    let accepted = Accepted::parse(file, ACCEPTED).unwrap_or_default();
    compare::told(&known, &read, &accepted);
    compare::told(&read, &known, &accepted);
    let again = Recording::parse(file, text).ok();
    history::told([known, read].into_iter().chain(again).collect());
}

/// Reads excuses, and excuses by them.
fn accepted(text: &str) {
    let file = Path::new("fuzzed.toml");
    let Ok(accepted) = Accepted::parse(file, text) else {
        return;
    };
    let empty = AMS_RECORDING.lines().next().unwrap_or_default();
    if let Ok(empty) = Recording::parse(file, empty) {
        compare::told(&empty, &empty, &accepted);
    }
}

/// Reads a targets file. Nothing is asked of any target.
fn targets_file(text: &str) {
    // A key file may be anything on this machine, a pipe that never ends included.
    if !text.contains("private_key_file") {
        let _ = Target::planned("second", text, &|_| Some("token".to_owned()));
    }
}

/// Reads a ledger, and what is to be cleaned up by it.
fn ledger_file(text: &str) {
    let _ = ledger::learned(text.as_bytes());
}

/// Takes a walk on a mock.
fn walk(text: &str) {
    thread_local! {
        static MOCK: RefCell<Option<Target>> = const { RefCell::new(None) };
    }
    MOCK.with_borrow_mut(|mock| {
        if mock.is_none() {
            *mock = Target::mock().ok();
        }
        let Some(mock) = mock else {
            return;
        };
        // A walk that nobody took may well be one that the model would not take.
        match replay(mock, text) {
            Ok(()) | Err(Replayed::CannotBeTaken(_) | Replayed::Differs(_)) => {}
            Err(Replayed::InstrumentFailed(_)) => {}
        }
    });
}

/// Reads a private key, and signs with it.
fn key(text: &str) {
    if let Ok(signer) = Signer::new(text) {
        let _ = signer.sign(&serde_json::json!({ "api_code": "a", "exp": 0 }));
    }
}
