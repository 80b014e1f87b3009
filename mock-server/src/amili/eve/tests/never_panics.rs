//! Properties: any text is answered, and what is written reads back.

use bson::Bson;
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::super::{Filter, Paging, Projection, Sort, body, etag, normalise, text};

/// JSON whose floats are exact in any decimal reader.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|eighths| Value::from(f64::from(eighths) / 8.0)),
        "\\PC{0,6}".prop_map(Value::String),
        Just(Value::String("6662fb1df4d1eaf404cb08de".to_owned())),
    ];
    leaf.prop_recursive(5, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            members(inner).prop_map(Value::Object),
        ]
    })
}

fn members(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    let key = prop_oneof![
        "[a-z.]{1,4}",
        prop::sample::select(vec![
            "$and",
            "$or",
            "$nor",
            "$not",
            "$in",
            "$nin",
            "$all",
            "$elemMatch",
            "$size",
            "$mod",
            "$type",
            "$exists",
            "$gt",
            "$ne",
            "$regex",
            "$text",
            "$slice",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec((key, value), 0..4).prop_map(|members| members.into_iter().collect())
}

/// Words from which queries are made, well formed or not.
fn query() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "name",
        "a.b",
        "0",
        "1",
        "-1",
        "1e5",
        "\"x\"",
        "'y'",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "==",
        "!=",
        ">=",
        "<",
        " and ",
        " or ",
        " not ",
        " in ",
        "ObjectId(",
        "datetime(",
        "True",
        "None",
        ".",
        "+",
        "-",
        "*",
        "\\",
        "\"",
        "å",
        "$gt",
        "null",
        " ",
    ]);
    prop::collection::vec(words, 0..12).prop_map(|words| words.concat())
}

/// Asks everything that takes a text about this one.
fn ask_all(text: &str, document: &Map<String, Value>) {
    let document = normalise::document(document.clone());
    if let Ok(filter) = Filter::parse(text) {
        let _ = (
            filter.matches(&document),
            filter.required_equalities().len(),
        );
    }
    if let Ok(sort) = Sort::parse(text) {
        let _ = sort.compare(&document, &document);
    }
    if let Ok(projection) = Projection::parse(text) {
        let _ = projection.apply(&document, &[]);
    }
    let _ = Paging::read(Some(text), Some(text), 25, 100);
    let _ = body::read(text.as_bytes()).map(body::posted);
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "\\PC{0,40}", document in members(json())) {
        ask_all(&text, &document);
    }

    #[test]
    fn any_words_are_answered(text in query(), document in members(json())) {
        ask_all(&text, &document);
    }

    #[test]
    fn any_json_is_answered(asked in json(), document in members(json())) {
        ask_all(&asked.to_string(), &document);
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let _ = body::read(&bytes);
    }

    #[test]
    fn the_text_of_a_value_reads_back(value in json()) {
        let value = normalise::stored(value);
        let text = text::value(&value);
        prop_assert!(text.is_ascii());
        prop_assert_eq!(body::read(text.as_bytes()), Ok(value));
    }

    #[test]
    fn pretty_text_means_the_same(members in members(json())) {
        let document = normalise::document(members);
        let text = text::pretty(&document);
        prop_assert_eq!(body::read(text.as_bytes()), Ok(Bson::Document(document)));
    }

    #[test]
    fn a_tag_does_not_depend_on_the_order_of_keys(members in members(json())) {
        let backwards: Map<String, Value> = members.clone().into_iter().rev().collect();
        let tags = [members, backwards].map(|members| etag::patched(&normalise::document(members)));
        prop_assert_eq!(&tags[0], &tags[1]);
        prop_assert!(tags[0].len() == 40 && tags[0].bytes().all(|byte| byte.is_ascii_hexdigit()));
    }

    #[test]
    fn a_value_equals_itself_and_sorts_stably(value in json()) {
        let value = normalise::stored(value);
        prop_assert!(super::super::order::same(&value, &value));
    }
}
