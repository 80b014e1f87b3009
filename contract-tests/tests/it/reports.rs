//! The reports: each in its form, each with what happened, none with a secret.

mod drift;
mod forms;
mod kept;
mod page;
mod stopped;
mod terminal;

use std::path::Path;
use std::process::{Command, Output};

use mock_server::MockServer;
use serde_json::Value;
use tempfile::TempDir;

use crate::explore::proxy::{Answer, Proxy, Request};

/// What opens the targets here, and must stand in no report.
const SECRET: &str = "amili-api-user";

/// Markup, an end of line and a workflow command: what a report must not take for its own.
const HOSTILE: &str = "<script>alert(1)</script>]]>&\u{1b}[2J\n::error::x";

/// Every report, under the names used here.
const REPORTS: [&str; 8] = [
    "--junit",
    "junit.xml",
    "--json",
    "run.json",
    "--html",
    "run.html",
    "--sarif",
    "run.sarif",
];

/// A folder in which the command has run.
struct Run {
    folder: TempDir,
    output: Output,
}

impl Run {
    /// Runs the command with every report, against the server at this address.
    fn against(base_url: &str, arguments: &[&str]) -> Self {
        let folder = folder_for(base_url);
        let output = command(folder.path(), arguments)
            .args(REPORTS)
            .output()
            .unwrap();
        Self { folder, output }
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(file)).unwrap()
    }

    fn status(&self) -> Option<i32> {
        self.output.status.code()
    }

    fn told(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).unwrap()
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contract-tests"));
    command
        .current_dir(folder)
        .env_remove("CONTRACT_TARGETS")
        .env("REPORTED_AMILI", SECRET)
        .env("REPORTED_AMS", "ams-manager")
        .args(arguments);
    command
}

/// A folder whose targets file calls this server `front`.
fn folder_for(base_url: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let targets = format!(
        r#"
        [front.amili]
        base_url = "{base_url}"
        account = "6662fb1df4d1eaf404cb08de"
        token_env = "REPORTED_AMILI"
        [front.ams]
        base_url = "{base_url}"
        company = 24
        token_env = "REPORTED_AMS"
        "#
    );
    std::fs::write(folder.path().join("targets.toml"), targets).unwrap();
    folder
}

/// A server with a fault of each kind: a list that lacks a group, an answer with the caller's token and
/// with markup in it, a status that no answer has, a gateway that cannot serve.
fn faulty() -> Proxy {
    let mock = Box::leak(Box::new(MockServer::start().unwrap()));
    Proxy::before(
        mock,
        |_| {},
        |request: &Request, answer: &mut Answer| {
            let path = request.path.split('?').next().unwrap_or_default();
            if request.method == "GET" && path.ends_with("/access--groups") && answer.status == 200
            {
                answer.change(|body| {
                    let groups = body["_items"].as_array_mut().unwrap();
                    groups.retain(|group| group["type"] != "user");
                    body["_warning"] = format!("{SECRET} {HOSTILE}").into();
                });
            }
            if path.ends_with("/department") && answer.status == 404 {
                answer.status = 418;
            }
            if path.ends_with("/departments") && answer.status == 422 {
                answer.status = 503;
            }
        },
    )
}

/// The scenarios that meet each of the faults, and one that holds.
const SCENARIOS: [&str; 14] = [
    "run",
    "--target",
    "front",
    "--scenario",
    "amili/creditor-brings-its-groups",
    "--scenario",
    "ams/not-found-status",
    "--scenario",
    "ams/invalid-status",
    "--scenario",
    "amili/creditor-active-by-default",
    "--scenario",
    "ams/walk-through",
    "--github",
];

const EXPLORE: [&str; 9] = [
    "explore", "--target", "front", "--cases", "20", "--steps", "10", "--seed", "7",
];

fn verdicts(run: &Run) -> Vec<String> {
    let document: Value = serde_json::from_str(&run.read("run.json")).unwrap();
    let events = document["events"].as_array().unwrap();
    let told = events.iter().filter_map(|event| event["verdict"].as_str());
    told.map(str::to_owned).collect()
}
