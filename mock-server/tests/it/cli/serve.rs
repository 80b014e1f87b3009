//! Serving: what stdout shows, the ready file, the environment, and how it stops.

use std::net::TcpListener;

use serde_json::Value;

use super::process::{Folder, Running, command};
use crate::harness::{Answer, Caller, GUIDE_TIME};

/// What stdout shows at the start, up to and with the call for the second API.
fn welcome(running: &mut Running) -> Vec<String> {
    let mut lines = Vec::new();
    while lines
        .iter()
        .filter(|line: &&String| line.trim().starts_with("curl "))
        .count()
        < 2
    {
        lines.push(running.line());
    }
    lines
}

/// The first address in these lines.
fn base_url(lines: &[String]) -> String {
    let words = lines.iter().flat_map(|line| line.split_whitespace());
    words
        .into_iter()
        .find(|word| word.starts_with("http://"))
        .expect("an address")
        .to_owned()
}

fn serving(arguments: &[&str]) -> Running {
    let mut command = command();
    Running::start(command.args(["--listen", "127.0.0.1:0"]).args(arguments))
}

/// Makes the call that a printed line shows: `curl URL -H 'NAME: VALUE'`.
fn pasted(line: &str) -> Answer {
    let rest = line.trim().strip_prefix("curl ").unwrap();
    let (url, header) = rest.split_once(" -H ").unwrap();
    let (name, value) = header.trim_matches('\'').split_once(": ").unwrap();
    let path = url.strip_prefix("http://").unwrap();
    let (address, path) = path.split_at(path.find('/').unwrap());
    Caller::at(&format!("http://{address}"))
        .with(name, value)
        .get(path)
}

#[test]
fn the_start_shows_addresses_tokens_and_one_working_call_for_each_api() {
    let mut running = serving(&["--log", "off"]);
    let lines = welcome(&mut running);
    let base = base_url(&lines);
    let shown = lines.join("\n");
    assert!(shown.contains(&format!("{base}/_mock")));
    let info = Caller::at(&base).get("/_mock/info").expect(200).json();
    for token in info["tokens"].as_array().unwrap() {
        let line = lines
            .iter()
            .find(|line| line.trim().starts_with(token["token"].as_str().unwrap()));
        assert!(
            line.unwrap().contains(token["may"].as_str().unwrap()),
            "{token}"
        );
    }
    let calls: Vec<&String> = lines
        .iter()
        .filter(|line| line.trim().starts_with("curl "))
        .collect();
    assert_eq!(calls.len(), 2);
    assert!(calls[0].contains("X-API-Key") && calls[1].contains("Authorization"));
    for call in calls {
        pasted(call).expect(200);
    }
    assert_eq!(running.signal("TERM").status, Some(0));
}

#[test]
fn a_signal_stops_with_status_0_and_frees_the_port() {
    for signal in ["TERM", "INT"] {
        let mut running = serving(&[]);
        let address = base_url(&welcome(&mut running))
            .trim_start_matches("http://")
            .to_owned();
        TcpListener::bind(&address).expect_err("the port is taken");
        let ended = running.signal(signal);
        assert_eq!(ended.status, Some(0), "{signal}: {ended:?}");
        TcpListener::bind(&address).unwrap();
    }
}

#[test]
fn an_open_connection_does_not_keep_it_from_stopping() {
    let mut running = serving(&["--log", "off"]);
    let address = base_url(&welcome(&mut running))
        .trim_start_matches("http://")
        .to_owned();
    let connection = std::net::TcpStream::connect(&address).unwrap();
    assert_eq!(running.signal("TERM").status, Some(0));
    drop(connection);
}

#[test]
fn the_ready_file_is_the_info() {
    let folder = Folder::new();
    let file = folder.path("ready.json");
    let path = file.display().to_string();
    let mut running = serving(&["--clock", GUIDE_TIME, "--seed", "7", "--ready-file", &path]);
    let base = base_url(&welcome(&mut running));
    let ready: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let info = Caller::at(&base).get("/_mock/info").expect(200).json();
    assert_eq!(ready, info);
    assert_eq!(ready["amili"]["base_url"], *base);
    assert_eq!(
        (&ready["seed"], &ready["clock"]["now"]),
        (&Value::from(7), &Value::from(GUIDE_TIME))
    );
    assert!(ready["files"].to_string().contains("ready.json"));
    assert_eq!(running.signal("TERM").status, Some(0));
}

