//! `calibrate`: from a mock that answers every open question otherwise it brings those answers back.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use contract_tests::cli::HELD;
use mock_server::{Answers, Assumption, Clock, MockServer, Options, catalogue};
use tempfile::TempDir;

/// On a standing clock the limits stop the run: it is asked alone.
const RATE_LIMIT: &str = "amili.rate-limit.enforced";

/// The answer to each question, by id.
type Chosen = BTreeMap<String, String>;

/// A mock with these answers, and a targets file that names it.
struct Place {
    mock: MockServer,
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
        let mock = MockServer::with(Options {
            answers: answers.clone(),
            clock: Clock::standing(),
            ..Options::default()
        });
        let mock = mock.unwrap();
        let folder = TempDir::new().unwrap();
        let targets = targets(mock.base_url(), place, users, departments);
        std::fs::write(folder.path().join("targets.toml"), targets).unwrap();
        Self { mock, folder }
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
    assert_eq!(calibrated.status, HELD, "{}", calibrated.told);
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
