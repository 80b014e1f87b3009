//! From a recording of a server that says other words than the mock to a mock that says them.

use std::process::Command;

use mock_server::{Clock, MockServer, Observed, Options};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::explore::proxy::{Answer, Proxy, Request};
use crate::wire::Mock;

/// Words of the mock that no document gives, and others.
const WORDS: [(&str, &str); 4] = [
    ("Please provide proper credentials", "Ogiltig nyckel"),
    ("Forbidden", "Access denied"),
    ("Client and server etags don't match", "Someone was faster"),
    // These stand in the pages of the vendors.
    ("User not found.", "Nobody of that name"),
];

/// Records these scenarios on the server at this address; gives the lines.
pub(crate) fn recorded(base_url: &str, globs: &[&str]) -> String {
    let folder = TempDir::new().unwrap();
    let targets = format!(
        "[there.amili]\nbase_url = \"{base_url}\"\naccount = \"6662fb1df4d1eaf404cb08de\"\ntoken_env = \"OBSERVED_AMILI\"\n\
         [there.ams]\nbase_url = \"{base_url}\"\ncompany = 24\ntoken_env = \"OBSERVED_AMS\"\n"
    );
    std::fs::write(folder.path().join("targets.toml"), targets).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_contract-tests"));
    command.current_dir(folder.path());
    command
        .env("OBSERVED_AMILI", "amili-api-user")
        .env("OBSERVED_AMS", "ams-manager");
    command.args(["run", "--target", "there", "--record", "seen.jsonl"]);
    command.args(globs.iter().flat_map(|glob| ["--scenario", glob]));
    let output = command.output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code().is_some_and(|code| code <= 1), "{told}");
    std::fs::read_to_string(folder.path().join("seen.jsonl")).unwrap()
}

/// A server that names no rule, says other words, and shows a field more.
fn other() -> Proxy {
    let mock = Box::leak(Box::new(MockServer::start().unwrap()));
    Proxy::before(
        mock,
        |_| {},
        |request: &Request, answer: &mut Answer| {
            answer.headers.retain(|line| {
                let name = line.to_ascii_lowercase();
                !name.starts_with("x-mock-rule") && !name.starts_with("x-mock-assumption")
            });
            let is_list = request.method == "GET" && request.path.contains("/access--groups?");
            if answer.body.is_empty() {
                return;
            }
            answer.change(|body| {
                for pointer in ["/message", "/_error/message"] {
                    let Some(text) = body.pointer_mut(pointer) else {
                        continue;
                    };
                    if let Some((_, other)) = WORDS.iter().find(|(own, _)| text == own) {
                        *text = json!(other);
                    }
                }
                for group in body
                    .pointer_mut("/_items")
                    .and_then(Value::as_array_mut)
                    .into_iter()
                    .flatten()
                    .filter(|_| is_list)
                {
                    group["member_count"] = json!(3);
                }
            });
        },
    )
}

#[test]
fn a_mock_says_what_a_recorded_server_said() {
    let globs = [
        "amili/token-required",
        "amili/etag-current",
        "amili/walk-through",
        "ams/group-list-permission",
        "ams/link-user-exists",
    ];
    let seen = recorded(other().base_url(), &globs);
    // The server names no rule; the recording does.
    assert!(
        seen.contains(r#""rule":"amili.write.etag-current""#),
        "{seen}"
    );
    let mock = MockServer::with(Options {
        observed: Some(Observed::parse(&seen).unwrap()),
        ..Options::default()
    });
    let mock = mock.unwrap();
    let ask = |token: &str, method: &str, path: &str, body: Option<&Value>| {
        let mut request = Request::new(method, path, body);
        request.authorise(token);
        Mock::at(mock.base_url()).ask(&request)
    };
    let refused = ask("nobody's", "GET", "/creditors", None);
    assert_eq!(refused.json()["_error"]["message"], "Ogiltig nyckel");
    let refused = ask("ams-nobody", "GET", "/v2/admin/permission/groups", None);
    assert_eq!(refused.json(), json!({ "message": "Access denied" }));
    let groups = json!({ "departments": [1] });
    let refused = ask(
        "ams-manager",
        "POST",
        "/v2/admin/users/999/department",
        Some(&groups),
    );
    assert_eq!(refused.json()["message"], "User not found.");
    let listed = ask("amili-api-user", "GET", "/access--groups", None);
    let marked = listed.headers.iter().any(|line| {
        line.to_ascii_lowercase()
            .starts_with("x-mock-assumption: observed.")
    });
    assert!(
        marked && listed.json()["_items"][0]["member_count"] == 3,
        "{:?}",
        listed.headers
    );
}

/// The lines without the header.
fn body(text: &str) -> Vec<&str> {
    text.lines().skip(1).collect()
}

#[test]
fn with_its_own_recording_the_mock_goes_on_as_it_was() {
    for api in ["amili", "ams"] {
        let file = format!(
            "{}/../fixtures/recordings/{api}/mock.jsonl",
            env!("CARGO_MANIFEST_DIR")
        );
        let own = std::fs::read_to_string(file).unwrap();
        let mock = MockServer::with(Options {
            observed: Some(Observed::parse(&own).unwrap()),
            clock: Clock::standing(),
            ..Options::default()
        });
        let again = recorded(mock.unwrap().base_url(), &[&format!("{api}/*")]);
        for (line, known) in body(&again).iter().zip(body(&own)) {
            assert_eq!(*line, known);
        }
        assert_eq!(body(&again).len(), body(&own).len());
    }
}
