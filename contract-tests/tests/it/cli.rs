//! The command itself: exit statuses, one-line errors, and that no secret is ever printed.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::thread;

use contract_tests::cli::{BAD_USAGE, FAILED, HELD, UNREACHABLE};
use mock_server::MockServer;

const SECRET: &str = "amili-api-user-but-not-quite";

fn command(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_contract-tests"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CONTRACT_TARGETS")
        .env_remove("CT_ABSENT")
        .env("CT_AMILI", "amili-api-user")
        .env("CT_AMS", "ams-manager")
        .env("CT_WRONG", SECRET)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs the command beside a targets file; gives stdout and stderr.
#[track_caller]
fn check(targets: &str, arguments: &[&str], status: u8) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("targets.toml"), targets).unwrap();
    let output = command(folder.path(), arguments);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(i32::from(status)), "{out}{err}");
    assert!(!out.contains(SECRET) && !err.contains(SECRET), "{out}{err}");
    (out, err)
}

/// Bad usage is one line that says which and why.
#[track_caller]
fn check_refused(targets: &str, arguments: &[&str], parts: &[&str]) {
    let (out, err) = check(targets, arguments, BAD_USAGE);
    assert_eq!(out, "");
    assert_eq!(err.trim_end().lines().count(), 1, "{err}");
    for part in parts {
        assert!(err.contains(part), "{err} lacks {part}");
    }
}

fn amili(base_url: &str, token_env: &str) -> String {
    format!("[there.amili]\nbase_url = \"{base_url}\"\ntoken_env = \"{token_env}\"\n")
}

/// A port of this machine on which nobody listens.
fn closed() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[test]
fn bad_usage_is_told_in_one_line() {
    check_refused("", &[], &["run", "list"]);
    check_refused("", &["dance"], &["dance"]);
    check_refused("", &["run"], &["--target"]);
    check_refused("", &["run", "--target", "mock", "--speed"], &["--speed"]);
    check_refused("", &["list", "--format", "xml"], &["xml", "json"]);
    let run = ["run", "--target", "mock", "--scenario"];
    check_refused("", &[&run[..], &["nothing/*"]].concat(), &["nothing/*"]);
    check_refused("", &[&run[..], &["[a"]].concat(), &["[a"]);
}

#[test]
fn a_bad_targets_file_is_told_in_one_line() {
    let there = ["run", "--target", "there"];
    check_refused("", &there, &["there", "mock"]);
    check_refused("[there", &there, &["targets.toml"]);
    let unknown = "[there.amili]\ncolour = 1";
    check_refused(
        unknown,
        &there,
        &["colour", "base_url", "token_env", "roles"],
    );
    let elsewhere = [&there[..], &["--targets", "none.toml"]].concat();
    check_refused("", &elsewhere, &["none.toml"]);
    check_refused(&amili("nowhere", "CT_AMILI"), &there, &["nowhere"]);
}

#[test]
fn a_token_must_be_in_the_environment() {
    let there = ["run", "--target", "there"];
    let absent = amili("http://127.0.0.1:1", "CT_ABSENT");
    check_refused(&absent, &there, &["CT_ABSENT", "there.amili"]);
    let role = format!(
        "{}[there.amili.roles]\nother-account = {{ token_env = \"CT_ABSENT\" }}",
        amili("http://127.0.0.1:1", "CT_AMILI")
    );
    check_refused(&role, &there, &["CT_ABSENT", "other-account"]);
    let by_code = "[there.amili]\nbase_url = \"http://127.0.0.1:1\"\n\
                   api_code_env = \"CT_AMILI\"\nprivate_key_file = \"amili.pem\"";
    check_refused(by_code, &there, &["there.amili", "amili.pem"]);
    let unset = by_code.replace("CT_AMILI", "CT_ABSENT");
    check_refused(&unset, &there, &["api_code_env", "CT_ABSENT"]);
}

