//! Each answer to each undocumented question, put in force, does what it says.

mod amili;
mod amili_authentication;
mod amili_cases;
mod amili_creditors;
mod amili_protocol;
mod amili_references;
mod amili_requests;
mod amili_writes;
mod ams;
mod ams_assignments;
mod ams_records;
mod ams_requests;

use std::collections::BTreeSet;

use mock_server::catalogue;

use crate::harness::{Answer, Mock};

/// Under this answer, a request is answered so. The check gives back the answer that the assumption decided.
pub(crate) struct Row {
    id: &'static str,
    answer: &'static str,
    check: fn(&Mock) -> Answer,
}

pub(crate) const fn row(id: &'static str, answer: &'static str, check: fn(&Mock) -> Answer) -> Row {
    Row { id, answer, check }
}

/// Each row holds, and the answer that the assumption decided names it.
#[track_caller]
fn check(rows: &[Row]) {
    let mut unnamed = Vec::new();
    for Row { id, answer, check } in rows {
        eprintln!("{id} = {answer}");
        let decided = check(&Mock::assuming(id, answer));
        if !decided.all("x-mock-assumption").contains(id) {
            unnamed.push((id, answer));
        }
    }
    assert!(
        unnamed.is_empty(),
        "decided an answer that does not name them: {unnamed:#?}"
    );
}

#[test]
fn each_answer_about_amili_does_what_it_says() {
    check(amili::ROWS);
    check(amili_authentication::ROWS);
    check(amili_cases::ROWS);
    check(amili_creditors::ROWS);
    check(amili_protocol::ROWS);
    check(amili_references::ROWS);
    check(amili_requests::ROWS);
    check(amili_writes::ROWS);
}

#[test]
fn each_answer_about_ams_does_what_it_says() {
    check(ams::ROWS);
    check(ams_assignments::ROWS);
    check(ams_records::ROWS);
    check(ams_requests::ROWS);
}

#[test]
fn every_answer_to_every_question_is_tried() {
    let tried = amili::ROWS
        .iter()
        .chain(amili_authentication::ROWS)
        .chain(amili_cases::ROWS)
        .chain(amili_creditors::ROWS)
        .chain(amili_protocol::ROWS)
        .chain(amili_references::ROWS)
        .chain(amili_requests::ROWS)
        .chain(amili_writes::ROWS)
        .chain(ams::ROWS)
        .chain(ams_assignments::ROWS)
        .chain(ams_records::ROWS)
        .chain(ams_requests::ROWS)
        .map(|row| (row.id, row.answer))
        .collect::<BTreeSet<_>>();
    let known = catalogue::assumptions();
    let known = known.iter().flat_map(|question| {
        question
            .answers
            .iter()
            .map(|answer| (question.id, answer.id))
    });
    let known = known.collect::<BTreeSet<_>>();
    let untried: Vec<_> = known.difference(&tried).collect();
    let unknown: Vec<_> = tried.difference(&known).collect();
    assert!(
        untried.is_empty() && unknown.is_empty(),
        "without a row: {untried:#?}\nno longer there: {unknown:#?}"
    );
}

#[test]
fn questions_are_named_once_and_have_several_answers_each_named_once() {
    let questions = catalogue::assumptions();
    let ids: BTreeSet<&str> = questions.iter().map(|question| question.id).collect();
    assert_eq!(ids.len(), questions.len());
    for question in questions {
        let answers: BTreeSet<&str> = question.answers.iter().map(|answer| answer.id).collect();
        assert!(
            answers.len() > 1 && answers.len() == question.answers.len(),
            "{}",
            question.id
        );
        assert_eq!(question.default_answer(), question.answers[0].id);
        assert!(["amili", "ams"].contains(&question.api()));
        assert!(
            question
                .framework
                .is_none_or(|place| place < question.answers.len())
        );
        assert!(question.question.ends_with('?'));
    }
}
