//! `history`: what is told of recordings that differ in known ways.

use std::process::Command;

use contract_tests::cli::{BAD_USAGE, FAILED, HELD};
use serde_json::{Value, json};
use tempfile::TempDir;

const RULE: &str = "amili.scope.foreign-account";
const QUESTION: &str = "amili.delete.unknown";

/// What a recording shows of one scenario: its status, its verdict and, where it asks, the answer.
type Shown = (&'static str, u16, &'static str, Option<&'static str>);

const KEPT: Shown = ("amili/foreign-account", 403, "held", None);
const BROKEN: Shown = ("amili/foreign-account", 201, "broken", None);
const UNSEEN: Shown = ("amili/foreign-account", 403, "not observable", None);
const NOTHING_SAID: Shown = ("amili/delete-unknown", 204, "answered", Some("204"));
const NOT_FOUND: Shown = ("amili/delete-unknown", 404, "answered", Some("404"));

/// A folder with recordings of one day after the other.
struct Folder(TempDir);

struct Told {
    json: Value,
    html: String,
    text: String,
    status: u8,
}

impl Folder {
    fn of(recordings: &[&[Shown]]) -> Self {
        let folder = Self(TempDir::new().unwrap());
        for (number, shown) in recordings.iter().enumerate() {
            // The names stand in another order than the days.
            let name = format!("{}.jsonl", recordings.len() - number);
            folder.put(&name, &lines("there", number + 1, shown));
        }
        folder
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).unwrap();
    }

    fn told(&self) -> Told {
        let out = TempDir::new().unwrap();
        let [json, html] = ["h.json", "h.html"].map(|name| out.path().join(name));
        let mut command = Command::new(env!("CARGO_BIN_EXE_contract-tests"));
        command.arg("history").arg(self.0.path());
        command.arg("--json").arg(&json).arg("--html").arg(&html);
        let output = command.output().unwrap();
        let json = std::fs::read_to_string(json).unwrap_or_default();
        Told {
            json: serde_json::from_str(&json).unwrap_or_default(),
            html: std::fs::read_to_string(html).unwrap_or_default(),
            text: String::from_utf8(output.stderr).unwrap(),
            status: u8::try_from(output.status.code().unwrap()).unwrap(),
        }
    }
}

/// A recording in the form that `run --record` writes.
fn lines(target: &str, day: usize, shown: &[Shown]) -> String {
    let header = json!({
        "schema": "1.0",
        "target": target,
        "time": format!("2026-03-0{day}T06:00:00Z"),
        "tool": "0.1.0",
    });
    let mut lines = vec![header];
    for (scenario, status, verdict, answer) in shown {
        lines.push(json!({
            "caller": "the default caller",
            "request": { "headers": {}, "method": "DELETE", "path": "/creditors/x", "query": {} },
            "response": { "headers": {}, "key_order": {}, "status": status },
            "scenario": scenario,
            "step": "ask",
        }));
        let proves = match *scenario {
            "amili/delete-unknown" => QUESTION,
            _ => RULE,
        };
        lines.push(json!({
            "answer": answer,
            "proves": [proves],
            "scenario": scenario,
            "verdict": verdict,
        }));
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// What is told of the first target's rule, or of its scenario.
fn entry<'t>(told: &'t Told, list: &str, key: &str, name: &str) -> &'t Value {
    let entries = told.json["targets"][0][list].as_array().unwrap();
    let found = entries.iter().find(|entry| entry[key] == name);
    found.unwrap_or_else(|| panic!("no {name} in {list}: {:#}", told.json))
}

fn rule<'t>(told: &'t Told, id: &str) -> &'t Value {
    entry(told, "rules", "id", id)
}

fn scenario<'t>(told: &'t Told, name: &str) -> &'t Value {
    entry(told, "scenarios", "scenario", name)
}

/// How it stands, since which recording, and the first and the last that show it.
fn in_short(entry: &Value) -> Value {
    json!([
        entry["standing"],
        entry["since"],
        entry["first_seen"],
        entry["last_seen"]
    ])
}

#[track_caller]
fn check(recordings: &[&[Shown]], id: &str, expected: Value, status: u8) -> Told {
    let told = Folder::of(recordings).told();
    assert_eq!(in_short(rule(&told, id)), expected, "{}", told.text);
    assert_eq!(told.status, status, "{}", told.text);
    told
}