#[test]
fn a_foreign_host_is_called_only_by_permission() {
    let there = ["run", "--target", "there"];
    let sandbox = amili("https://api-sandbox.amili.invalid", "CT_AMILI");
    check_refused(
        &sandbox,
        &there,
        &["api-sandbox.amili.invalid", "allow_hosts"],
    );
    let production = amili("https://api.amili.invalid", "CT_AMILI");
    let listed = format!("allow_hosts = [\"api.amili.invalid\"]\n{production}");
    check_refused(&listed, &there, &["i_know_this_is_not_a_sandbox"]);
    let unlisted = format!("i_know_this_is_not_a_sandbox = true\n{production}");
    check_refused(&unlisted, &there, &["allow_hosts"]);
}

#[test]
fn what_cannot_be_reached_is_told_apart() {
    let targets = amili(&closed(), "CT_WRONG");
    let (_, err) = check(&targets, &["run", "--target", "there"], UNREACHABLE);
    assert_eq!(err.trim_end().lines().count(), 1, "{err}");
}

#[test]
fn refused_credentials_are_told_apart() {
    let mock = MockServer::start().unwrap();
    let targets = amili(mock.base_url(), "CT_WRONG");
    let (_, err) = check(&targets, &["run", "--target", "there"], UNREACHABLE);
    assert!(err.contains("credentials"), "{err}");
}

#[test]
fn a_scenario_holds_on_the_mock() {
    let run = ["run", "--target", "mock", "--scenario", "*/walk-through"];
    let (_, err) = check("", &run, HELD);
    assert!(err.contains("held  amili/walk-through"), "{err}");
    assert!(err.contains("held  ams/walk-through"), "{err}");
}

#[test]
fn a_second_mock_shows_all_that_the_first_one_shows() {
    let mock = MockServer::start().unwrap();
    let base_url = mock.base_url();
    let ams = format!("[there.ams]\nbase_url = \"{base_url}\"\ntoken_env = \"CT_AMS\"\n");
    let targets = amili(base_url, "CT_AMILI") + &ams;
    let run = ["run", "--target", "there"];
    let some = [
        "--scenario",
        "ams/mail-on-creation",
        "--scenario",
        "amili/foreign-*",
    ];
    let (_, err) = check(&targets, &[&run[..], &some].concat(), HELD);
    assert!(!err.contains("not observable"), "{err}");
    let file = [&run[..], &["--targets", "targets.toml"], &some].concat();
    check(&targets, &file, HELD);
}

#[test]
fn a_run_that_observed_nothing_fails() {
    let mock = MockServer::start().unwrap();
    let targets = amili(mock.base_url(), "CT_AMILI");
    let run = ["run", "--target", "there", "--scenario", "ams/*"];
    let (_, err) = check(&targets, &run, FAILED);
    assert!(err.contains("[there.ams]"), "{err}");
    assert!(err.contains("nothing was observed"), "{err}");
}

/// Answers every request alike.
fn stubborn(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            // One read is enough: the requests are small, and are not looked at.
            let _ = stream.read(&mut request).unwrap();
            let length = answer.len();
            let head = "content-type: application/json\r\nconnection: close";
            let whole =
                format!("HTTP/1.1 200 OK\r\n{head}\r\ncontent-length: {length}\r\n\r\n{answer}");
            stream.write_all(whole.as_bytes()).unwrap();
        }
    });
    base_url
}

#[test]
fn a_wrong_answer_is_told_in_full() {
    let targets = format!(
        "{}account = \"6662fb1df4d1eaf404cb08de\"\n",
        amili(&stubborn("{}"), "CT_WRONG")
    );
    let run = [
        "run",
        "--target",
        "there",
        "--scenario",
        "amili/account-level-groups",
    ];
    let (_, err) = check(&targets, &run, FAILED);
    for part in [
        "broken  amili/account-level-groups",
        "amili.access-group.account-level",
        "Account-level groups (account_admin and api_user) are set up when the account is created.",
        "amili-creditor-users",
        "find the account_admin group",
        "expected",
        "status 200: {}",
        "curl -i -X GET",
        "X-API-Key: $AMILI_TOKEN",
    ] {
        assert!(err.contains(part), "{err} lacks {part}");
    }
}

