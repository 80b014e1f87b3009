//! What a run saw, recorded, and what is told of a recording that was altered in a known way.

mod altered;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::{Value, json};
use tempfile::TempDir;

/// The scenarios that are recorded here: a walk-through of each API, an open question, a refusal.
const SOME: [&str; 8] = [
    "--scenario",
    "*/walk-through",
    "--scenario",
    "amili/delete-unknown",
    "--scenario",
    "amili/foreign-account",
    "--scenario",
    "ams/no-self-change",
];

/// What the command says on stderr, and its exit status.
fn told(arguments: &[&str]) -> (String, u8) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contract-tests"));
    let output = command.args(arguments).output().unwrap();
    let status = output
        .status
        .code()
        .and_then(|code| u8::try_from(code).ok());
    (String::from_utf8(output.stderr).unwrap(), status.unwrap())
}

/// A recording of those on the mock, made once.
fn lines() -> &'static [Value] {
    static LINES: OnceLock<Vec<Value>> = OnceLock::new();
    LINES.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let text = recorded(&folder.path().join("a.jsonl"));
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    })
}

fn recorded(file: &Path) -> String {
    let file = file.to_str().unwrap();
    let run = ["run", "--target", "mock", "--record", file];
    let (text, status) = told(&[&run[..], &SOME[..]].concat());
    assert_eq!(status, 0, "{text}");
    std::fs::read_to_string(file).unwrap()
}

/// Two recordings in a folder: one as it was, one altered.
struct Pair {
    folder: TempDir,
}

