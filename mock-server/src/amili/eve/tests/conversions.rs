//! What is made of a body before it is checked.

use super::super::schema::{Field, Kind, Literal};
use super::super::{normalise, text};
use super::document;

const ENTRY: &[Field] = &[Field::id("group"), Field::integer("count").default_int(3)];
const SCHEMA: &[Field] = &[
    Field::boolean("truth").default_bool(false),
    Field::integer("whole"),
    Field::float("float"),
    Field::number("number"),
    Field::id("id"),
    Field::date("date"),
    Field::text("text"),
    Field::object("inner", ENTRY),
    Field::list("entries", &Field::each(Kind::Object(ENTRY))),
    Field::list("wholes", &Field::each(Kind::Integer)),
    Field::object_of("keyed", &Field::each(Kind::Object(ENTRY))),
    Field::free_object("free").default_value(Literal::Object(&[("k", Literal::EmptyList)])),
];

#[track_caller]
fn check(body: &str, expected: &str) {
    let mut converted = document(body);
    normalise::convert(&mut converted, SCHEMA);
    assert_eq!(text::document(&converted), expected, "{body}");
}

#[track_caller]
fn stays(field: &str, values: &[&str]) {
    for value in values {
        let body = format!("{{\"{field}\": {value}}}");
        check(&body, &body);
    }
}

#[test]
fn truths_are_read_from_words_and_digits() {
    for truth in ["true", "\"TRUE\"", "\"1\"", "1"] {
        check(&format!("{{\"truth\": {truth}}}"), r#"{"truth": true}"#);
    }
    check(r#"{"truth": "False"}"#, r#"{"truth": false}"#);
    stays("truth", &["\"yes\"", "2", "1.0", "\"\"", "null"]);
}

#[test]
fn numbers_are_read_as_python_reads_them() {
    check(r#"{"whole": "5"}"#, r#"{"whole": 5}"#);
    check(r#"{"whole": " -1_0 "}"#, r#"{"whole": -10}"#);
    check(r#"{"whole": 5.7}"#, r#"{"whole": 5}"#);
    check(r#"{"whole": true}"#, r#"{"whole": 1}"#);
    check(r#"{"float": "1.5"}"#, r#"{"float": 1.5}"#);
    check(r#"{"float": 1}"#, r#"{"float": 1.0}"#);
    check(r#"{"number": "1.5"}"#, r#"{"number": 1.5}"#);
    check(r#"{"number": 1}"#, r#"{"number": 1}"#);
    stays(
        "whole",
        &[
            "\"x\"",
            "[5]",
            "\"1.0\"",
            "\"99999999999999999999\"",
            "\"1__0\"",
        ],
    );
    stays("float", &["\"x\"", "\"inf\"", "\"nan\""]);
    stays("number", &["\"x\"", "true"]);
}

#[test]
fn ids_are_stored_in_lower_case_and_emptiness_is_null() {
    check(
        r#"{"id": "6662FB1DF4D1EAF404CB08DE"}"#,
        r#"{"id": "6662fb1df4d1eaf404cb08de"}"#,
    );
    check(r#"{"id": ""}"#, r#"{"id": null}"#);
    check(r#"{"date": ""}"#, r#"{"date": null}"#);
    stays("id", &["\"abc\"", "5"]);
}

#[test]
fn a_dates_weekday_is_put_right() {
    check(
        r#"{"date": "Mon, 11 Nov 2025 12:22:34 GMT"}"#,
        r#"{"date": "Tue, 11 Nov 2025 12:22:34 GMT"}"#,
    );
    stays(
        "date",
        &[
            "\"2025-11-11T12:22:34Z\"",
            "\"Tue, 11 Nov 2025 12:22:34 UTC\"",
        ],
    );
}

#[test]
fn texts_are_never_made_of_other_values() {
    stays("text", &["5", "true", "[]"]);
}

#[test]
fn conversions_reach_into_objects_and_lists_with_a_schema_only() {
    check(r#"{"inner": {"count": "5"}}"#, r#"{"inner": {"count": 5}}"#);
    check(
        r#"{"entries": [{"count": "5"}, 7]}"#,
        r#"{"entries": [{"count": 5}, 7]}"#,
    );
    check(
        r#"{"wholes": ["1", 2.9, "x", null]}"#,
        r#"{"wholes": [1, 2, "x", null]}"#,
    );
    check(
        r#"{"keyed": {"sek": {"count": "5"}}}"#,
        r#"{"keyed": {"sek": {"count": 5}}}"#,
    );
    check(r#"{"free": {"count": "5"}}"#, r#"{"free": {"count": "5"}}"#);
}

#[test]
fn dotted_keys_are_unfolded_at_every_depth() {
    check(
        r#"{"inner.count": "5", "text": "x"}"#,
        r#"{"text": "x", "inner": {"count": 5}}"#,
    );
    check(
        r#"{"free": {"a.b": 1, "l": [{"c.d": 2}]}, "free.a.e": 3}"#,
        r#"{"free": {"l": [{"c": {"d": 2}}], "a": {"b": 1, "e": 3}}}"#,
    );
}

/// The framework catches the error and goes on with what it has converted so far.
#[test]
fn a_value_that_cannot_be_walked_over_ends_all_conversions() {
    let body = r#"{"whole": "1", "entries": 5, "truth": "true"}"#;
    check(body, r#"{"whole": 1, "entries": 5, "truth": "true"}"#);
    check(
        r#"{"text": 5, "text.x": 1, "whole": "1"}"#,
        r#"{"text": 5, "text.x": 1, "whole": "1"}"#,
    );
}

#[test]
fn defaults_come_last_and_reach_into_what_was_sent() {
    let mut filled = document(r#"{"inner": {}, "entries": [{}]}"#);
    normalise::fill_defaults(&mut filled, SCHEMA, None);
    let expected =
        r#"{"inner": {"count": 3}, "entries": [{"count": 3}], "truth": false, "free": {"k": []}}"#;
    assert_eq!(text::document(&filled), expected);
}

#[test]
fn a_patch_fills_top_level_gaps_of_the_stored_document_only() {
    let stored = document(r#"{"truth": true, "inner": {"count": 5}}"#);
    let mut filled = document(r#"{"inner": {}}"#);
    normalise::fill_defaults(&mut filled, SCHEMA, Some(&stored));
    assert_eq!(
        text::document(&filled),
        r#"{"inner": {"count": 3}, "free": {"k": []}}"#
    );
}
