//! `exec`: a server for the lifetime of one command, which finds it in its environment.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use super::process::{Folder, Running, command, run};
use crate::harness::{ACCOUNT, Caller};

const VARIABLES: [&str; 7] = [
    "AMILI_BASE_URL",
    "AMILI_TOKEN",
    "AMILI_ACCOUNT",
    "AMS_BASE_URL",
    "AMS_TOKEN",
    "MOCK_CONTROL_URL",
    "MOCK_SERVER_INFO",
];

/// The command sees each variable; it is shown by `sh`, one on a line.
fn shown() -> Vec<String> {
    let script: Vec<String> = VARIABLES
        .iter()
        .map(|name| format!("echo \"${name}\""))
        .collect();
    let ended = run(&["exec", "--log", "off", "--", "sh", "-c", &script.join("; ")]);
    assert_eq!(
        (ended.status, ended.stderr.as_str()),
        (Some(0), ""),
        "{ended:?}"
    );
    ended.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn the_command_finds_the_addresses_in_its_environment() {
    let values = shown();
    let [amili, token, account, ams, ams_token, control, info] = &values[..] else {
        panic!("{values:?}");
    };
    assert!(amili.starts_with("http://127.0.0.1:") && !amili.ends_with('/'));
    assert_eq!(ams, amili);
    assert_eq!(
        (token.as_str(), account.as_str(), ams_token.as_str()),
        ("amili-api-user", ACCOUNT, "ams-manager")
    );
    assert_eq!(*control, format!("{amili}/_mock"));
    assert!(
        !std::path::Path::new(info).exists(),
        "the file is gone with the server"
    );
}

#[test]
fn the_server_answers_while_the_command_runs_and_is_gone_afterwards() {
    let script = "echo \"$AMILI_BASE_URL\"; tr -d '\\n ' < \"$MOCK_SERVER_INFO\"; echo; read wait";
    let mut command = command();
    command
        .args([
            "exec",
            "--clock",
            "2025-11-11T12:22:34Z",
            "--",
            "sh",
            "-c",
            script,
        ])
        .stdin(Stdio::piped());
    let mut running = Running::start(&mut command);
    let base = running.line();
    let file: Value = serde_json::from_str(&running.line()).unwrap();
    let info = Caller::at(&base).get("/_mock/info").expect(200);
    // The file has been shown without its blanks.
    let info = serde_json::from_str::<Value>(&info.text().replace([' ', '\n'], "")).unwrap();
    assert_eq!(file, info);
    Caller::at(&base)
        .with("x-api-key", "amili-api-user")
        .get("/access--groups")
        .expect(200);
    running
        .child()
        .stdin
        .take()
        .unwrap()
        .write_all(b"\n")
        .unwrap();
    assert_eq!(running.end().status, Some(0));
    let address = base.trim_start_matches("http://");
    std::net::TcpListener::bind(address).unwrap();
}

#[test]
fn it_ends_as_the_command_did() {
    for status in [0, 1, 2, 7, 255] {
        let ended = run(&["exec", "--", "sh", "-c", &format!("exit {status}")]);
        assert_eq!(ended.status, Some(status), "{ended:?}");
    }
}

#[test]
fn what_the_command_prints_is_all_that_is_printed() {
    let ended = run(&[
        "exec",
        "--log",
        "off",
        "--",
        "sh",
        "-c",
        "echo out; echo err >&2",
    ]);
    assert_eq!(
        (ended.stdout.as_str(), ended.stderr.as_str()),
        ("out\n", "err\n")
    );
}

#[test]
fn a_ready_file_of_ones_own_is_used() {
    let folder = Folder::new();
    let file = folder.path("ready.json").display().to_string();
    let ended = run(&[
        "exec",
        "--ready-file",
        &file,
        "--",
        "sh",
        "-c",
        "echo $MOCK_SERVER_INFO; cat \"$MOCK_SERVER_INFO\"",
    ]);
    let (path, info) = ended.stdout.split_once('\n').unwrap();
    assert_eq!(path, file);
    let info: Value = serde_json::from_str(info).unwrap();
    assert!(info["tokens"].is_array());
}
