//! `calibrate`: from a mock that answers every open question otherwise it brings those answers back.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use contract_tests::cli::{BAD_USAGE, FAILED, HELD, UNREACHABLE};
use contract_tests::{Run, Target, Verdict, all};
use mock_server::{Answers, Assumption, Clock, MockServer, Options, catalogue};
use serde_json::json;
use tempfile::TempDir;

use crate::explore::proxy::{Answer, Proxy};
use crate::wire::{Mock, Request};

/// On a standing clock the limits stop the run: it is asked alone.
const RATE_LIMIT: &str = "amili.rate-limit.enforced";

/// The answer to each question, by id.
type Chosen = BTreeMap<String, String>;

/// A mock with these answers, and a targets file that names it.
struct Place {
    _mock: Option<MockServer>,
    folder: TempDir,
}

/// What came of a calibration.
struct Calibrated {
    text: String,
    told: String,
    status: u8,
}

impl Place {
    fn with(chosen: &Chosen) -> Self {
        let known = catalogue::assumptions();
        let mut answers = Answers::default();
        for (id, answer) in chosen {
            answers.choose(&known, id, answer).unwrap();
        }
        let told = |id: &str| {
            let assumption = known.iter().find(|known| known.id == id);
            answers.of(assumption.unwrap())
        };
        let place = told("ams.auth.token-place");
        let users = told("ams.path.create-user");
        let departments = told("ams.path.create-department");
        let mock = started(answers.clone());
        let targets = targets(mock.base_url(), place, users, departments);
        Self {
            _mock: Some(mock),
            folder: holding(&targets),
        }
    }

    fn calibrates(&self, more: &[&str]) -> Calibrated {
        let mut command = Command::new(env!("CARGO_BIN_EXE_contract-tests"));
        command.args(["calibrate", "--target", "there"]).args(more);
        command.current_dir(self.folder.path());
        command.env("CALIBRATED_AMILI", "amili-api-user");
        command.env("CALIBRATED_AMS", "ams-manager");
        let output = command.output().unwrap();
        let status = output.status.code().unwrap();
        Calibrated {
            text: String::from_utf8(output.stdout).unwrap(),
            told: String::from_utf8(output.stderr).unwrap(),
            status: u8::try_from(status).unwrap(),
        }
    }
}

fn started(answers: Answers) -> MockServer {
    let mock = MockServer::with(Options {
        answers,
        clock: Clock::standing(),
        ..Options::default()
    });
    mock.unwrap()
}

/// A folder with a targets file in it.
fn holding(targets: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("targets.toml"), targets).unwrap();
    folder
}

/// A file as somebody writes it who has found out how to make a first call at all.
fn targets(url: &str, place: &str, users: &str, departments: &str) -> String {
    format!(
        r#"[there.amili]
base_url = "{url}"
account = "6662fb1df4d1eaf404cb08de"
token_env = "CALIBRATED_AMILI"

[there.ams]
base_url = "{url}"
company = 24
token_env = "CALIBRATED_AMS"
token_place = "{place}"
paths = {{ create_user = "/v2/admin/{users}", create_department = "/v2/admin/{departments}" }}
"#
    )
}

fn parsed(text: &str) -> Chosen {
    toml::from_str(text).unwrap()
}

/// Every question with the answer at the place chosen for it.
fn chosen(choose: impl Fn(usize, &Assumption) -> usize) -> Chosen {
    let known = catalogue::assumptions().into_iter().enumerate();
    let chosen = known.map(|(number, known)| {
        let place = match known.id {
            RATE_LIMIT => 0,
            _ => choose(number, known),
        };
        (known.id.to_owned(), known.answers[place].id.to_owned())
    });
    chosen.collect()
}

/// Where an answer to one question leaves nothing to see of another: the hidden one, the answer that hides
/// it, and why. A scenario that finds a way to see it all the same takes its line away.
const HIDDEN: [(&str, (&str, &str), &str); 4] = [
    (
        "amili.creditor.number-sequence",
        ("amili.creditor.filled-fields", "none"),
        "creditors have no number then",
    ),
    (
        "amili.errors.details-text",
        ("amili.errors.shape", "framework"),
        "refusals have no details then",
    ),
    (
        "amili.payment.ambiguous-invoice-number",
        ("amili.case.duplicate-invoice-number", "refused"),
        "no two cases have one number then",
    ),
    (
        "ams.user.mail-otp-default",
        ("ams.user.required-fields", "every-field"),
        "a user who does not say is refused then",
    ),
];

