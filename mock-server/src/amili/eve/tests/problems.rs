//! The two forms in which problems are shown.

use super::super::issues::Issues;
use super::super::text;

#[track_caller]
fn check(problems: &[(&str, &str)], nested: &str, flat: &str) {
    let mut issues = Issues::new();
    for (path, message) in problems {
        issues.add(path, *message);
    }
    assert_eq!(text::document(&issues.to_document()), nested);
    assert_eq!(text::document(&issues.to_details()), flat);
}

#[test]
fn one_problem_is_a_text_and_several_are_a_list() {
    check(
        &[("name", "required field"), ("b", "one"), ("b", "two")],
        r#"{"b": ["one", "two"], "name": "required field"}"#,
        r#"{"b": "one; two", "name": "required field"}"#,
    );
}

#[test]
fn nested_fields_nest_and_indexes_sort_as_numbers() {
    check(
        &[
            ("l.10.g", "ten"),
            ("l.9.g", "nine"),
            ("a.c", "required field"),
        ],
        r#"{"a": {"c": "required field"}, "l": {"9": {"g": "nine"}, "10": {"g": "ten"}}}"#,
        r#"{"a.c": "required field", "l.9.g": "nine", "l.10.g": "ten"}"#,
    );
}

#[test]
fn a_fields_own_problem_stands_before_those_below_it() {
    check(
        &[("l.0", "below"), ("l", "max length is 4")],
        r#"{"l": ["max length is 4", {"0": "below"}]}"#,
        r#"{"l": "max length is 4", "l.0": "below"}"#,
    );
}

#[test]
fn a_place_is_known_to_have_problems_at_it_or_below() {
    let mut issues = Issues::new();
    assert!(issues.is_empty());
    issues.add("a.0.b", "x");
    assert!(!issues.is_empty() && issues.has("a") && issues.has("a.0.b") && !issues.has("a.1"));
}
