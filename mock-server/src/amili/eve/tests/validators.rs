//! Conditional headers.

use bson::DateTime;

use super::super::conditional::{self, Precondition, UnreadableDate};
use super::super::dates;

const ETAG: &str = "39c40791437933805445eea9f5853c843fa7cb90";

#[track_caller]
fn check(header: Option<&str>, expected: Precondition) {
    assert_eq!(conditional::if_match(header, ETAG), expected, "{header:?}");
}

#[test]
fn a_tag_is_taken_bare_quoted_or_weak() {
    check(Some(ETAG), Precondition::Holds);
    check(Some(&format!("\"{ETAG}\"")), Precondition::Holds);
    check(Some(&format!("W/\"{ETAG}\"")), Precondition::Holds);
}

#[test]
fn stars_lists_and_other_tags_differ() {
    for header in [
        "*",
        "x",
        &format!("\"{ETAG}\", \"x\""),
        &format!("W/{ETAG}"),
    ] {
        check(Some(header), Precondition::Differs);
    }
}

#[test]
fn an_empty_tag_is_no_tag() {
    for header in [None, Some(""), Some("\"\"")] {
        check(header, Precondition::Missing);
    }
}

fn updated() -> DateTime {
    dates::parse("Sat, 21 Nov 2026 16:44:39 GMT").unwrap()
}

#[track_caller]
fn not_modified(tag: Option<&str>, since: Option<&str>) -> Result<bool, UnreadableDate> {
    conditional::not_modified(tag, since, ETAG, updated())
}

#[test]
fn a_date_is_compared_one_second_later() {
    let at = |second: u8| format!("Sat, 21 Nov 2026 16:44:{second} GMT");
    assert_eq!(not_modified(None, Some(&at(39))), Ok(true));
    assert_eq!(not_modified(None, Some(&at(38))), Ok(true));
    assert_eq!(not_modified(None, Some(&at(37))), Ok(false));
    assert_eq!(not_modified(None, Some("")), Ok(false));
    assert_eq!(not_modified(None, Some("2026-11-21")), Err(UnreadableDate));
}

#[test]
fn everything_sent_must_say_unchanged() {
    let before = Some("Sat, 21 Nov 2026 16:44:30 GMT");
    let after = Some("Sat, 21 Nov 2026 16:44:50 GMT");
    assert_eq!(not_modified(None, None), Ok(false));
    assert_eq!(not_modified(Some(ETAG), None), Ok(true));
    assert_eq!(not_modified(Some("*"), None), Ok(false));
    assert_eq!(not_modified(Some(ETAG), after), Ok(true));
    assert_eq!(not_modified(Some(ETAG), before), Ok(false));
    assert_eq!(not_modified(Some("x"), after), Ok(false));
}