#[test]
fn an_answer_that_is_no_json_is_the_instruments_trouble() {
    let targets = format!(
        "{}account = \"6662fb1df4d1eaf404cb08de\"\n",
        amili(&stubborn("<html>"), "CT_AMILI")
    );
    let run = [
        "run",
        "--target",
        "there",
        "--scenario",
        "amili/account-level-groups",
    ];
    let (_, err) = check(&targets, &run, FAILED);
    assert!(
        err.contains("instrument failed  amili/account-level-groups"),
        "{err}"
    );
}

#[test]
fn a_missing_role_is_named() {
    let targets = format!(
        "{}account = \"6662fb1df4d1eaf404cb08de\"\n",
        amili(&stubborn("{}"), "CT_AMILI")
    );
    let run = [
        "run",
        "--target",
        "there",
        "--scenario",
        "amili/foreign-account",
    ];
    let (_, err) = check(&targets, &run, FAILED);
    assert!(
        err.contains("there.amili.roles.other-account.token_env"),
        "{err}"
    );
}

#[test]
fn a_dry_run_prints_the_requests_and_sends_none() {
    let targets = format!(
        "{}account = \"6662fb1df4d1eaf404cb08de\"\n",
        amili(&closed(), "CT_WRONG")
    );
    let run = [
        "run",
        "--target",
        "there",
        "--dry-run",
        "--scenario",
        "amili/walk-through",
    ];
    let (out, err) = check(&targets, &run, HELD);
    assert_eq!(err, "");
    for part in [
        "POST /creditors {",
        "where={\"creditor\":\"{{creditor}}\"",
        "POST /users {",
    ] {
        assert!(out.contains(part), "{out} lacks {part}");
    }
}

#[test]
fn every_scenario_can_be_planned() {
    let (out, _) = check("", &["run", "--target", "mock", "--dry-run"], HELD);
    for scenario in contract_tests::all() {
        assert!(out.contains(&format!("{}\n", scenario.name)), "{out}");
    }
    assert!(!out.contains("not observable"), "{out}");
}

#[test]
fn the_paths_of_a_targets_file_are_used() {
    let folder = tempfile::tempdir().unwrap();
    let targets = "[there.ams]\nbase_url = \"http://127.0.0.1:1\"\ntoken_env = \"CT_AMS\"\n\
                   paths = { create_user = \"/v2/people\", create_department = \"/v2/teams\" }";
    std::fs::write(folder.path().join("other.toml"), targets).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_contract-tests"))
        .args([
            "run",
            "--target",
            "there",
            "--dry-run",
            "--scenario",
            "ams/link-departments",
        ])
        .current_dir(folder.path())
        .env("CONTRACT_TARGETS", "other.toml")
        .env("CT_AMS", "ams-manager")
        .output()
        .unwrap();
    let out = text(&output.stdout);
    assert_eq!(output.status.code(), Some(i32::from(HELD)), "{out}");
    assert!(
        out.contains("POST /v2/people {") && out.contains("POST /v2/teams {"),
        "{out}"
    );
}

#[test]
fn a_list_names_what_each_scenario_observes() {
    let (out, _) = check("", &["list", "--format", "json"], HELD);
    let list: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
    assert_eq!(list.len(), contract_tests::all().len());
    let first = &list[0];
    assert_eq!(first["name"], "amili/walk-through");
    assert_eq!(first["runs_on"], "every-target");
    assert!(
        first["proves"]
            .as_array()
            .is_some_and(|ids| !ids.is_empty())
    );
    let (out, _) = check("", &["list"], HELD);
    assert_eq!(out.lines().count(), list.len());
}

#[test]
fn a_run_can_be_written_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let run = [
        "run",
        "--target",
        "mock",
        "--scenario",
        "amili/walk-through",
    ];
    let output = command(folder.path(), &[&run[..], &["--json", "run.json"]].concat());
    assert_eq!(output.status.code(), Some(i32::from(HELD)));
    let written = std::fs::read_to_string(folder.path().join("run.json")).unwrap();
    let document: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!(document["schema"], "1.1");
    let events = document["events"].as_array().unwrap();
    let kinds: Vec<_> = events.iter().map(|event| &event["event"]).collect();
    assert_eq!(kinds, ["started", "finished", "ended"]);
    assert_eq!(events[1]["scenario"], "amili/walk-through");
    assert_eq!(events[1]["verdict"], "held");
}
