//! Bad usage, files and addresses: one line on stderr that says which and why, and status 2.

use std::net::TcpListener;

use super::process::{Folder, run};

/// That a command ends with status 2 and one line that holds these words.
#[track_caller]
fn check(arguments: &[&str], words: &[&str]) {
    let ended = run(arguments);
    assert_eq!(ended.status, Some(2), "{arguments:?}: {ended:?}");
    assert_eq!(ended.stdout, "", "{arguments:?}");
    assert_eq!(
        ended.stderr.lines().count(),
        1,
        "{arguments:?}: {}",
        ended.stderr
    );
    assert!(ended.stderr.ends_with('\n'));
    for word in words {
        assert!(
            ended.stderr.contains(word),
            "{arguments:?}: no '{word}' in {}",
            ended.stderr
        );
    }
}

#[test]
fn an_unknown_option_or_command_is_told() {
    check(&["--nothing"], &["--nothing"]);
    check(&["serve", "--nothing"], &["--nothing"]);
    check(&["nothing"], &["nothing"]);
    check(&["rules", "--format", "yaml"], &["yaml"]);
    check(&["--seed"], &["--seed"]);
    check(&["--seed", "many"], &["--seed", "many"]);
    check(&["exec"], &["CMD"]);
    check(&["exec", "--listen", "127.0.0.1:0"], &["CMD"]);
    check(&["world", "check"], &["FILE"]);
}

#[test]
fn a_limit_that_is_none_is_told() {
    for (option, value) in [
        ("--max-body-kib", "0"),
        ("--max-nesting", "121"),
        ("--max-url-kib", "64"),
        ("--max-head-kib", "7"),
        ("--max-connections", "0"),
        ("--max-spaces", "0"),
        ("--max-request-seconds", "0"),
        ("--max-idle-seconds", "86401"),
        ("--max-headers", "many"),
    ] {
        check(
            &["--listen", "127.0.0.1:0", option, value],
            &[option, value],
        );
    }
}

#[test]
fn a_clock_that_is_none_is_told() {
    for clock in [
        "yesterday",
        "2025-11-11",
        "12:22",
        "1969-12-31T23:59:59Z",
        "2200-01-01T00:00:00Z",
        "",
    ] {
        check(&["--listen", "127.0.0.1:0", "--clock", clock], &["--clock"]);
    }
}

#[test]
fn an_address_that_is_none_or_taken_is_told() {
    check(&["--listen", "here"], &["--listen", "here"]);
    check(&["--listen", "127.0.0.1"], &["--listen"]);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    check(&["--listen", &address], &[&address]);
    check(&["exec", "--listen", &address, "--", "true"], &[&address]);
}

#[test]
fn a_world_that_is_none_is_told_with_its_file() {
    let folder = Folder::new();
    let missing = folder.path("missing.json").display().to_string();
    let broken = folder.file("broken.json", "{").display().to_string();
    let list = folder.file("list.json", "[]").display().to_string();
    let unknown = folder
        .file("unknown.json", r#"{"visma": {}}"#)
        .display()
        .to_string();
    let invalid = folder
        .file("invalid.json", r#"{"ams": {"users": [{"id": "x"}]}}"#)
        .display()
        .to_string();
    let nobody = folder.file(
        "nobody.json",
        r#"{"tokens": [{"token": "t", "api": "ams", "user": 1}]}"#,
    );
    let nobody = nobody.display().to_string();
    for (file, word) in [
        (&missing, "missing.json"),
        (&broken, "JSON"),
        (&list, "object"),
        (&unknown, "visma"),
        (&invalid, "ams"),
        (&nobody, "tokens.0"),
    ] {
        check(&["--listen", "127.0.0.1:0", "--world", file], &[file, word]);
        check(&["exec", "--world", file, "--", "true"], &[file, word]);
        check(&["world", "check", file], &[file, word]);
    }
}

#[test]
fn an_unknown_assumption_or_answer_is_told_with_those_that_are_known() {
    check(
        &["--assume", "ams.nothing=x"],
        &["ams.nothing", "ams.user.email-unique"],
    );
    check(
        &["--assume", "ams.user.email-unique=maybe"],
        &["maybe", "unique", "repeatable"],
    );
    check(&["--assume", "ams.user.email-unique"], &["ID=ANSWER"]);
    let folder = Folder::new();
    let missing = folder.path("missing.toml").display().to_string();
    let broken = folder.file("broken.toml", "= x").display().to_string();
    let typed = folder
        .file("typed.toml", "\"ams.user.email-unique\" = 1")
        .display()
        .to_string();
    let unknown = folder
        .file("unknown.toml", "\"ams.nothing\" = \"x\"")
        .display()
        .to_string();
    for (file, word) in [
        (&missing, ""),
        (&broken, "TOML"),
        (&typed, "TOML"),
        (&unknown, "ams.user.email-unique"),
    ] {
        check(
            &["--listen", "127.0.0.1:0", "--assumptions", file],
            &[file, word],
        );
        check(&["assumptions", "--assumptions", file], &[file, word]);
    }
}

#[test]
fn a_ready_file_that_cannot_be_written_is_told() {
    let folder = Folder::new();
    let file = folder
        .path("missing")
        .join("ready.json")
        .display()
        .to_string();
    check(
        &["--listen", "127.0.0.1:0", "--ready-file", &file],
        &[&file],
    );
}

#[test]
fn a_command_that_is_not_found_is_told() {
    check(
        &["exec", "--", "no-such-command-anywhere"],
        &["no-such-command-anywhere"],
    );
}

#[test]
fn help_and_version_are_no_bad_usage() {
    for arguments in [&["--help"][..], &["serve", "--help"], &["--version"]] {
        let ended = run(arguments);
        assert_eq!(
            (ended.status, ended.stderr.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
        assert!(ended.stdout.contains("mock-server"));
    }
}

#[test]
fn a_recording_that_cannot_be_used_is_told_with_its_file() {
    let folder = Folder::new();
    let missing = folder.path("missing.jsonl").display().to_string();
    let newer = folder.file("newer.jsonl", r#"{"schema":"9.0"}"#);
    let newer = newer.display().to_string();
    check(&["--observed", &missing], &["missing.jsonl"]);
    check(&["--observed", &newer], &["newer.jsonl", "schema is 9.0"]);
    let exec = ["exec", "--observed", &newer, "--", "true"];
    check(&exec, &["newer.jsonl"]);
}
