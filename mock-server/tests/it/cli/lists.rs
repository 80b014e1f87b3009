//! `rules`, `assumptions`, `world`.

use mock_server::{Answers, catalogue};
use serde_json::{Value, json};

use super::process::{Folder, printed};

#[test]
fn rules_are_listed_with_all_that_the_public_face_names() {
    let rules: Vec<Value> = serde_json::from_str(&printed(&["rules", "--format", "json"])).unwrap();
    let known = catalogue::rules();
    assert_eq!(rules.len(), known.len());
    for (listed, rule) in rules.iter().zip(known) {
        assert_eq!(
            (&listed["id"], &listed["text"], &listed["api"]),
            (&json!(rule.id), &json!(rule.text), &json!(rule.api()))
        );
        assert!(["seed", "public-docs", "framework"].contains(&listed["basis"].as_str().unwrap()));
        assert_eq!(
            listed["source"],
            json!({ "page": rule.page, "quote": rule.quote })
        );
        assert_eq!(
            listed["status"],
            json!(rule.refused_as.map(|refused| refused.status))
        );
        assert_eq!(
            listed["error"],
            json!(rule.refused_as.map(|refused| refused.error))
        );
    }
    let text = printed(&["rules"]);
    assert!(
        catalogue::rules()
            .iter()
            .all(|rule| text.contains(rule.id) && text.contains(rule.text))
    );
}

/// The answers in force that `assumptions` prints, by id.
#[track_caller]
fn in_force(arguments: &[&str]) -> Vec<(String, String)> {
    let arguments = [&["assumptions", "--format", "json"], arguments].concat();
    let listed: Vec<Value> = serde_json::from_str(&printed(&arguments)).unwrap();
    let pair = |entry: &Value| {
        (
            entry["id"].as_str().unwrap().to_owned(),
            entry["answer"].as_str().unwrap().to_owned(),
        )
    };
    listed.iter().map(pair).collect()
}

fn expected(answers: &Answers) -> Vec<(String, String)> {
    let known = catalogue::assumptions();
    known
        .iter()
        .map(|question| (question.id.to_owned(), answers.of(question).to_owned()))
        .collect()
}

#[test]
fn assumptions_are_listed_with_the_answer_in_force_and_the_others_known() {
    assert_eq!(in_force(&[]), expected(&Answers::default()));
    assert_eq!(
        in_force(&["--assumptions", "default"]),
        expected(&Answers::default())
    );
    assert_eq!(
        in_force(&["--assumptions", "framework"]),
        expected(&Answers::framework(&catalogue::assumptions()))
    );
    let listed: Vec<Value> =
        serde_json::from_str(&printed(&["assumptions", "--format", "json"])).unwrap();
    for (entry, known) in listed.iter().zip(catalogue::assumptions()) {
        assert_eq!(
            entry["answers"].as_array().unwrap().len(),
            known.answers.len()
        );
        assert_eq!(entry["question"], known.question);
    }
    let text = printed(&["assumptions"]);
    assert!(
        catalogue::assumptions()
            .iter()
            .all(|question| text.contains(question.id))
    );
}

#[test]
fn a_file_of_answers_that_was_printed_can_be_read_again() {
    let chosen = [
        "--assume",
        "ams.user.email-unique=repeatable",
        "--assume",
        "amili.errors.shape=framework",
    ];
    let folder = Folder::new();
    let text = printed(&[&["assumptions", "--format", "toml"], &chosen[..]].concat());
    let file = folder.file("answers.toml", &text).display().to_string();
    let again = in_force(&["--assumptions", &file]);
    assert_eq!(again, in_force(&chosen));
    assert_ne!(again, in_force(&[]));
    let toml = printed(&["assumptions", "--format", "toml", "--assumptions", &file]);
    assert_eq!(toml, text);
}

#[test]
fn an_answer_given_by_itself_wins_over_the_file() {
    let folder = Folder::new();
    let file = folder.file(
        "answers.toml",
        "\"ams.errors.not-found-status\" = \"422\"\n\"amili.user.repeated-group\" = \"refused\"\n",
    );
    let file = file.display().to_string();
    let answers = in_force(&[
        "--assumptions",
        &file,
        "--assume",
        "ams.errors.not-found-status=400",
    ]);
    let of = |id: &str| {
        answers
            .iter()
            .find(|(name, _)| name == id)
            .unwrap()
            .1
            .clone()
    };
    assert_eq!(
        (
            of("ams.errors.not-found-status").as_str(),
            of("amili.user.repeated-group").as_str()
        ),
        ("400", "refused")
    );
}

#[test]
fn the_built_in_world_is_printed_and_is_a_world() {
    let world = printed(&["world"]);
    assert_eq!(world, catalogue::DEFAULT_WORLD);
    assert_eq!(printed(&["world", "--format", "json"]), world);
    let folder = Folder::new();
    let file = folder.file("world.json", &world).display().to_string();
    assert!(printed(&["world", "check", &file]).contains(&file));
}

#[test]
fn every_shell_gets_a_script_that_knows_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = printed(&["completions", shell]);
        for word in ["exec", "explain", "--assumptions", "--coverage"] {
            // Fish writes long options without their dashes.
            let word = word.trim_start_matches('-');
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn the_manual_names_every_command_and_option_and_each_command_has_its_own_page() {
    let page = printed(&["man"]);
    let help = printed(&["--help"]);
    let options = help
        .split_whitespace()
        .filter(|word| word.starts_with("--"));
    for option in options {
        let written = option.replace('-', "\\-");
        assert!(page.contains(&written), "{option} is not in the manual");
    }
    let folder = Folder::new();
    let into = folder.path("man1");
    printed(&["man", "--into", into.to_str().unwrap()]);
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let mut pages = 0;
    for line in commands.take_while(|line| !line.is_empty()) {
        let name = line.split_whitespace().next().unwrap();
        let page = into.join(format!("mock-server-{name}.1"));
        assert!(name == "help" || page.exists(), "{}", page.display());
        pages += 1;
    }
    assert!(pages > 8, "{help}");
    let wrong = into.join("mock-server.1").join("below");
    let ended = super::process::run(&["man", "--into", wrong.to_str().unwrap()]);
    assert_eq!(
        (ended.status, ended.stderr.lines().count()),
        (Some(2), 1),
        "{ended:?}"
    );
}
