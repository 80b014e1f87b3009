//! What a PATCH makes of a stored document.

use super::super::{merge, text};
use super::document;

#[track_caller]
fn check(stored: &str, changes: &str, expected: &str) {
    let merged = merge::merged(&document(stored), document(changes));
    assert_eq!(
        merged.map(|document| text::document(&document)),
        Ok(expected.to_owned())
    );
}

#[test]
fn objects_merge_at_every_depth_and_lists_replace() {
    check(
        r#"{"a": {"b": {"c": 1, "d": 2}, "l": [1, 2]}}"#,
        r#"{"a": {"b": {"d": 3, "e": 4}, "l": [5]}}"#,
        r#"{"a": {"b": {"c": 1, "d": 3, "e": 4}, "l": [5]}}"#,
    );
    check(r#"{"a": {"b": 1}}"#, r#"{"a": {}}"#, r#"{"a": {"b": 1}}"#);
}

#[test]
fn new_fields_come_behind_the_tag_in_alphabetical_order() {
    check(
        r#"{"_id": 1, "name": "a", "_etag": "x"}"#,
        r#"{"z": 1, "name": "b", "is_active": false}"#,
        r#"{"_id": 1, "name": "b", "_etag": "x", "is_active": false, "z": 1}"#,
    );
}

#[test]
fn null_gives_way_to_an_object_and_a_plain_value_does_not() {
    check(r#"{"a": null}"#, r#"{"a": {"b": 1}}"#, r#"{"a": {"b": 1}}"#);
    check(r#"{"a": {"b": 1}}"#, r#"{"a": null}"#, r#"{"a": null}"#);
    let refused = merge::merged(
        &document(r#"{"a": {"b": 5}}"#),
        document(r#"{"a": {"b": {}}}"#),
    );
    assert_eq!(
        refused.map_err(|refused| refused.path),
        Err("a.b".to_owned())
    );
}