#[test]
fn what_never_changes_is_steady_since_the_first_recording() {
    let same: &[Shown] = &[KEPT, NOTHING_SAID];
    let told = check(&[same, same, same], RULE, json!(["steady", 0, 0, 2]), HELD);
    assert_eq!(in_short(rule(&told, QUESTION)), json!(["steady", 0, 0, 2]));
    assert!(
        told.text.contains("nothing changed in the newest"),
        "{}",
        told.text
    );
    assert!(
        told.text
            .contains("2 rules and questions: 0 flapping, 0 changed, 2 steady, 0 never seen")
    );
    assert_eq!(told.json["targets"][0]["recordings"][0]["file"], "3.jsonl");
}

#[test]
fn a_change_in_the_newest_recording_fails_and_is_told_with_its_differences() {
    let told = check(
        &[&[KEPT], &[KEPT], &[BROKEN]],
        RULE,
        json!(["changed", 2, 0, 2]),
        FAILED,
    );
    let changes = scenario(&told, KEPT.0)["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(
        (&changes[0]["from"], &changes[0]["to"]),
        (&json!(1), &json!(2))
    );
    let places: Vec<_> = changes[0]["differences"]
        .as_array()
        .unwrap()
        .iter()
        .collect();
    assert_eq!(places[0]["place"], "status");
    assert_eq!(places[1]["place"], "verdict");
    assert!(places.iter().all(|place| place["level"] == "breaking"));
    let line = format!("CHANGED   {RULE}: held -> broken, since 2026-03-03T06:00:00Z");
    assert!(told.text.contains(&line), "{}", told.text);
    assert!(
        told.text.contains("breaking: 'ask', status: 403 -> 201"),
        "{}",
        told.text
    );
}

#[test]
fn an_older_change_is_told_and_fails_no_longer() {
    let recordings: [&[Shown]; 3] = [&[KEPT], &[BROKEN], &[BROKEN]];
    let told = check(&recordings, RULE, json!(["changed", 1, 0, 2]), HELD);
    assert!(
        told.text.contains("since 2026-03-02T06:00:00Z"),
        "{}",
        told.text
    );
}

