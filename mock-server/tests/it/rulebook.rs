//! The rulebooks: every rule is cited to the letter, well named, and seen to decide an answer.

mod authentication;
mod cases;
mod requests;

use std::collections::BTreeSet;

use mock_server::{Rule, catalogue};

use self::requests::{Breaking, REFUSALS, shape_answers};
use crate::guide::page;
use crate::harness::{Mock, list};

fn refusals() -> impl Iterator<Item = &'static (&'static str, Breaking)> {
    REFUSALS
        .iter()
        .chain(authentication::REFUSALS)
        .chain(cases::REFUSALS)
}

#[test]
fn every_quote_stands_in_its_document() {
    // Not even blanks count: the texts have lost some of those beside words in code type, "mail_otpto1to enable".
    let letters = |text: &str| text.split_whitespace().collect::<String>();
    let stands = |rule: &Rule| {
        !rule.quote.is_empty() && letters(&page(rule.page)).contains(&letters(rule.quote))
    };
    let rules = catalogue::rules();
    let unfounded: Vec<_> = rules
        .iter()
        .filter(|rule| !stands(rule))
        .map(|rule| (rule.id, rule.quote))
        .collect();
    assert!(unfounded.is_empty(), "not in the document: {unfounded:#?}");
}

#[test]
fn ids_are_unique_and_name_api_subject_and_rule() {
    let mut seen = BTreeSet::new();
    let known = catalogue::assumptions();
    let ids = catalogue::rules()
        .into_iter()
        .map(|rule| rule.id)
        .chain(known.iter().map(|question| question.id));
    for id in ids {
        assert!(seen.insert(id), "{id} stands twice");
        let parts: Vec<&str> = id.split('.').collect();
        assert_eq!(parts.len(), 3, "{id}");
        assert!(["amili", "ams"].contains(&parts[0]), "{id}");
        for part in parts {
            let plain = part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
            assert!(
                plain && part.starts_with(|first: char| first.is_ascii_lowercase()),
                "{id}"
            );
        }
    }
}

#[test]
fn rules_are_sentences_and_refuse_with_a_status_of_a_refusal() {
    for rule in catalogue::rules() {
        assert!(rule.text.ends_with('.'), "{}", rule.id);
        assert_eq!(rule.api(), rule.id.split('.').next().unwrap());
        if let Some(refused) = rule.refused_as {
            assert!(
                (400..500).contains(&refused.status) && !refused.error.is_empty(),
                "{}",
                rule.id
            );
        }
    }
}

#[test]
fn every_rule_that_refuses_has_a_request_that_it_refuses() {
    let refusing = catalogue::rules()
        .into_iter()
        .filter(|rule| rule.refused_as.is_some());
    let refusing: BTreeSet<&str> = refusing.map(|rule| rule.id).collect();
    let rows: BTreeSet<&str> = refusals().map(|(id, _)| *id).collect();
    let without: Vec<_> = refusing.difference(&rows).collect();
    let gone: Vec<_> = rows.difference(&refusing).collect();
    assert!(
        without.is_empty() && gone.is_empty(),
        "without a row: {without:#?}\nno longer refusing: {gone:#?}"
    );
}

/// The words of an error that stand for something of the request.
fn fixed_words(error: &str) -> &str {
    error.split('<').next().unwrap_or(error)
}

#[test]
fn each_rule_refuses_with_its_status_its_error_and_its_name() {
    for rule in catalogue::rules() {
        let Some(refused) = rule.refused_as else {
            continue;
        };
        for (_, request) in refusals().filter(|(id, _)| *id == rule.id) {
            let mock = requests::world();
            let answer = request(&mock);
            let told = (answer.status, answer.rule());
            assert_eq!(
                told,
                (refused.status, Some(rule.id)),
                "{}: {}",
                rule.id,
                answer.text()
            );
            let error = fixed_words(refused.error);
            assert!(
                answer.text().contains(error),
                "{}: no '{error}' in {}",
                rule.id,
                answer.text()
            );
        }
    }
}

#[test]
fn every_rule_that_shapes_answers_is_noted_when_it_does() {
    let mock = Mock::start();
    shape_answers(&mock);
    cases::shape_answers(&mock);
    let listed = mock.anybody().get("/_mock/rules").expect(200).json();
    let shaping = catalogue::rules()
        .into_iter()
        .filter(|rule| rule.refused_as.is_none());
    let decided = |id: &str| {
        list(&listed, "/rules")
            .iter()
            .any(|rule| rule["id"] == id && rule["decided"] != 0)
    };
    let unseen: Vec<_> = shaping
        .map(|rule| rule.id)
        .filter(|id| !decided(id))
        .collect();
    assert!(unseen.is_empty(), "never noted: {unseen:#?}");
}
