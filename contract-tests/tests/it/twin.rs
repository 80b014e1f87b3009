//! Two targets side by side: what differs lastingly is told, and nothing else.

use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use mock_server::{Answers, MockServer, Options, catalogue};
use tempfile::TempDir;

use crate::wire::{self, Mock, Request};

/// Runs `twin` with the mock in process on the left and this address on the right.
fn twin(right: &str, scenarios: &[&str]) -> (Output, String) {
    let folder = TempDir::new().unwrap();
    let targets = format!(
        "[right.amili]\nbase_url = \"{right}\"\naccount = \"6662fb1df4d1eaf404cb08de\"\ntoken_env = \"CT_AMILI\"\n"
    );
    std::fs::write(folder.path().join("targets.toml"), targets).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_contract-tests"));
    command
        .args([
            "twin",
            "--left",
            "mock",
            "--right",
            "right",
            "--json",
            "twin.json",
        ])
        .args(scenarios.iter().flat_map(|name| ["--scenario", name]))
        .current_dir(folder.path())
        .env_remove("CONTRACT_TARGETS")
        .env("CT_AMILI", "amili-api-user");
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!text.contains("amili-api-user"), "{text}");
    (output, text)
}

fn assuming(id: &str, answer: &str) -> MockServer {
    let mut answers = Answers::default();
    answers
        .choose(&catalogue::assumptions(), id, answer)
        .unwrap();
    let options = Options {
        answers,
        ..Options::default()
    };
    MockServer::with(options).unwrap()
}

const SOME: [&str; 2] = ["amili/walk-through", "amili/delete-unknown"];

#[test]
fn two_targets_that_behave_alike_differ_in_nothing() {
    let mock = MockServer::start().unwrap();
    let (output, text) = twin(mock.base_url(), &SOME);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("2 scenarios on mock and right"), "{text}");
    assert!(text.contains("1 answered, 1 held"), "{text}");
}

#[test]
fn what_differs_is_told_with_both_sides() {
    let mock = assuming("amili.delete.unknown", "404");
    let (output, text) = twin(mock.base_url(), &SOME);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("1 broken, 1 held"), "{text}");
    assert!(
        text.contains("on mock: status") && text.contains(": 204"),
        "{text}"
    );
    assert!(
        text.contains("on right: status") && text.contains(": 404"),
        "{text}"
    );
}

#[test]
fn a_difference_that_is_gone_when_asked_again_is_not_told() {
    let mock = MockServer::start().unwrap();
    let inner = Mock::at(mock.base_url());
    let made = AtomicUsize::new(0);
    let base_url = wire::serve(Arc::new(move |request: Request| {
        let mut answer = inner.ask(&request);
        let is_creation = request.method == "POST" && request.path.ends_with("/creditors");
        if is_creation && made.fetch_add(1, Ordering::Relaxed) == 0 {
            answer.change(|body| body["_more"] = serde_json::json!(1));
        }
        answer
    }));
    let (output, text) = twin(&base_url, &["amili/walk-through"]);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("1 held"), "{text}");
}

#[test]
fn a_side_that_cannot_be_reached_is_told_apart() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let (output, text) = twin(&format!("http://{address}"), &SOME);
    assert_eq!(output.status.code(), Some(3), "{text}");
}
