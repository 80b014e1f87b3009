//! What must never know what, in this crate. The source is read, because nothing else keeps such a promise.

use std::fs;
use std::path::{Path, PathBuf};

/// As long as a file may be.
const LINES: usize = 400;

/// The files of a part, without comments: a folder or a file below `src`.
fn sources(part: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.join(part)];
    let alone = root.join(format!("{part}.rs"));
    if alone.exists() {
        files.push(alone);
    }
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let code: Vec<_> = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        (name, code.join("\n"))
    };
    files.into_iter().map(read).collect()
}

#[track_caller]
fn check_never(parts: &[&str], names: &[&str]) {
    for part in parts {
        let files = sources(part);
        assert!(!files.is_empty(), "nothing lies in {part}");
        for (file, code) in files {
            for name in names {
                assert!(!code.contains(name), "{file} knows {name}");
            }
        }
    }
}

#[test]
fn the_client_alone_knows_reqwest() {
    for (file, code) in sources("") {
        if !file.starts_with("client") {
            assert!(!code.contains("reqwest"), "{file} knows reqwest");
        }
    }
}

#[test]
fn scenarios_know_their_client_and_nothing_of_the_fake() {
    check_never(
        &["scenarios"],
        &[
            "mock_server",
            "crate::target",
            "crate::run",
            "crate::report",
            "crate::cli::",
            "std::env",
            "std::time",
        ],
    );
}

#[test]
fn the_apis_do_not_know_each_other() {
    check_never(&["scenarios/amili"], &["ams::"]);
    check_never(&["scenarios/ams"], &["amili::"]);
}

#[test]
fn the_client_knows_no_scenario_and_no_target() {
    check_never(
        &["client"],
        &[
            "crate::scenarios",
            "crate::target",
            "crate::run",
            "mock_server",
        ],
    );
}

#[test]
fn the_ledger_knows_neither_http_nor_scenarios() {
    check_never(
        &["ledger"],
        &[
            "crate::client",
            "crate::scenarios",
            "crate::target",
            "crate::run",
            "reqwest",
        ],
    );
}

/// Whoever aims a write at what the run did not make is named here: a new name wants a second look.
#[test]
fn the_writes_that_are_aimed_elsewhere_are_few() {
    let mut aimed: Vec<_> = sources("")
        .into_iter()
        .filter(|(file, code)| code.contains(".not_own(") && !file.starts_with("client"))
        .map(|(file, _)| file.replace('\\', "/"))
        .collect();
    aimed.sort();
    assert_eq!(
        aimed,
        [
            "explore/ams.rs",
            "scenarios/amili/cases/payment_case.rs",
            "scenarios/amili/delete_unknown.rs",
            "scenarios/amili/item_exists.rs",
            "scenarios/amili/method_offered.rs",
            "scenarios/amili/open/last_creditor.rs",
            "scenarios/ams/assign_user_exists.rs",
            "scenarios/ams/body_or_target.rs",
            "scenarios/ams/errors_body.rs",
            "scenarios/ams/given.rs",
            "scenarios/ams/link_user_exists.rs",
            "scenarios/ams/no_self_change.rs",
            "scenarios/ams/not_found_status.rs",
            "scenarios/ams/others_permissions.rs",
            "scenarios/ams/permission_or_target.rs",
            "scenarios/ams/permission_status.rs",
            "scenarios/ams/self_unchanged.rs",
        ]
    );
}

#[test]
fn reports_read_events_and_run_nothing() {
    check_never(
        &["report"],
        &["crate::client", "crate::target", "crate::scenarios"],
    );
}

#[test]
fn the_reference_model_knows_neither_the_fake_nor_http() {
    check_never(
        &["model"],
        &[
            "mock_server",
            "crate::client",
            "crate::scenarios",
            "std::time",
        ],
    );
}

#[test]
fn the_machine_s_clock_is_read_in_one_place() {
    for (file, code) in sources("") {
        assert!(!code.contains("SystemTime"), "{file} reads the clock");
        let reads = code.contains("Timestamp::now") || code.contains("Zoned::now");
        assert!(!reads || file == "cli.rs", "{file} reads the clock");
    }
}

#[test]
fn no_file_outgrows_a_reader() {
    for (file, _) in sources("") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src")
            .join(&file);
        let text = fs::read_to_string(path).unwrap();
        let lines = text.lines().count();
        assert!(lines <= LINES, "{file} has {lines} lines");
        assert!(text.starts_with("//!"), "{file} does not say what it holds");
    }
}