impl Pair {
    fn of(old: &[Value], new: &[Value]) -> Self {
        let folder = TempDir::new().unwrap();
        for (name, lines) in [("old", old), ("new", new)] {
            let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        Self { folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The comparison as JSON, its text, and the exit status.
    fn compared(&self, more: &[&str]) -> (Value, String, u8) {
        let [old, new, json] = ["old", "new", "json"].map(|name| self.file(name));
        let [old, new, report] = [&old, &new, &json].map(|file| file.to_str().unwrap());
        let command = ["compare", old, new, "--json", report];
        let (text, status) = told(&[&command[..], more].concat());
        let report = std::fs::read_to_string(report).unwrap_or_default();
        (
            serde_json::from_str(&report).unwrap_or_default(),
            text,
            status,
        )
    }
}

/// The recording with one exchange altered.
fn altered(scenario: &str, step: &str, alter: impl FnOnce(&mut Value)) -> Vec<Value> {
    let mut lines = lines().to_vec();
    let found = lines
        .iter_mut()
        .find(|line| line["scenario"] == scenario && line["step"] == step);
    alter(found.unwrap_or_else(|| panic!("{scenario} has no step '{step}'")));
    lines
}

/// An alteration comes out as this one difference, and as nothing else.
#[track_caller]
fn differs(lines: &[Value], level: &str, kind: &str, place: &str) {
    let pair = Pair::of(self::lines(), lines);
    let (report, text, status) = pair.compared(&[]);
    let found = report["differences"].as_array().unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|found| ["level", "kind", "place"].map(|key| found[key].as_str().unwrap()))
        .collect();
    assert_eq!(found, [[level, kind, place]], "{text}");
    let fails = ["behaviour", "breaking"].contains(&level);
    assert_eq!(status, u8::from(fails), "{text}");
    assert!(text.contains(&level.to_uppercase()), "{text}");
}

const CREATE: &str = "1. create a creditor";

fn walked(alter: impl FnOnce(&mut Value)) -> Vec<Value> {
    altered("amili/walk-through", CREATE, alter)
}

fn body(line: &mut Value) -> &mut serde_json::Map<String, Value> {
    line["response"]["body"].as_object_mut().unwrap()
}

#[test]
fn the_same_behaviour_gives_the_same_bytes_but_for_the_header() {
    let folder = TempDir::new().unwrap();
    let [first, second] = ["a", "b"].map(|name| recorded(&folder.path().join(name)));
    let without_header = |text: &str| text.split_once('\n').unwrap().1.to_owned();
    assert_eq!(without_header(&first), without_header(&second));
    let [first, second] = [&first, &second].map(|text| -> Vec<Value> {
        let lines = text.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    });
    let pair = Pair::of(&first, &second);
    let (report, text, status) = pair.compared(&["--fail-on", "any"]);
    assert_eq!((&report["differences"], status), (&json!([]), 0), "{text}");
    assert_eq!(report["compared"], 5);
}

#[test]
fn the_header_tells_schema_target_time_and_version() {
    let header = &lines()[0];
    assert_eq!(header["schema"], "1.1");
    assert_eq!(header["target"], "mock");
    assert_eq!(header["tool"], env!("CARGO_PKG_VERSION"));
    assert!(header["time"].as_str().unwrap().ends_with('Z'));
}

#[test]
fn relations_stay_visible_and_nothing_of_the_run_does() {
    let listed = lines().iter().find(|line| {
        line["scenario"] == "amili/walk-through"
            && line["step"] == "list the access groups of the creditor"
    });
    let groups = listed.unwrap()["response"]["body"]["_items"].clone();
    for group in groups.as_array().unwrap() {
        assert_eq!(group["creditor"], "{{1. create a creditor/_id}}");
        assert_eq!(group["_created"], "{{now}}");
        assert_eq!(group["creditor_name"], "{{name 1}}");
    }
    let text: String = lines()[1..].iter().map(Value::to_string).collect();
    assert!(!text.contains("ct-") && !text.contains("6662fb1df4d1eaf404cb08de"));
    assert!(!text.contains("amili-api-user") && !text.contains("GMT"));
    assert!(!text.contains("127.0.0.1") && !text.contains("x-mock"));
}

#[test]
fn the_order_of_the_lines_says_nothing() {
    let mut turned: Vec<Vec<Value>> = Vec::new();
    for line in &lines()[1..] {
        match turned.last_mut() {
            Some(last) if last[0]["scenario"] == line["scenario"] => last.push(line.clone()),
            _ => turned.push(vec![line.clone()]),
        }
    }
    turned.reverse();
    let turned: Vec<Value> = [lines()[0].clone()]
        .into_iter()
        .chain(turned.concat())
        .collect();
    let (report, text, status) = Pair::of(lines(), &turned).compared(&["--fail-on", "any"]);
    assert_eq!((&report["differences"], status), (&json!([]), 0), "{text}");
}

#[test]
fn a_field_of_another_type_breaks_clients() {
    let lines = walked(|line| drop(body(line).insert("_status".to_owned(), json!(true))));
    differs(&lines, "breaking", "type", "body /_status");
    // An id that was a whole number and is a text now.
    let lines = altered("ams/walk-through", "1. create a user", |line| {
        let id = body(line)["id"].as_str().unwrap().replace('#', "");
        body(line).insert("id".to_owned(), json!(id));
    });
    differs(&lines, "breaking", "type", "body /id");
}

#[test]
fn a_status_of_another_class_breaks_clients_and_one_of_the_same_is_behaviour() {
    let lines = walked(|line| line["response"]["status"] = json!(200));
    differs(&lines, "behaviour", "value", "status");
    let step = lines_of("amili/foreign-account", 403);
    let accepted = altered("amili/foreign-account", &step, |line| {
        line["response"]["status"] = json!(201);
    });
    differs(&accepted, "breaking", "value", "status");
}

/// The name of the step that was answered so.
fn lines_of(scenario: &str, status: u16) -> String {
    let found = lines()
        .iter()
        .find(|line| line["scenario"] == scenario && line["response"]["status"] == status);
    found.unwrap()["step"].as_str().unwrap().to_owned()
}

#[test]
fn another_message_is_behaviour() {
    let step = lines_of("amili/foreign-account", 403);
    let lines = altered("amili/foreign-account", &step, |line| {
        line["response"]["body"]["_error"]["message"] = json!("No.");
    });
    differs(&lines, "behaviour", "value", "body /_error/message");
}

#[test]
fn another_order_of_a_list_is_behaviour_and_an_element_that_is_gone_breaks_clients() {
    let step = "list the access groups of the creditor";
    let items = |line: &mut Value, alter: fn(&mut Vec<Value>)| {
        alter(line["response"]["body"]["_items"].as_array_mut().unwrap());
    };
    let turned = altered("amili/walk-through", step, |line| {
        items(line, |list| list.reverse())
    });
    differs(&turned, "behaviour", "order", "body /_items");
    let gone = altered("amili/walk-through", step, |line| {
        items(line, |list| drop(list.remove(0)))
    });
    differs(&gone, "breaking", "missing", "body /_items/0");
}

#[test]
fn an_exchange_that_is_missing_breaks_clients_and_one_more_is_behaviour() {
    let is_first =
        |line: &Value| line["scenario"] == "amili/walk-through" && line["step"] == CREATE;
    let without: Vec<Value> = lines()
        .iter()
        .filter(|line| !is_first(line))
        .cloned()
        .collect();
    differs(&without, "breaking", "missing", "exchange");
    let (report, _, _) = Pair::of(&without, lines()).compared(&[]);
    assert_eq!(report["differences"][0]["level"], "behaviour");
}

#[test]
fn another_answer_to_an_open_question_is_behaviour() {
    let mut lines = lines().to_vec();
    let outcome = lines
        .iter_mut()
        .find(|line| line["scenario"] == "amili/delete-unknown" && line["verdict"].is_string());
    outcome.unwrap()["answer"] = json!("404");
    differs(&lines, "behaviour", "value", "verdict");
}

#[test]
fn what_only_one_side_has_is_said_and_not_compared() {
    let less: Vec<Value> = lines()
        .iter()
        .filter(|line| line["scenario"] != "ams/no-self-change")
        .cloned()
        .collect();
    let (report, text, status) = Pair::of(lines(), &less).compared(&["--fail-on", "any"]);
    assert_eq!((&report["differences"], status), (&json!([]), 0), "{text}");
    let skipped = &report["not_compared"][0];
    assert_eq!(skipped["scenario"], "ams/no-self-change");
    assert_eq!(skipped["because"], "only the old recording has it");
}

#[test]
fn an_interrupted_recording_is_readable_up_to_its_last_line() {
    let pair = Pair::of(lines(), lines());
    let text = std::fs::read_to_string(pair.file("new")).unwrap();
    std::fs::write(pair.file("new"), &text[..text.len() - 9]).unwrap();
    let (report, text, status) = pair.compared(&[]);
    assert_eq!((&report["differences"], status), (&json!([]), 0), "{text}");
    let skipped = report["not_compared"].as_array().unwrap();
    assert_eq!(skipped.len(), 1, "{text}");
    assert!(
        skipped[0]["because"]
            .as_str()
            .unwrap()
            .contains("breaks off")
    );
}

#[test]
fn a_newer_schema_and_what_is_no_recording_are_refused_in_a_line() {
    for (header, why) in [
        (json!({ "schema": "2.0" }), "schema is 2.0"),
        (json!({ "schema": "1.2" }), "schema is 1.2"),
        (json!({ "schema": "one" }), "no header"),
        (json!([]), "no header"),
    ] {
        let mut lines = lines().to_vec();
        lines[0] = header;
        let (_, text, status) = Pair::of(self::lines(), &lines).compared(&[]);
        assert_eq!(status, 2, "{text}");
        assert!(text.contains(why) && text.lines().count() == 1, "{text}");
    }
    let mut lines = lines().to_vec();
    lines[2] = json!({ "half": "a line" });
    let (_, text, status) = Pair::of(self::lines(), &lines).compared(&[]);
    assert!(status == 2 && text.contains("line 3"), "{text}");
}

#[test]
fn a_known_difference_is_excused_until_its_day_and_an_idle_excuse_fails() {
    let lines = walked(|line| drop(body(line).remove("_etag")));
    let pair = Pair::of(self::lines(), &lines);
    let (report, _, _) = pair.compared(&[]);
    let fingerprint = report["differences"][0]["fingerprint"].as_str().unwrap();
    let accept = pair.file("accept.toml");
    let excuse = |fingerprint: &str, until: &str| {
        let text = format!(
            "[[accept]]\nfingerprint = \"{fingerprint}\"\nreason = \"told on the phone\"\nuntil = \"{until}\"\n"
        );
        std::fs::write(&accept, text).unwrap();
        pair.compared(&["--accept", accept.to_str().unwrap()])
    };
    let (report, text, status) = excuse(fingerprint, "9999-12-31");
    assert_eq!(status, 0, "{text}");
    assert_eq!(report["excused"][0]["reason"], "told on the phone");
    let (report, text, status) = excuse(fingerprint, "2020-01-01");
    assert_eq!(
        (status, report["stale"].as_array().unwrap().len()),
        (1, 1),
        "{text}"
    );
    let (_, text, status) = excuse("000000000000", "9999-12-31");
    assert!(status == 1 && text.contains("excuses nothing"), "{text}");
    std::fs::write(&accept, "fingerprint = 1").unwrap();
    let (_, text, status) = pair.compared(&["--accept", accept.to_str().unwrap()]);
    assert!(status == 2 && text.contains("[[accept]]"), "{text}");
}

#[test]
fn it_says_which_side_moved() {
    let altered = walked(|line| drop(body(line).remove("_etag")));
    for (old, new, moved) in [
        ("mock", "mock", "the mock behaves otherwise than it did"),
        ("mock", "sandbox", "the mock is wrong"),
        ("sandbox", "sandbox", "the provider changed"),
        ("sandbox", "stage", "sandbox and stage behave differently"),
    ] {
        let (mut before, mut after) = (lines().to_vec(), altered.clone());
        before[0]["target"] = json!(old);
        before[0]["time"] = json!("2020-01-01T00:00:00Z");
        after[0]["target"] = json!(new);
        let (_, text, _) = Pair::of(&before, &after).compared(&[]);
        assert!(text.contains(moved), "{text}");
        assert!(
            text.contains("days old") && text.contains("less than an hour old"),
            "{text}"
        );
    }
}

#[test]
fn recordings_without_a_scenario_in_common_prove_nothing() {
    let header_alone = &lines()[..1];
    let (report, text, status) = Pair::of(lines(), header_alone).compared(&[]);
    assert_eq!((status, &report["differences"]), (1, &json!([])), "{text}");
    assert!(text.contains("no scenario in common"), "{text}");
}