/// On a mock with these answers the calibration finds them, but for those that the others hide.
#[track_caller]
fn check(choose: impl Fn(usize, &Assumption) -> usize) {
    let chosen = chosen(choose);
    let place = Place::with(&chosen);
    let calibrated = place.calibrates(&[]);
    let mut expected = chosen.clone();
    for (hidden, (by, answer), because) in HIDDEN {
        if chosen[by] == answer {
            expected.remove(hidden);
            let line = format!("\n# \"{hidden}\" = …  not observable: ");
            assert!(calibrated.text.contains(&line), "{hidden}: {because}");
        }
    }
    let found = parsed(&calibrated.text);
    let ids: BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
    let wrong = ids
        .into_iter()
        .filter(|id| expected.get(*id) != found.get(*id));
    let wrong: Vec<_> = wrong
        .map(|id| format!("{id}: {:?}, not {:?}", found.get(id), expected.get(id)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}\n{}", calibrated.told);
    // What a target keeps against the run's will is told as after any run, and no fault of its answers.
    let keeps = ["amili.delete.last-creditor", "amili.delete.with-cases"];
    let kept = keeps.iter().any(|id| chosen[*id] == "refused");
    assert_eq!(kept, calibrated.told.contains("NOT DELETED"));
    let status = if kept { FAILED } else { HELD };
    assert_eq!(calibrated.status, status, "{}", calibrated.told);
    check_mock(&calibrated.text, &chosen, &expected);
}

/// A mock that is started with the file gives those answers, and its defaults where the file says nothing.
#[track_caller]
fn check_mock(file: &str, chosen: &Chosen, seen: &Chosen) {
    let known = catalogue::assumptions();
    let answers = Answers::from_toml(&known, file).unwrap();
    let mock = started(answers);
    let told = Mock::at(mock.base_url()).ask(&Request::new("GET", "/_mock/assumptions", None));
    for entry in told.json()["assumptions"].as_array().unwrap() {
        let id = entry["id"].as_str().unwrap();
        let default = known.iter().find(|known| known.id == id).unwrap();
        let expected = match seen.contains_key(id) {
            true => &chosen[id],
            false => default.default_answer(),
        };
        assert_eq!(entry["answer"], expected, "{id}");
    }
}

/// The place of an answer, or of the last one where there are not so many.
fn nth(place: usize) -> impl Fn(usize, &Assumption) -> usize {
    move |_, assumption| place.min(assumption.answers.len() - 1)
}

#[test]
fn the_defaults_are_seen() {
    check(nth(0));
}

#[test]
fn the_second_answer_of_every_question_is_seen() {
    check(nth(1));
}

#[test]
fn the_third_answer_of_every_question_is_seen() {
    check(nth(2));
}

#[test]
fn the_fourth_answer_of_every_question_is_seen() {
    check(nth(3));
}

#[test]
fn the_last_answer_of_every_question_is_seen() {
    check(nth(usize::MAX));
}

#[test]
fn every_other_question_turned_leaves_those_between_as_they_are() {
    for turned in [0, 1] {
        check(|number, assumption| match number % 2 == turned {
            true => assumption.answers.len() - 1,
            false => 0,
        });
    }
}

/// A place whose target refuses to delete what does not exist in a way that nobody knows.
fn odd() -> Place {
    let mock = started(Answers::default());
    let proxy = Proxy::before(
        &mock,
        // This road carries no answer to HEAD; the client of one reads no body anyway.
        |request| {
            if request.method == "HEAD" {
                request.method = "GET".to_owned();
            }
        },
        |request, answer| {
            let nothing = request
                .path
                .ends_with("/creditors/ffffffffffffffffffffffff");
            if request.method == "DELETE" && nothing {
                *answer = Answer::new(418, &json!({ "no": "no" }));
            }
        },
    );
    let targets = targets(proxy.base_url(), "bearer", "users", "departments");
    Place {
        _mock: Some(mock),
        folder: holding(&targets),
    }
}

#[test]
fn an_answer_that_nobody_knows_is_a_comment_and_fails() {
    let calibrated = odd().calibrates(&[]);
    assert_eq!(calibrated.status, FAILED, "{}", calibrated.told);
    let exchange = "DELETE /creditors/ffffffffffffffffffffffff 418";
    let comment = format!("by amili/delete-unknown, 'delete what does not exist': {exchange}");
    assert!(calibrated.text.contains(&comment), "{}", calibrated.text);
    let line = "\n# \"amili.delete.unknown\" = …  known: 204, 404\n";
    assert!(calibrated.text.contains(line), "{}", calibrated.text);
    let told = "unknown answer     amili.delete.unknown\n";
    assert!(calibrated.told.contains(told), "{}", calibrated.told);
    assert!(
        calibrated
            .told
            .contains("127 of 128 questions answered, 1 with an unknown answer")
    );
    assert!(!parsed(&calibrated.text).contains_key("amili.delete.unknown"));
}

#[test]
fn each_line_tells_when_and_by_which_exchange() {
    let place = Place::with(&chosen(nth(0)));
    let file = place.folder.path().join("answers.toml");
    let calibrated = place.calibrates(&["--out", file.to_str().unwrap()]);
    assert_eq!((calibrated.status, &calibrated.text[..]), (HELD, ""));
    let text = std::fs::read_to_string(file).unwrap();
    let line = text
        .lines()
        .position(|line| line == "\"amili.list.over-limit\" = \"clamped\"");
    let comment = text.lines().nth(line.unwrap() - 1).unwrap();
    let (day, by) = comment.split_once(" by ").unwrap();
    let day = day.strip_prefix("# observed on ").unwrap();
    assert!(day.parse::<jiff::civil::Date>().is_ok(), "{day}");
    let exchange = "GET /access--groups?max_results=101 200";
    assert_eq!(
        by,
        format!("amili/over-limit, 'ask for a page of 101': {exchange}")
    );
}

#[test]
fn questions_about_an_api_that_the_target_lacks_are_comments() {
    let mut place = Place::with(&chosen(nth(0)));
    let path = place.folder.path().join("targets.toml");
    let both = std::fs::read_to_string(path).unwrap();
    place.folder = holding(&both[both.find("[there.ams]").unwrap()..]);
    let calibrated = place.calibrates(&[]);
    assert_eq!(calibrated.status, HELD, "{}", calibrated.told);
    assert!(
        parsed(&calibrated.text)
            .keys()
            .all(|id| id.starts_with("ams."))
    );
    let line = "# \"amili.write.bulk\" = …  not observable: the targets file has no [there.amili]";
    assert!(calibrated.text.contains(line), "{}", calibrated.text);
}

#[test]
fn a_target_that_is_not_there_leaves_the_file_as_it_was() {
    let targets = targets("http://127.0.0.1:1", "bearer", "users", "departments");
    let place = Place {
        _mock: None,
        folder: holding(&targets),
    };
    let file = place.folder.path().join("answers.toml");
    std::fs::write(&file, "# as it was\n").unwrap();
    let calibrated = place.calibrates(&["--out", file.to_str().unwrap()]);
    assert_eq!(calibrated.status, UNREACHABLE, "{}", calibrated.told);
    assert_eq!(std::fs::read_to_string(file).unwrap(), "# as it was\n");
}

#[test]
fn a_file_that_cannot_be_written_is_known_before_anything_is_asked() {
    let targets = targets("http://127.0.0.1:1", "bearer", "users", "departments");
    let place = Place {
        _mock: None,
        folder: holding(&targets),
    };
    let calibrated = place.calibrates(&["--out", "no/such/folder.toml"]);
    assert_eq!(calibrated.status, BAD_USAGE, "{}", calibrated.told);
    assert_eq!(calibrated.told.lines().count(), 1, "{}", calibrated.told);
}

#[test]
fn limits_that_are_enforced_are_seen() {
    let mut answers = Answers::default();
    answers
        .choose(&catalogue::assumptions(), RATE_LIMIT, "on")
        .unwrap();
    let mock = started(answers);
    let targets = targets(mock.base_url(), "bearer", "users", "departments");
    let token = |name: &str| match name {
        "CALIBRATED_AMILI" => Some("amili-api-user".to_owned()),
        _ => Some("ams-manager".to_owned()),
    };
    let target = Target::described("there", &targets, &token).unwrap();
    let run = Run {
        id: "limits",
        target: &target,
        planning: false,
    };
    let scenarios = all();
    let asks = scenarios
        .iter()
        .find(|known| known.asks() && known.proves == [RATE_LIMIT]);
    let performed = run.one(1, asks.unwrap());
    let seen = matches!(performed.verdict, Verdict::Answered { answer: "on" });
    assert!(seen, "{:#?}", performed.verdict);
}
