//! What machines read: JUnit and SARIF by their schemas, JSON, annotations.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;
use uppsala::XsdValidator;

use super::{EXPLORE, REPORTS, Run, SCENARIOS, SECRET, command, faulty, folder_for, verdicts};

fn sarif_schema() -> &'static Validator {
    static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
        let text = include_str!("../../schemas/sarif-2.1.0.json");
        let mut schema: Value = serde_json::from_str(text).unwrap();
        // As published, two patterns of languages close a bracket that they never open. None is written.
        for place in ["run", "toolComponent"] {
            let place = format!("/definitions/{place}/properties/language");
            let language = schema.pointer_mut(&place).unwrap().as_object_mut().unwrap();
            language.remove("pattern").unwrap();
        }
        jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .unwrap()
    });
    &SCHEMA
}

/// Both reports are what their schemas say.
#[track_caller]
pub(super) fn check_schemas(run: &Run) -> (String, Value) {
    let xml = run.read("junit.xml");
    let schema = uppsala::parse(include_str!("../../schemas/junit-10.xsd")).unwrap();
    let validator = XsdValidator::from_schema(&schema).unwrap();
    let faults = validator.validate(&uppsala::parse(&xml).unwrap());
    assert!(faults.is_empty(), "{faults:?}\n{xml}");
    let sarif = serde_json::from_str(&run.read("run.sarif")).unwrap();
    let faults: Vec<_> = sarif_schema().iter_errors(&sarif).collect();
    assert!(faults.is_empty(), "{faults:?}");
    (xml, sarif)
}

fn count(text: &str, part: &str) -> usize {
    text.matches(part).count()
}

#[test]
fn the_schemas_refuse_what_is_not_of_their_form() {
    let schema = uppsala::parse(include_str!("../../schemas/junit-10.xsd")).unwrap();
    let validator = XsdValidator::from_schema(&schema).unwrap();
    for wrong in [
        "<testsuites skipped=\"1\"/>",
        "<testsuites><testcase name=\"a\"/></testsuites>",
        "<testsuite name=\"a\" tests=\"1\" failures=\"0\"/>",
    ] {
        let faults = validator.validate(&uppsala::parse(wrong).unwrap());
        assert!(!faults.is_empty(), "{wrong}");
    }
    let log = serde_json::json!({ "version": "2.1.0", "runs": [{ "tool": {} }] });
    assert!(!sarif_schema().is_valid(&log));
}

#[test]
fn each_verdict_has_its_place_in_each_form() {
    let front = faulty();
    let run = Run::against(front.base_url(), &SCENARIOS);
    assert_eq!(run.status(), Some(1), "{}", run.told());
    let wanted = [
        "broken",
        "answered",
        "held",
        "unknown-answer",
        "instrument-failed",
    ];
    assert_eq!(verdicts(&run), wanted);
    let (xml, sarif) = check_schemas(&run);
    // The unknown answer fails here, for it comes through a mock that says another one.
    for (part, times) in [
        ("<failure ", 2),
        ("<error ", 1),
        (
            "name=\"rule amili.access-group.on-creation\" value=\"broken\"",
            1,
        ),
        ("name=\"answer amili.creditor.is-active-default\" value=", 1),
        ("curl -i -X GET", 2),
    ] {
        assert!(count(&xml, part) >= times, "{part}\n{xml}");
    }
    assert_eq!(count(&xml, "<failure "), 2);
    assert_eq!(count(&xml, "<error "), 1);
    check_sarif(&sarif);
}

