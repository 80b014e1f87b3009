//! Random walks: they hold on the mock, find and shrink a defect in front of it, and can be taken again.

pub(crate) mod proxy;

use std::path::Path;
use std::process::Command;

use mock_server::MockServer;
use serde_json::{Value, json};
use tempfile::TempDir;

use proxy::{Answer, Proxy, Request};

/// What a run of the command came to.
struct Explored {
    status: Option<i32>,
    told: String,
    /// The walk that it saved.
    saved: Value,
}

/// Runs the command in this folder.
fn explore(folder: &Path, arguments: &[&str]) -> Explored {
    let before = saved_walks(folder);
    let output = Command::new(env!("CARGO_BIN_EXE_contract-tests"))
        .current_dir(folder)
        .env_remove("CONTRACT_TARGETS")
        .env("EXPLORED_AMILI", "amili-api-user")
        .env("EXPLORED_OTHER", "amili-other-account")
        .env("EXPLORED_AMS", "ams-manager")
        .arg("explore")
        .args(arguments)
        .output()
        .unwrap();
    let mut saved = saved_walks(folder).into_iter();
    let new = saved.find(|file| !before.contains(file));
    Explored {
        status: output.status.code(),
        told: String::from_utf8(output.stderr).unwrap(),
        saved: new.map_or(Value::Null, |file| {
            serde_json::from_str(&std::fs::read_to_string(folder.join(WALKS).join(file)).unwrap())
                .unwrap()
        }),
    }
}

/// The walks kept where they are kept by default.
const WALKS: &str = ".contract-tests/walks";

fn saved_walks(folder: &Path) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(folder.join(WALKS)) else {
        return Vec::new();
    };
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(".json")).collect()
}

/// A folder whose targets file calls this server `front`.
fn folder_for(base_url: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let targets = format!(
        r#"
        [front.amili]
        base_url = "{base_url}"
        account = "6662fb1df4d1eaf404cb08de"
        token_env = "EXPLORED_AMILI"
        [front.ams]
        base_url = "{base_url}"
        company = 24
        token_env = "EXPLORED_AMS"
        [front.amili.roles]
        other-account = {{ token_env = "EXPLORED_OTHER", account = "6662fb1df4d1eaf404cb0900" }}
        "#
    );
    std::fs::write(folder.path().join("targets.toml"), targets).unwrap();
    folder
}

/// The defect is found, said to break this rule, shrunk to so many steps at most, and found again.
#[track_caller]
fn check(api: &str, defect: Proxy, rule: &str, most_steps: usize, heading: &str) -> Value {
    let folder = folder_for(defect.base_url());
    let budget = ["--cases", "60", "--steps", "20", "--seed", "7"];
    let explored = explore(
        folder.path(),
        &[&["--target", "front", "--api", api][..], &budget].concat(),
    );
    assert_eq!(explored.status, Some(1), "{}", explored.told);
    assert!(explored.told.contains(heading), "{}", explored.told);
    assert_eq!(explored.saved["rules"], json!([rule]), "{}", explored.told);
    let steps = explored.saved["steps"].as_array().unwrap();
    assert!(steps.len() <= most_steps, "{}", explored.told);
    assert!(explored.told.contains("curl -i"), "{}", explored.told);

    std::fs::write(
        folder.path().join("walk"),
        explored.saved.to_string().as_bytes(),
    )
    .unwrap();
    let again = explore(folder.path(), &["--target", "front", "--replay", "walk"]);
    assert_eq!(again.status, Some(1), "{}", again.told);
    assert!(
        again.told.contains(&format!("rule      {rule}")),
        "{}",
        again.told
    );
    let sound = explore(folder.path(), &["--target", "mock", "--replay", "walk"]);
    assert_eq!(sound.status, Some(0), "{}", sound.told);
    explored.saved
}

#[test]
fn walks_hold_on_the_mock() {
    let folder = tempfile::tempdir().unwrap();
    let budget = ["--cases", "25", "--steps", "15", "--seed", "1"];
    let explored = explore(
        folder.path(),
        &[&["--target", "mock"][..], &budget].concat(),
    );
    assert_eq!(explored.status, Some(0), "{}", explored.told);
    for line in ["amili: 25 walks held", "ams: 25 walks held", "seed 1"] {
        assert!(explored.told.contains(line), "{}", explored.told);
    }
    assert_eq!(explored.saved, Value::Null);
}

#[test]
fn a_list_that_lacks_a_group_is_found() {
    let mock = MockServer::start().unwrap();
    let without_user_groups = |request: &Request, answer: &mut Answer| {
        if request.method == "GET" && request.path.contains("/access--groups") {
            answer.change(|body| {
                let groups = body["_items"].as_array_mut().unwrap();
                groups.retain(|group| group["type"] != "user");
            });
        }
    };
    let proxy = Proxy::before(&mock, |_| {}, without_user_groups);
    check(
        "amili",
        proxy,
        "amili.access-group.on-creation",
        1,
        "BROKEN",
    );
}

#[test]
fn an_activation_check_with_a_hole_is_found() {
    let mock = MockServer::start().unwrap();
    let proxy = Proxy::before(&mock, proxy::completing_one_field, |_, _| {});
    let rule = "amili.creditor.activation-fields";
    let walk = check("amili", proxy, rule, 1, "BROKEN");
    let missing = &walk["steps"][0]["request"]["create_creditor"]["missing"];
    assert_eq!(missing.as_array().unwrap().len(), 1, "{walk}");
}

