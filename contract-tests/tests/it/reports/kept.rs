//! A failure that can be kept: the walk as JSON, as a script, as a Rust test; taken first the next time.

use std::path::{Path, PathBuf};
use std::process::Command;

use contract_tests::{Replayed, Target, replay};
use mock_server::MockServer;
use serde_json::json;

use super::{command, folder_for};
use crate::explore::proxy::{self, Answer, Proxy, Request};

const WALKS: &str = ".contract-tests/walks";

fn kept(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder.join(WALKS)).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

/// What the script came to against the server at this address.
fn script(file: &Path, base_url: &str) -> (Option<i32>, String) {
    let output = Command::new("bash")
        .arg(file)
        .env("AMILI_BASE_URL", base_url)
        .env("AMILI_TOKEN", "amili-api-user")
        .env("AMS_BASE_URL", base_url)
        .env("AMS_TOKEN", "ams-manager")
        .output()
        .unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// A defect is found and kept in three forms, each of which shows it on the faulty server and on no other.
#[track_caller]
fn check(api: &str, front: &Proxy, mock: &MockServer, rule: &str) {
    let folder = folder_for(front.base_url());
    let explore = ["explore", "--target", "front", "--api", api];
    let budget = ["--cases", "60", "--steps", "20", "--seed", "7"];
    let output = command(folder.path(), &explore)
        .args(budget)
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    let files = kept(folder.path());
    let [json, rust, shell] = files.as_slice() else {
        panic!("{files:?}\n{told}");
    };
    for file in &files {
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(name.starts_with(&rule.replace(['.', '-'], "_")), "{name}");
        assert!(told.contains(name), "{told}");
    }

    let (status, said) = script(shell, front.base_url());
    assert_eq!(status, Some(1), "{said}");
    assert!(
        said.contains("THE FAULT SHOWS: ") && said.contains("  expected  "),
        "{said}"
    );
    let (status, said) = script(shell, mock.base_url());
    assert_eq!(status, Some(0), "{said}");
    // A mock that has been used shows no fault either, nor is it used up.
    assert_eq!(script(shell, mock.base_url()).0, Some(0));
    assert_eq!(script(shell, "http://127.0.0.1:1").0, Some(2));

    let walk = std::fs::read_to_string(json).unwrap();
    let written = std::fs::read_to_string(rust).unwrap();
    let literal = written
        .split("r#\"")
        .nth(1)
        .unwrap()
        .split("\"#;")
        .next()
        .unwrap();
    assert_eq!(literal, walk);
    assert!(written.contains("Target::named(\"front\", \"targets.toml\".as_ref(), false)"));
    replay(&Target::mock().unwrap(), literal).unwrap();
    check_taken_first(folder.path(), &explore, json, rule);
}

/// The next time it comes before the random walks, which are left out while it fails.
#[track_caller]
fn check_taken_first(folder: &Path, explore: &[&str], json: &Path, rule: &str) {
    let name = json.file_name().unwrap().to_str().unwrap();
    let output = command(folder, explore)
        .args(["--junit", "again.xml"])
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    let saved = told.find(&format!("/saved/{name}: 0 walks held"));
    let random = told.find("left out while a walk that was kept fails");
    assert!(saved.is_some() && saved < random, "{told}");
    assert!(told.contains(&format!("rule      {rule}")), "{told}");
    assert_eq!(kept(folder).len(), 3);
    let xml = std::fs::read_to_string(folder.join("again.xml")).unwrap();
    assert!(xml.contains(&format!("/saved/{name}\"")), "{xml}");

    let on_mock = [
        "explore", "--target", "mock", "--api", explore[4], "--cases", "2",
    ];
    let output = command(folder, &on_mock).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{told}");
    let saved = told.find(&format!("/saved/{name}: 1 walk held"));
    let random = told.find(&format!("{}: 2 walks held", explore[4]));
    assert!(saved.is_some() && saved < random, "{told}");
}

#[test]
fn a_list_that_lacks_an_entry_is_kept() {
    let mock = MockServer::start().unwrap();
    let front = Proxy::before(
        &mock,
        |_| {},
        |request: &Request, answer: &mut Answer| {
            if request.method == "GET" && request.path.contains("/access--groups") {
                answer.change(|body| {
                    let groups = body["_items"].as_array_mut().unwrap();
                    groups.retain(|group| group["type"] != "user");
                });
            }
        },
    );
    check("amili", &front, &mock, "amili.access-group.on-creation");
}

#[test]
fn a_wrong_status_is_kept() {
    let mock = MockServer::start().unwrap();
    let front = Proxy::before(&mock, proxy::completing_one_field, |_, _| {});
    check("amili", &front, &mock, "amili.creditor.activation-fields");
}

#[test]
fn a_user_with_more_access_than_asked_for_is_kept() {
    let mock = MockServer::start().unwrap();
    let front = Proxy::before(
        &mock,
        |_| {},
        |request: &Request, answer: &mut Answer| {
            if request.method == "GET" && request.path.contains("/users") {
                answer.change(|body| {
                    for user in body["_items"].as_array_mut().unwrap() {
                        let every = json!([{ "access_group": "6662fb1df4d1eaf404cb08e0" }]);
                        user["data_access"] = every;
                    }
                });
            }
        },
    );
    check("amili", &front, &mock, "amili.write.created");
}

#[test]
fn an_assignment_that_adds_is_kept() {
    let mock = MockServer::start().unwrap();
    let kept = proxy::Kept::default();
    let adding = move |request: &mut Request| {
        if request.method == "POST" && request.path.ends_with("/groups") {
            let path = request.path.clone();
            request.change(|body| body["groups"] = kept.with(&path, &body["groups"]));
        }
    };
    let front = Proxy::before(&mock, adding, |_, _| {});
    check("ams", &front, &mock, "ams.permission.replace-all");
}

#[test]
fn a_list_of_permission_groups_that_lacks_one_is_kept() {
    let mock = MockServer::start().unwrap();
    let front = Proxy::before(
        &mock,
        |_| {},
        |request: &Request, answer: &mut Answer| {
            if request.method == "GET" && request.path.contains("/permission/groups") {
                answer.change(|body| {
                    let list = if body.is_array() {
                        body
                    } else {
                        &mut body["data"]
                    };
                    if let Some(groups) = list.as_array_mut() {
                        groups.retain(|group| group["id"] != 2);
                    }
                });
            }
        },
    );
    check("ams", &front, &mock, "ams.group.general-or-company");
}

#[test]
fn the_public_function_tells_what_differs() {
    let mock = MockServer::start().unwrap();
    let forgiving = |request: &mut Request| {
        request.set_header("X-API-Key", "amili-api-user");
        proxy::completing_one_field(request);
    };
    let front = Proxy::before(&mock, forgiving, |_, _| {});
    let folder = tempfile::tempdir().unwrap();
    let targets = folder.path().join("targets.toml");
    // Some variable that is set in every test: the server in front brings the token.
    let text = format!(
        "[front.amili]\nbase_url = \"{}\"\ntoken_env = \"CARGO_PKG_NAME\"\n",
        front.base_url()
    );
    std::fs::write(&targets, text).unwrap();
    let target = Target::named("front", &targets, false).unwrap();
    let refused = replay(&target, include_str!("../../walks/activation.json")).unwrap_err();
    assert!(matches!(refused, Replayed::Differs(_)), "{refused}");
    let text = refused.to_string();
    for part in [
        "amili.creditor.activation-fields: step 1",
        "status 422",
        "status 201",
        "curl",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let refused = replay(&target, "{}").unwrap_err();
    assert!(matches!(refused, Replayed::CannotBeTaken(_)), "{refused}");
}