#[test]
fn options_come_from_the_environment_too() {
    let folder = Folder::new();
    let assumptions = folder.file("a.toml", "\"ams.errors.not-found-status\" = \"422\"\n");
    let world = folder.file("world.json", mock_server::catalogue::DEFAULT_WORLD);
    let mut command = command();
    command
        .env("MOCK_SERVER_LISTEN", "127.0.0.1:0")
        .env("MOCK_SERVER_WORLD", &world)
        .env("MOCK_SERVER_SEED", "7")
        .env("MOCK_SERVER_CLOCK", GUIDE_TIME)
        .env("MOCK_SERVER_ASSUMPTIONS", &assumptions);
    let mut running = Running::start(&mut command);
    let caller = Caller::at(&base_url(&welcome(&mut running)));
    let info = caller.get("/_mock/info").json();
    assert_eq!(
        (&info["seed"], &info["clock"]["now"]),
        (&Value::from(7), &Value::from(GUIDE_TIME))
    );
    assert!(info["files"].to_string().contains("world.json"));
    let setup = caller.with("authorization", "Bearer ams-setup");
    setup
        .post(
            "/v2/admin/user/999/groups",
            &serde_json::json!({ "groups": [] }),
        )
        .expect(422);
    assert_eq!(running.signal("TERM").status, Some(0));
}

#[test]
fn the_log_never_holds_a_token_or_a_query() {
    let mut running = serving(&["-v"]);
    let caller = Caller::at(&base_url(&welcome(&mut running))).with("x-api-key", "secret-key");
    caller.get("/creditors?where=secret-query").expect(401);
    let log = running.signal("TERM").stderr;
    assert!(log.contains("/creditors") && log.contains("401"), "{log}");
    assert!(!log.contains("secret"), "{log}");
}

#[test]
fn the_log_hides_a_token_in_a_path() {
    for form in ["text", "json"] {
        let mut running = serving(&["--log", form]);
        let caller = Caller::at(&base_url(&welcome(&mut running)));
        let wanted = serde_json::json!({ "api": "ams", "user": 2 });
        let token = caller.post("/_mock/tokens", &wanted).text_at("/token");
        caller.get(&format!("/creditors/{token}"));
        caller.get(&format!("/v2/admin/{token}/x"));
        let log = running.signal("TERM").stderr;
        assert!(log.contains("/creditors/***"), "{log}");
        assert!(!log.contains(&token), "{log}");
    }
}

#[test]
fn the_state_survives_the_end_of_the_process() {
    let folder = Folder::new();
    let path = folder.path("state.json");
    let state = ["--state", path.to_str().unwrap(), "--log", "off"];
    let mut running = serving(&state);
    let base = base_url(&welcome(&mut running));
    let caller = |base: &str| Caller::at(base).with("x-api-key", "amili-api-user");
    let id = caller(&base)
        .post("/creditors", &crate::amili::plain_creditor("kept"))
        .expect(201)
        .id();
    assert_eq!(running.signal("TERM").status, Some(0));
    let mut running = serving(&state);
    let base = base_url(&welcome(&mut running));
    caller(&base).get(&format!("/creditors/{id}")).expect(200);
    assert_eq!(running.signal("INT").status, Some(0));
    std::fs::write(&path, "{").unwrap();
    let ended = super::process::run(&["--state", path.to_str().unwrap()]);
    assert_eq!(ended.status, Some(2), "{}", ended.stderr);
    assert!(
        ended.stderr.contains("no whole state file"),
        "{}",
        ended.stderr
    );
}

#[test]
fn a_refusal_is_explained_from_the_command_line() {
    let mut running = serving(&["--log", "off"]);
    let base = base_url(&welcome(&mut running));
    Caller::at(&base).get("/creditors").expect(401);
    let shown = super::process::printed(&["explain", "1", "--at", &base]);
    for part in [
        "1  GET /creditors  ->  401",
        "amili.auth.token-required",
        "caller: X-API-Key",
        "x-api-key: amili-api-user",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert!(shown.ends_with("'\n"), "a line that can be pasted: {shown}");
    let json =
        super::process::printed(&["explain", "1", "--json", "--at", &format!("{base}/_mock")]);
    let entry: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(entry["response"]["status"], 401);
    let missing = super::process::run(&["explain", "9", "--at", &base]);
    assert_eq!(missing.status, Some(2));
    assert!(missing.stderr.contains("newest is 1"), "{}", missing.stderr);
    let ready = super::process::printed(&["wait", &base]);
    assert!(ready.ends_with("is ready\n"));
    assert_eq!(running.signal("TERM").status, Some(0));
    let gone = super::process::run(&["wait", "--timeout", "0", &base]);
    assert_eq!(gone.status, Some(1), "{}", gone.stderr);
    let malformed = super::process::run(&["wait", "localhost"]);
    assert!(
        malformed.stderr.contains("http://127.0.0.1:4080"),
        "{}",
        malformed.stderr
    );
}