#[test]
fn an_assignment_that_adds_is_found() {
    let mock = MockServer::start().unwrap();
    let kept = proxy::Kept::default();
    let adding = move |request: &mut Request| {
        if request.method == "POST" && request.path.ends_with("/groups") {
            let path = request.path.clone();
            request.change(|body| body["groups"] = kept.with(&path, &body["groups"]));
        }
    };
    let proxy = Proxy::before(&mock, adding, |_, _| {});
    check("ams", proxy, "ams.permission.replace-all", 3, "BROKEN");
}

#[test]
fn an_open_question_answered_otherwise_is_called_that() {
    let mock = MockServer::start().unwrap();
    let into_own_account = |request: &mut Request| {
        if request.method == "POST" && request.path.ends_with("/creditors") {
            request.change(|body| {
                if body["account"] == "6662fb1df4d1eaf404cb0900" {
                    body["account"] = json!("6662fb1df4d1eaf404cb08de");
                }
            });
        }
    };
    let proxy = Proxy::before(&mock, into_own_account, |_, _| {});
    let heading = "ANSWERS AN OPEN QUESTION OTHERWISE";
    check("amili", proxy, "amili.scope.foreign-account", 1, heading);
}

#[test]
fn a_seed_repeats_a_run() {
    let mock = MockServer::start().unwrap();
    let accepting = |request: &Request, answer: &mut Answer| {
        if request.path.ends_with("/department") && answer.status == 404 {
            answer.status = 200;
        }
    };
    let proxy = Proxy::before(&mock, |_| {}, accepting);
    let arguments = ["--target", "front", "--api", "ams", "--seed", "3"];
    // Beside the walk that the first one keeps, the second would have nothing new to keep.
    let [first, second] = [(); 2].map(|()| {
        let folder = folder_for(proxy.base_url());
        explore(folder.path(), &arguments)
    });
    assert_eq!(first.status, Some(1), "{}", first.told);
    assert_eq!(first.saved, second.saved);
}

#[test]
fn a_server_that_is_no_mock_is_explored_under_names_of_ones_own() {
    let mock = MockServer::start().unwrap();
    let hiding_control = |request: &mut Request| {
        if request.path.contains("/_mock") || request.path.contains("/_spaces") {
            request.path = "/nothing".to_owned();
        }
    };
    let proxy = Proxy::before(&mock, hiding_control, |_, _| {});
    let folder = folder_for(proxy.base_url());
    for seed in ["1", "2"] {
        let explored = explore(folder.path(), &["--target", "front", "--seed", seed]);
        assert_eq!(explored.status, Some(0), "{}", explored.told);
        assert!(
            explored.told.contains("amili: 5 walks held"),
            "{}",
            explored.told
        );
        assert!(
            explored.told.contains("ams: 5 walks held"),
            "{}",
            explored.told
        );
    }
}

#[test]
fn a_target_that_cannot_be_reached_is_no_broken_rule() {
    let folder = folder_for("http://127.0.0.1:1");
    let explored = explore(folder.path(), &["--target", "front"]);
    assert_eq!(explored.status, Some(3), "{}", explored.told);
    assert!(
        explored.told.contains("INSTRUMENT FAILED"),
        "{}",
        explored.told
    );
    assert!(!explored.told.contains("BROKEN"), "{}", explored.told);
}

#[test]
fn an_answer_lost_on_the_way_is_no_broken_rule() {
    let mock = MockServer::start().unwrap();
    let overloaded = |request: &Request, answer: &mut Answer| {
        if request.path.contains("-amili-3/") {
            answer.status = 503;
        }
    };
    let proxy = Proxy::before(&mock, |_| {}, overloaded);
    let folder = folder_for(proxy.base_url());
    let explored = explore(folder.path(), &["--target", "front", "--api", "amili"]);
    assert_eq!(explored.status, Some(1), "{}", explored.told);
    assert!(
        explored.told.contains("INSTRUMENT FAILED"),
        "{}",
        explored.told
    );
    assert!(
        explored.told.contains("amili: 2 walks held"),
        "{}",
        explored.told
    );
}

#[test]
fn a_walk_that_cannot_be_taken_is_bad_usage() {
    let folder = tempfile::tempdir().unwrap();
    let walk = |steps: Value| json!({ "schema": "1.0", "api": "amili", "seed": 1, "rules": [], "steps": steps });
    let groups_of_nobody = json!([{
        "caller": "account_api_user",
        "request": { "list": { "groups_of_creditor": { "made": 0 } } },
    }]);
    for (text, reason) in [
        (walk(groups_of_nobody).to_string(), "step 1"),
        (walk(json!([{ "caller": "me" }])).to_string(), "me"),
        ("{}".to_owned(), "schema"),
    ] {
        std::fs::write(folder.path().join("walk"), &text).unwrap();
        let explored = explore(folder.path(), &["--target", "mock", "--replay", "walk"]);
        assert_eq!(explored.status, Some(2), "{text}: {}", explored.told);
        assert!(explored.told.contains(reason), "{text}: {}", explored.told);
    }
}

/// Against the mock, or the target that `CONTRACT_TARGET` names in the file of `CONTRACT_TARGETS`.
#[test]
fn a_short_walk_over_the_target_of_the_tests_finds_no_rule_broken() {
    let target = std::env::var("CONTRACT_TARGET").unwrap_or_else(|_| "mock".to_owned());
    let walks = tempfile::tempdir().unwrap();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let output = Command::new(env!("CARGO_BIN_EXE_contract-tests"))
        .args([
            "explore", "--target", &target, "--cases", "2", "--steps", "8", "--walks",
        ])
        .arg(walks.path())
        .current_dir(root)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
}