fn check_sarif(sarif: &Value) {
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().unwrap();
    let levels: Vec<_> = results
        .iter()
        .map(|it| {
            (
                it["ruleId"].as_str().unwrap(),
                it["level"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        levels,
        [
            ("amili.access-group.on-creation", "error"),
            ("ams.errors.not-found-status", "warning"),
        ]
    );
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let broken = &rules[results[0]["ruleIndex"].as_u64().unwrap() as usize];
    let help = broken["help"]["text"].as_str().unwrap();
    assert!(help.contains("Amili automatically generates creditor-level access groups"));
    assert!(help.contains("amili-creditor-users"));
    assert_eq!(results[0]["webRequest"]["method"], "GET");
    assert_eq!(results[0]["webResponse"]["statusCode"], 200);
    let notifications = &run["invocations"][0]["toolExecutionNotifications"];
    let ids: Vec<_> = notifications
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["descriptor"]["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["contradiction", "instrument-failed"]);
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn fingerprints_stay_from_run_to_run() {
    let front = faulty();
    let fingerprints = || -> Vec<Value> {
        let run = Run::against(front.base_url(), &SCENARIOS);
        let (_, sarif) = check_schemas(&run);
        let results = sarif["runs"][0]["results"].as_array().unwrap();
        results
            .iter()
            .map(|it| it["partialFingerprints"].clone())
            .collect()
    };
    let first = fingerprints();
    assert_eq!(first, fingerprints());
    assert_ne!(first[0], first[1]);
}

#[test]
fn annotations_keep_to_their_lines() {
    let front = faulty();
    let run = Run::against(front.base_url(), &SCENARIOS);
    let out = String::from_utf8(run.output.stdout.clone()).unwrap();
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines.len(), 3, "{out}");
    assert!(lines[0].starts_with("::error title=broken%3A amili/creditor-brings-its-groups::"));
    assert!(lines[0].contains("%0A  rule      amili.access-group.on-creation: A new creditor"));
    assert!(
        lines.iter().all(|line| line.starts_with("::error title=")),
        "{out}"
    );
}

#[test]
fn walks_are_reported_in_the_same_forms() {
    let front = faulty();
    let run = Run::against(front.base_url(), &EXPLORE);
    assert_eq!(run.status(), Some(1), "{}", run.told());
    let (xml, sarif) = check_schemas(&run);
    assert_eq!(
        count(&xml, "<testcase name=\"amili/random-walks\""),
        1,
        "{xml}"
    );
    assert_eq!(
        count(&xml, "<testcase name=\"ams/random-walks\""),
        1,
        "{xml}"
    );
    assert!(xml.contains("type=\"broken\""), "{xml}");
    assert!(xml.contains("active creditor: status 201"), "{xml}");
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let broken = results
        .iter()
        .find(|it| it["ruleId"] == "amili.access-group.on-creation");
    let flow = &broken.unwrap()["codeFlows"][0]["threadFlows"][0]["locations"];
    let step = flow[0]["location"]["message"]["text"].as_str().unwrap();
    assert!(step.contains("creditor"), "{step}");
    assert!(run.read("run.html").contains("The walk"));
}

#[test]
fn no_report_holds_a_secret() {
    let front = faulty();
    for arguments in [&SCENARIOS[..], &EXPLORE[..]] {
        let run = Run::against(front.base_url(), arguments);
        let mut texts = vec![
            run.told(),
            String::from_utf8(run.output.stdout.clone()).unwrap(),
        ];
        let folders = [
            run.folder.path().to_owned(),
            run.folder.path().join(".contract-tests/walks"),
        ];
        for folder in folders.iter().filter(|folder| folder.is_dir()) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let file = entry.unwrap().path();
                if file.is_file() {
                    texts.push(std::fs::read_to_string(file).unwrap());
                }
            }
        }
        // The reports, the targets file, what was printed; the walks that were kept.
        assert!(texts.len() >= 7);
        assert!(
            texts.iter().any(|text| text.contains("_warning")),
            "the canary never sang"
        );
        for text in texts {
            assert!(!text.contains(SECRET), "{text}");
        }
    }
}

#[test]
fn a_report_can_go_to_stdout() {
    let folder = folder_for("http://127.0.0.1:1");
    let run = [
        "run",
        "--target",
        "mock",
        "--scenario",
        "ams/walk-through",
        "--sarif",
        "-",
    ];
    let output = command(folder.path(), &run).output().unwrap();
    let sarif: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(sarif["runs"][0]["results"], serde_json::json!([]));
    assert_eq!(
        sarif["runs"][0]["invocations"][0]["executionSuccessful"],
        true
    );
}

#[test]
fn a_report_that_cannot_be_written_is_found_out_first() {
    // Nobody listens there: a run that began would end in 3.
    let folder = folder_for("http://127.0.0.1:1");
    std::fs::create_dir(folder.path().join("taken")).unwrap();
    let commands: [&[&str]; 4] = [
        &["--junit", "nowhere/j.xml"],
        &["--html", "taken"],
        &["--json", "a", "--sarif", "a"],
        &["--json", "-", "--github"],
    ];
    for asked in commands {
        for verb in ["run", "explore"] {
            let output = command(folder.path(), &[verb, "--target", "front"])
                .args(asked)
                .output()
                .unwrap();
            let told = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{asked:?}: {told}");
            assert_eq!(told.lines().count(), 1, "{told}");
            let named = if asked[1] == "-" { "stdout" } else { asked[1] };
            assert!(told.contains(named), "{asked:?}: {told}");
        }
    }
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 2, "the targets file and the folder");
}

#[test]
fn a_dry_run_has_nothing_to_report() {
    let folder = folder_for("http://127.0.0.1:1");
    let output = command(folder.path(), &["run", "--target", "front", "--dry-run"])
        .args(&REPORTS[..2])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("--junit")
    );
}
