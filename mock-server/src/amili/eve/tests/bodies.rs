//! Request bodies.

use bson::{Bson, Document, doc};
use serde_json::{Value, json};

use super::super::body::{self, NotADocument, Posted};
use super::super::text;

fn in_json(document: &Document) -> Value {
    serde_json::from_str(&text::document(document)).unwrap()
}

/// What a POST of this text is: the documents, or the messages about what is none.
fn posted(text: &str) -> Value {
    let shown = |document: Result<Document, NotADocument>| match document {
        Ok(members) => in_json(&members),
        Err(NotADocument(message)) => Value::String(message),
    };
    match body::read(text.as_bytes()).and_then(body::posted) {
        Err(_) => json!("malformed"),
        Ok(Posted::Empty) => json!("empty"),
        Ok(Posted::Single(document)) => shown(document),
        Ok(Posted::Bulk(documents)) => documents.into_iter().map(shown).collect(),
    }
}

#[track_caller]
fn check(text: &str, expected: Value) {
    assert_eq!(posted(text), expected, "{text}");
}

#[test]
fn one_object_is_one_document_and_so_is_a_list_of_one() {
    check(r#"{"name": "a"}"#, json!({"name": "a"}));
    check(r#"[{"name": "a"}]"#, json!({"name": "a"}));
    check("{}", json!({}));
}

#[test]
fn what_python_holds_for_false_is_an_empty_list() {
    for text in ["null", "0", "0.0", "false", "\"\"", "[]"] {
        check(text, json!("empty"));
    }
}

#[test]
fn a_bare_number_or_true_is_malformed() {
    for text in ["5", "-1.5", "true"] {
        check(text, json!("malformed"));
    }
}

#[test]
fn elements_that_are_no_objects_are_named_as_python_prints_them() {
    check(
        r#"[1, null, true, [1, "a'b"], 1.0, {"k": null}]"#,
        json!([
            "'1' is not a document, must be a dict",
            "document is missing",
            "'True' is not a document, must be a dict",
            "'[1, \"a'b\"]' is not a document, must be a dict",
            "'1.0' is not a document, must be a dict",
            {"k": null}
        ]),
    );
}

#[test]
fn a_text_is_the_list_of_its_letters() {
    check(
        "\"ab\"",
        json!([
            "'a' is not a document, must be a dict",
            "'b' is not a document, must be a dict"
        ]),
    );
}

#[test]
fn a_text_that_holds_json_is_decoded_once_more() {
    check(
        r#"["{\"name\": \"a\"}", "null"]"#,
        json!([{"name": "a"}, "document is missing"]),
    );
}

#[test]
fn of_repeated_keys_the_last_counts_at_the_first_place() {
    let read = body::read(br#"{"a": 1, "b": 2, "a": 3}"#);
    let read = read.map(|value| text::value(&value));
    assert_eq!(read, Ok(r#"{"a": 3, "b": 2}"#.to_owned()));
}

#[test]
fn numbers_are_what_the_database_holds() {
    let read = body::read(b"[1, -2147483649, 1.0, 1e2, -0, -0.5]");
    let expected = [
        Bson::Int32(1),
        Bson::Int64(-2_147_483_649),
        Bson::Double(1.0),
        Bson::Double(100.0),
        Bson::Double(-0.0),
        Bson::Double(-0.5),
    ];
    assert_eq!(read, Ok(Bson::Array(expected.to_vec())));
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    check("\u{feff}{}", json!({}));
}

#[test]
fn what_the_database_cannot_hold_is_malformed() {
    for text in [
        "",
        "{",
        "{\"a\": 1,}",
        "{\"a\": NaN}",
        "{\"a\": 1e999}",
        "{\"a\": 9223372036854775808}",
        "{\"a\": [-9223372036854775809]}",
        "{\"a\\u0000\": 1}",
        "{\"a\": \"\\ud800\"}",
    ] {
        check(text, json!("malformed"));
    }
    check(
        r#"{"99999999999999999999": 9223372036854775807, "s": "\"99999999999999999999"}"#,
        json!({"99999999999999999999": 9_223_372_036_854_775_807_i64, "s": "\"99999999999999999999"}),
    );
}

#[test]
fn depth_is_bounded_in_brackets_and_in_dotted_keys() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let dotted = |dots: usize| format!("{{\"a{}\": 1}}", ".a".repeat(dots));
    assert!(body::read(nested(body::DEEPEST).as_bytes()).is_ok());
    assert!(body::read(nested(body::DEEPEST + 2).as_bytes()).is_err());
    assert!(body::read(dotted(body::DEEPEST - 1).as_bytes()).is_ok());
    assert!(body::read(dotted(body::DEEPEST).as_bytes()).is_err());
}

#[test]
fn a_form_holds_texts_and_repeated_fields_are_lists() {
    let pairs = [("a", "1"), ("b", "x"), ("a", "2"), ("a", "3")];
    let form = body::form(pairs.map(|(key, text)| (key.to_owned(), text.to_owned())));
    assert_eq!(form, Some(doc! { "a": ["1", "2", "3"], "b": "x" }));
    assert_eq!(body::form([]), None);
}
