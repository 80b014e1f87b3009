//! What a projection leaves of a document.

use super::super::projection::Projection;
use super::super::query_error::QueryError;
use super::super::schema::Field;
use super::super::text;
use super::document;

const SCHEMA: &[Field] = &[
    Field::text("name"),
    Field::id("account"),
    Field::free_object("address"),
    Field::free_list("entries"),
];

const STORED: &str = r#"{"_id": 1, "name": "a", "account": "x", "address": {"city": "L", "zip": "1"}, "entries": [{"g": 1, "h": 2}, 5], "_updated": 2, "_created": 3, "_etag": "e", "computed": "c"}"#;

/// Compares what is left beside the four fields that always come.
#[track_caller]
fn check(projection: &str, expected: &str) {
    let parsed = Projection::parse(projection).unwrap_or_else(|error| panic!("{error}"));
    let mut shown = parsed.apply(&document(STORED), SCHEMA);
    for always in ["_id", "_updated", "_created", "_etag"] {
        assert!(
            shown.remove(always).is_some(),
            "{projection} hides {always}"
        );
    }
    assert_eq!(text::document(&shown), expected, "{projection}");
}

#[test]
fn a_one_shows_only_what_has_a_true_value() {
    check(
        r#"{"account": 1, "name": true}"#,
        r#"{"name": "a", "account": "x"}"#,
    );
    check(r#"{"name": 1.0}"#, r#"{"name": "a"}"#);
    check(r#"{"name": 1, "account": 0}"#, r#"{"name": "a"}"#);
    check(r#"{"nothing": 1}"#, "{}");
    check(r#"{"computed": 1}"#, "{}");
}

#[test]
fn without_a_one_only_false_values_hide() {
    let all = r#"{"name": "a", "account": "x", "address": {"city": "L", "zip": "1"}, "entries": [{"g": 1, "h": 2}, 5], "computed": "c"}"#;
    for everything in [
        "",
        "{}",
        r#"{"name": 2}"#,
        r#"{"address.city": 0}"#,
        r#"{"_id": 0}"#,
    ] {
        check(everything, all);
    }
    check(
        r#"{"address": 0, "entries": false, "account": null}"#,
        r#"{"name": "a", "computed": "c"}"#,
    );
}

#[test]
fn dotted_names_show_parts_of_objects_and_of_arrays() {
    check(r#"{"address.city": 1}"#, r#"{"address": {"city": "L"}}"#);
    check(r#"{"address.nothing": 1}"#, r#"{"address": {}}"#);
    check(r#"{"entries.g": 1}"#, r#"{"entries": [{"g": 1}]}"#);
    check(r#"{"name.x": 1}"#, "{}");
}

#[test]
fn what_is_no_object_is_refused_and_so_is_a_path_beside_its_parent() {
    for text in [
        "[]",
        "[\"name\"]",
        "1",
        "\"name\"",
        "null",
        "name",
        "{'name': 1}",
        r#"{"address": 1, "address.city": 1}"#,
        r#"{"name": {"$foo": 1}}"#,
    ] {
        assert!(
            matches!(Projection::parse(text), Err(QueryError::Malformed(_))),
            "{text}"
        );
    }
}

#[test]
fn operators_of_the_database_are_named_as_missing() {
    let refused = Projection::parse(r#"{"entries": {"$slice": 1}}"#);
    assert!(matches!(refused, Err(QueryError::Unmodelled(name)) if name.contains("$slice")));
}
