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

#[test]
fn coverage_tells_what_the_command_met_and_what_it_never_met() {
    let folder = Folder::new();
    let (text, json) = (folder.path("met.txt"), folder.path("met.json"));
    let calls = "curl -s -o /dev/null \"$AMILI_BASE_URL/creditors\"; \
                 curl -s -o /dev/null \"$AMS_BASE_URL/_spaces/a/v2/admin/permission/groups\" -H \"Authorization: Bearer $AMS_TOKEN\"; \
                 curl -s -o /dev/null -X POST \"$MOCK_CONTROL_URL/reset\"";
    let exec = |arguments: &[&str]| {
        let mut all = vec!["exec", "--log", "off"];
        all.extend(arguments);
        all.extend(["--", "sh", "-c", calls]);
        run(&all)
    };
    let ended = exec(&["--coverage", json.to_str().unwrap()]);
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    assert!(
        ended.stderr.contains("met ") && ended.stderr.contains("met.json"),
        "{}",
        ended.stderr
    );
    let report: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&json).unwrap()).unwrap();
    let met = |kind: &str, name: &str| {
        let items = report[kind].as_array().unwrap();
        items.iter().find(|item| item["name"] == name).unwrap()["met"].clone()
    };
    assert_eq!(
        met("rules", "amili.auth.token-required"),
        1,
        "a reset takes nothing away"
    );
    assert_eq!(met("rules", "ams.group.list-path"), 1, "every space counts");
    assert_eq!(met("rules", "amili.creditor.activation-fields"), 0);
    assert_eq!(met("statuses", "GET /creditors 401"), 1);
    assert_eq!(met("statuses", "GET /creditors 200"), 0);
    assert_eq!(met("errors", "department.002"), 0);
    exec(&["--coverage", text.to_str().unwrap()]);
    let shown = std::fs::read_to_string(&text).unwrap();
    let (_, never) = shown.split_once("Rules never met").unwrap();
    assert!(
        never.contains("amili.creditor.activation-fields: A creditor can be active only"),
        "{shown}"
    );
}

#[test]
fn a_gap_in_what_is_required_ends_in_1() {
    let exec = |pattern: &str, command: &str| {
        run(&[
            "exec",
            "--log",
            "off",
            "--require",
            pattern,
            "--",
            "sh",
            "-c",
            command,
        ])
    };
    let call = "curl -s -o /dev/null \"$AMILI_BASE_URL/creditors\"";
    assert_eq!(exec("amili.auth.token-requir*", call).status, Some(0));
    assert_eq!(exec("GET /creditors 401", call).status, Some(0));
    let gap = exec("amili.creditor.activation-fields", call);
    assert_eq!(gap.status, Some(1));
    assert!(
        gap.stderr.contains("never met") && gap.stderr.contains("amili.creditor.activation-fields"),
        "{}",
        gap.stderr
    );
    assert_eq!(
        exec("amili.creditor.activation-fields", "exit 7").status,
        Some(7),
        "the command's own wins"
    );
    let unknown = exec("amili.zzz", "exit 0");
    assert_eq!(unknown.status, Some(2));
    assert!(unknown.stderr.contains("amili.zzz"), "{}", unknown.stderr);
}

#[test]
fn each_limit_has_an_option() {
    let options = [
        ("journal-entries", "journal_entries", 5, 5),
        ("journal-mib", "journal_bytes", 1, 1 << 20),
        ("max-body-kib", "body_bytes", 2, 2048),
        ("max-state-mib", "state_bytes", 3, 3 << 20),
        ("max-nesting", "nesting", 4, 4),
        ("max-url-kib", "url_bytes", 5, 5120),
        ("max-head-kib", "head_bytes", 9, 9216),
        ("max-headers", "headers", 50, 50),
        ("max-records", "records", 1000, 1000),
        ("max-checkpoints", "checkpoints", 6, 6),
        ("max-spaces", "spaces", 7, 7),
        ("max-connections", "connections", 20, 20),
        ("max-request-seconds", "request_seconds", 8, 8),
        ("max-idle-seconds", "idle_seconds", 90, 90),
    ];
    let given = options.map(|(option, _, value, _)| format!("--{option}={value}"));
    let mut arguments = vec!["exec", "--log", "off"];
    arguments.extend(given.iter().map(String::as_str));
    arguments.extend(["--", "sh", "-c", "cat \"$MOCK_SERVER_INFO\""]);
    let shown: Value = serde_json::from_str(&run(&arguments).stdout).unwrap();
    let limits = shown["limits"].as_object().unwrap();
    assert_eq!(limits.len(), options.len(), "{limits:?}");
    for (option, name, _, value) in options {
        assert_eq!(limits[name].as_f64(), Some(f64::from(value)), "{option}");
    }
}