#[test]
fn what_goes_back_flaps_and_is_no_mere_change() {
    let recordings: [&[Shown]; 3] = [&[NOTHING_SAID], &[NOT_FOUND], &[NOTHING_SAID]];
    let told = check(&recordings, QUESTION, json!(["flapping", 2, 0, 2]), FAILED);
    let asked = scenario(&told, NOT_FOUND.0);
    let back: Vec<_> = asked["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| &change["back"])
        .collect();
    assert_eq!(back, [false, true]);
    let behaviours: Vec<_> = asked["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| &cell["behaviour"])
        .collect();
    assert_eq!(behaviours, [0, 1, 0]);
    let line = format!("FLAPPING  {QUESTION}: 204 -> 404 -> 204, since 2026-03-03");
    assert!(told.text.contains(&line), "{}", told.text);
    assert!(!told.text.contains("CHANGED"), "{}", told.text);
}

#[test]
fn three_behaviours_one_after_the_other_do_not_flap() {
    let third: Shown = (NOT_FOUND.0, 410, "unknown answer", None);
    let recordings: [&[Shown]; 3] = [&[NOTHING_SAID], &[NOT_FOUND], &[third]];
    check(&recordings, QUESTION, json!(["changed", 2, 0, 2]), FAILED);
}

#[test]
fn a_recording_that_saw_nothing_neither_changes_nor_hides_a_change() {
    let recordings: [&[Shown]; 3] = [&[KEPT], &[UNSEEN], &[KEPT]];
    check(&recordings, RULE, json!(["steady", 0, 0, 2]), HELD);
    let recordings: [&[Shown]; 3] = [&[KEPT], &[UNSEEN], &[BROKEN]];
    let told = check(&recordings, RULE, json!(["changed", 2, 0, 2]), FAILED);
    assert_eq!(scenario(&told, KEPT.0)["changes"][0]["from"], 0);
    check(
        &[&[UNSEEN], &[UNSEEN]],
        RULE,
        json!(["unseen", null, null, null]),
        HELD,
    );
}

#[test]
fn a_scenario_that_comes_or_goes_is_told_and_is_no_change() {
    let recordings: [&[Shown]; 2] = [&[KEPT], &[KEPT, NOTHING_SAID]];
    let told = check(&recordings, QUESTION, json!(["steady", 1, 1, 1]), HELD);
    let line = "NEW       amili/delete-unknown first seen 2026-03-02";
    assert!(told.text.contains(line), "{}", told.text);
    let recordings: [&[Shown]; 2] = [&[KEPT, NOTHING_SAID], &[KEPT]];
    let told = check(&recordings, QUESTION, json!(["steady", 0, 0, 0]), HELD);
    let line = "GONE      amili/delete-unknown last seen 2026-03-01T06:00:00Z; in the newest recording not in it";
    assert!(told.text.contains(line), "{}", told.text);
}

#[test]
fn another_verdict_on_the_same_answers_is_a_change() {
    let broken: Shown = (KEPT.0, KEPT.1, "broken", None);
    let told = check(
        &[&[KEPT], &[broken]],
        RULE,
        json!(["changed", 1, 0, 1]),
        FAILED,
    );
    let differences = &scenario(&told, KEPT.0)["changes"][0]["differences"];
    assert_eq!(differences.as_array().unwrap().len(), 1);
    assert_eq!(differences[0]["place"], "verdict");
}

#[test]
fn each_target_has_a_history_of_its_own() {
    let folder = Folder::of(&[&[KEPT], &[KEPT]]);
    folder.put("other.jsonl", &lines("elsewhere", 3, &[BROKEN]));
    let told = folder.told();
    let names: Vec<_> = told.json["targets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|of| &of["target"])
        .collect();
    assert_eq!(names, ["elsewhere", "there"]);
    assert_eq!(told.status, HELD, "{}", told.text);
    assert!(
        told.text.contains("one recording alone shows no change"),
        "{}",
        told.text
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_hides_no_other() {
    let folder = Folder::of(&[&[KEPT], &[BROKEN]]);
    folder.put("newer.jsonl", "{\"schema\":\"2.0\"}\n");
    folder.put("ledger.jsonl", "{\"line\":\"made\"}\n");
    folder.put("notes.txt", "no recording, and not asked to be one");
    let told = folder.told();
    assert_eq!(told.status, FAILED, "{}", told.text);
    let unread: Vec<_> = told.json["unread"]
        .as_array()
        .unwrap()
        .iter()
        .map(|unread| &unread["file"])
        .collect();
    assert_eq!(unread, ["ledger.jsonl", "newer.jsonl"]);
    assert!(told.text.contains("schema is 2.0"), "{}", told.text);
    assert!(told.html.contains("newer.jsonl"));
}

#[test]
fn a_folder_without_a_recording_is_refused_in_a_line() {
    let folder = Folder::of(&[]);
    let told = folder.told();
    assert_eq!(
        (told.status, told.text.lines().count()),
        (BAD_USAGE, 1),
        "{}",
        told.text
    );
    folder.put("newer.jsonl", "{\"schema\":\"2.0\"}\n");
    let told = folder.told();
    assert_eq!(
        (told.status, told.text.lines().count()),
        (BAD_USAGE, 1),
        "{}",
        told.text
    );
    assert!(told.text.contains("schema is 2.0"), "{}", told.text);
    std::fs::remove_dir_all(folder.0.path()).unwrap();
    let told = folder.told();
    assert_eq!(
        (told.status, told.text.lines().count()),
        (BAD_USAGE, 1),
        "{}",
        told.text
    );
}

#[test]
fn the_page_needs_nothing_else_and_says_in_words_what_it_shows_in_colours() {
    let html = Folder::of(&[&[KEPT], &[KEPT], &[BROKEN]]).told().html;
    for part in [
        "<html lang=\"en\">",
        "<main id=\"content\"",
        "role=\"img\" aria-label=\"held in 1 to 2, broken in 3\"",
        "breaking: &apos;ask&apos;, status: 403 -&gt; 201",
    ] {
        let plain = html.replace('\'', "&apos;");
        assert!(plain.contains(part), "{part}");
    }
    for outside in ["<script", "src=", "http://", "https://", "@import"] {
        assert!(!html.contains(outside), "{outside}");
    }
}

#[test]
fn what_a_recording_says_is_no_markup_on_the_page() {
    let folder = Folder::of(&[]);
    let evil = lines("<img onerror=x>", 1, &[KEPT]);
    folder.put("evil.jsonl", &evil);
    let html = folder.told().html;
    assert!(html.contains("&lt;img onerror=x&gt;") && !html.contains("<img"));
}

#[test]
fn two_runs_on_the_mock_are_a_history_without_a_change() {
    let folder = Folder::of(&[]);
    for name in ["a.jsonl", "b.jsonl"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_contract-tests"));
        command.args([
            "run",
            "--target",
            "mock",
            "--scenario",
            "*/walk-through",
            "--record",
        ]);
        let output = command.arg(folder.0.path().join(name)).output().unwrap();
        assert!(output.status.success());
    }
    let told = folder.told();
    assert_eq!(told.status, HELD, "{}", told.text);
    let scenarios = told.json["targets"][0]["scenarios"].as_array().unwrap();
    assert_eq!(scenarios.len(), 2);
    for scenario in scenarios {
        assert_eq!(in_short(scenario), json!(["steady", 0, 0, 1]));
    }
}
