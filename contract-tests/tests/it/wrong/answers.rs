//! Open questions: whatever a right server answers to them, nothing is called broken; and a server that
//! answers otherwise than it says is found out.

use std::sync::Arc;

use contract_tests::{Verdict, all};
use mock_server::{Answers, catalogue};
use serde_json::json;

use super::make::{altering, without};
use super::server::Wrong;
use super::stage::{Sight, Stage};

/// What a targets file tells where the answer is another than the usual one, and what the stage does not.
const TOLD_BY_THE_FILE: [&str; 1] = ["ams.auth.token-place"];

/// Limits that a test of many scenarios in a second must meet, whatever is right.
const NOT_FOR_HASTE: [&str; 1] = ["amili.rate-limit.enforced"];

#[test]
fn no_answer_to_an_open_question_is_called_broken() {
    let known = catalogue::assumptions();
    let mut answers = Answers::default();
    for assumption in &known {
        let last = assumption.answers.last().unwrap();
        let apart = TOLD_BY_THE_FILE.iter().chain(&NOT_FOR_HASTE);
        if !apart.clone().any(|id| *id == assumption.id) {
            answers.choose(&known, assumption.id, last.id).unwrap();
        }
    }
    let stage = Stage::under(&answers);
    let mut wrong = Vec::new();
    for scenario in all() {
        let verdict = stage.play(None, scenario, Sight::Wire).performed.verdict;
        if ["broken", "instrument failed"].contains(&verdict.name()) {
            wrong.push(format!("{}: {verdict:?}", scenario.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A server that answers a question otherwise, and what its scenario says then: an answer, or none that is
/// known. In front of a mock, which says what it does, that is a contradiction besides.
#[track_caller]
fn check(wrong: Wrong, expected: Option<&str>) {
    let (stage, wrong) = (Stage::new(), Arc::new(wrong));
    let scenarios = all();
    let asking = scenarios
        .iter()
        .find(|scenario| scenario.asks() && scenario.proves.contains(&wrong.rule));
    for sight in [Sight::Wire, Sight::Control] {
        let performed = stage
            .play(Some(Arc::clone(&wrong)), asking.unwrap(), sight)
            .performed;
        match (&performed.verdict, expected) {
            (Verdict::Answered { answer }, Some(expected)) => assert_eq!(*answer, expected),
            (Verdict::UnknownAnswer(_), None) => {}
            (verdict, _) => panic!("{wrong}: {verdict:#?}"),
        }
        assert_eq!(performed.contradiction.is_some(), sight == Sight::Control);
    }
}

fn status(assumption: &'static str, from: u16, to: u16) -> Wrong {
    Wrong::new(assumption, "status", move |talk| {
        let mut answer = talk.forward();
        if answer.status == from {
            answer.status = to;
        }
        answer
    })
}

#[test]
fn a_server_that_answers_otherwise_is_taken_at_its_word() {
    check(status("amili.delete.unknown", 204, 404), Some("404"));
    check(status("ams.errors.not-found-status", 404, 422), Some("422"));
    check(
        status("ams.errors.permission-status", 403, 400),
        Some("400"),
    );
    let documented = Wrong::new("amili.errors.shape", "no _issues", |talk| {
        let mut answer = talk.forward();
        if answer.status == 422 {
            altering(talk, &mut answer, |body| without(body, "_issues"));
        }
        answer
    });
    check(documented, Some("documented"));
    let wrapped = Wrong::new("ams.answer.wrapper", "data", |talk| {
        let mut answer = talk.forward();
        if answer.succeeded() {
            altering(talk, &mut answer, |body| {
                *body = json!({ "data": body.take() })
            });
        }
        answer
    });
    check(wrapped, Some("data"));
}

#[test]
fn an_answer_that_the_catalogue_does_not_know_is_never_called_broken() {
    check(status("amili.delete.unknown", 204, 410), None);
    check(status("ams.errors.not-found-status", 404, 409), None);
    check(status("amili.list.over-limit", 200, 413), None);
    let shapeless = Wrong::new("amili.errors.shape", "nowhere", |talk| {
        let mut answer = talk.forward();
        if answer.status == 422 {
            altering(talk, &mut answer, |body| {
                *body = json!({ "_status": "ERR" })
            });
        }
        answer
    });
    check(shapeless, None);
}
