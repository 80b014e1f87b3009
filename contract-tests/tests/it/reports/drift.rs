//! The reports of `compare`: each in its form, with every difference, its fingerprint and the excuses.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::forms::check_schemas;
use super::{HOSTILE, REPORTS, Run, command, page};

const SCENARIO: &str = "ams/group-list-permission";

fn header(target: &str) -> Value {
    json!({ "schema": "1.1", "target": target, "time": "2026-11-01T00:00:00Z", "tool": "0.1.0" })
}

/// A recording of one scenario, whose refusal has this status and body, and of what else there is.
fn recording(status: u16, body: &Value, more: &[Value]) -> Vec<Value> {
    let exchange = json!({
        "caller": "the default caller",
        "request": { "headers": {}, "method": "GET", "path": "/v2/admin/permission/groups", "query": {} },
        "response": { "body": body, "headers": {}, "key_order": {}, "status": status },
        "scenario": SCENARIO,
        "step": "list the groups, lacking it",
    });
    let outcome = |scenario: &str, rule: &str| json!({ "proves": [rule], "scenario": scenario, "verdict": "held" });
    let lines = [
        header("sandbox"),
        exchange,
        outcome(SCENARIO, "ams.group.list-permission"),
        outcome("amili/walk-through", "amili.creditor.activate-later"),
    ];
    [&lines, more].concat()
}

/// Compares them with every report; `excuses` is the file of excuses.
fn compared(old: &[Value], new: &[Value], excuses: &str) -> Run {
    let folder = TempDir::new().unwrap();
    for (name, lines) in [("old", old), ("new", new)] {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    std::fs::write(folder.path().join("accept.toml"), excuses).unwrap();
    let arguments = [
        "compare",
        "old",
        "new",
        "--accept",
        "accept.toml",
        "--github",
    ];
    let output = command(folder.path(), &arguments)
        .args(REPORTS)
        .output()
        .unwrap();
    Run { folder, output }
}

/// Another status class, another message with markup in it, and a field more.
fn moved() -> [Vec<Value>; 2] {
    let skipped = json!({
        "proves": [], "scenario": "ams/trailing-slash", "verdict": "not observable", "because": "no way",
    });
    let old = recording(
        403,
        &json!({ "message": "Forbidden" }),
        std::slice::from_ref(&skipped),
    );
    let new = recording(
        200,
        &json!({ "message": HOSTILE, "more": 1 }),
        std::slice::from_ref(&skipped),
    );
    [old, new]
}

fn fingerprint(run: &Run, place: &str) -> String {
    let report: Value = serde_json::from_str(&run.read("run.json")).unwrap();
    let found = report["differences"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["place"] == place);
    found.unwrap()["fingerprint"].as_str().unwrap().to_owned()
}

fn excuse(fingerprint: &str) -> String {
    format!(
        "[[accept]]\nfingerprint = \"{fingerprint}\"\nreason = \"told on the phone\"\nuntil = \"9999-12-31\"\n"
    )
}

#[test]
fn a_difference_has_its_place_in_each_form() {
    let [old, new] = moved();
    let run = compared(&old, &new, "");
    assert_eq!(run.status(), Some(1), "{}", run.told());
    let status = fingerprint(&run, "status");
    let (xml, sarif) = check_schemas(&run);
    for (part, times) in [
        ("<testcase ", 3),
        ("type=\"breaking\"", 1),
        ("<skipped ", 1),
        (status.as_str(), 1),
    ] {
        assert_eq!(xml.matches(part).count(), times, "{part}\n{xml}");
    }
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let told: Vec<_> = results
        .iter()
        .map(|it| [&it["level"], &it["ruleId"]])
        .collect();
    let rule = json!("ams.group.list-permission");
    let levels = ["error", "warning", "note"].map(Value::from);
    assert_eq!(told, levels.each_ref().map(|level| [level, &rule]));
    assert_eq!(results[0]["partialFingerprints"]["difference/v1"], status);
    let out = String::from_utf8(run.output.stdout.clone()).unwrap();
    let kinds: Vec<_> = out
        .lines()
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(kinds, ["::error", "::warning", "::notice"], "{out}");
    assert!(
        out.starts_with("::error title=breaking%3A ams/group-list-permission::"),
        "{out}"
    );
    let html = run.read("run.html");
    page::check(&html, 0);
    for part in [
        "1 breaking difference",
        "The provider changed",
        "days old",
        "&lt;script&gt;alert(1)",
        "Permission required: read_groups",
        status.as_str(),
        "no way",
    ] {
        assert!(html.contains(part), "{part}");
    }
}

#[test]
fn an_excuse_is_told_in_each_form_and_so_is_one_that_is_none() {
    let [old, new] = moved();
    let fingerprint = fingerprint(&compared(&old, &new, ""), "status");
    let run = compared(
        &old,
        &new,
        &(excuse(&fingerprint) + &excuse("000000000000")),
    );
    let (xml, sarif) = check_schemas(&run);
    assert!(
        xml.contains("excused until 9999-12-31: told on the phone"),
        "{xml}"
    );
    assert_eq!(xml.matches("type=\"stale excuse\"").count(), 1, "{xml}");
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let suppressed: Vec<_> = results
        .iter()
        .filter(|it| it.get("suppressions").is_some())
        .collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(
        suppressed[0]["partialFingerprints"]["difference/v1"],
        fingerprint
    );
    assert_eq!(
        sarif["runs"][0]["invocations"][0]["executionSuccessful"],
        false
    );
    let html = run.read("run.html");
    page::check(&html, 0);
    assert!(html.contains("told on the phone") && html.contains("000000000000"));
    let out = String::from_utf8(run.output.stdout.clone()).unwrap();
    assert!(
        out.contains("::error title=stale excuse::000000000000"),
        "{out}"
    );
    assert!(
        out.contains("::notice title=excused%3A ams/group-list-permission::"),
        "{out}"
    );
}

#[test]
fn where_nothing_differs_every_report_says_so() {
    let [old, _] = moved();
    let run = compared(&old, &old, "");
    assert_eq!(run.status(), Some(0), "{}", run.told());
    let (xml, sarif) = check_schemas(&run);
    assert!(!xml.contains("<failure"), "{xml}");
    assert_eq!(sarif["runs"][0]["results"], json!([]));
    assert!(run.output.stdout.is_empty());
    let html = run.read("run.html");
    page::check(&html, 0);
    assert!(html.contains("no difference") && !html.contains("What moved"));
}

#[test]
fn a_report_that_cannot_be_written_is_bad_usage() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("old"), header("a").to_string()).unwrap();
    let arguments = ["compare", "old", "old", "--html", "nowhere/page.html"];
    let output = command(folder.path(), &arguments).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(
        told.contains("nowhere/page.html") && told.lines().count() == 1,
        "{told}"
    );
}
