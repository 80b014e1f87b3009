//! The order of lists.

use bson::{Bson, Document, doc, oid::ObjectId};

use super::super::sort::Sort;
use super::document;

/// The values of `n`, in the order the sort gives.
#[track_caller]
fn check(sort: &str, documents: &[Document], expected: &[i32]) {
    let parsed = Sort::parse(sort).unwrap_or_else(|error| panic!("{error}"));
    let mut sorted: Vec<&Document> = documents.iter().collect();
    sorted.sort_by(|left, right| parsed.compare(left, right));
    let numbers: Vec<i32> = sorted
        .iter()
        .filter_map(|document| document.get_i32("n").ok())
        .collect();
    assert_eq!(numbers, expected, "{sort}");
}

fn documents(texts: &[&str]) -> Vec<Document> {
    texts.iter().map(|text| document(text)).collect()
}

#[test]
fn every_syntax_names_the_same_fields() {
    let documents = documents(&[
        r#"{"n": 1, "a": true, "b": {"c": "x"}}"#,
        r#"{"n": 2, "a": false, "b": {"c": "y"}}"#,
        r#"{"n": 3, "a": true, "b": {"c": "z"}}"#,
    ]);
    check("", &documents, &[1, 2, 3]);
    check("a,-b.c", &documents, &[2, 3, 1]);
    check("a, -b.c", &documents, &[2, 3, 1]);
    check("[(\"a\", 1), (\"b.c\", -1)]", &documents, &[2, 3, 1]);
    check("[[\"a\", 1], [\"b.c\", -1]]", &documents, &[2, 3, 1]);
    check("{\"n\": -1}", &documents, &[3, 2, 1]);
    check("[\"a\"]", &documents, &[2, 1, 3]);
    check("n,a,-n", &documents, &[3, 2, 1]);
    check("--n", &documents, &[1, 2, 3]);
    check("nothing", &documents, &[1, 2, 3]);
    check("0", &documents, &[1, 2, 3]);
}

#[test]
fn types_follow_one_another_and_nothing_comes_first() {
    let mut documents = documents(&[
        r#"{"n": 1, "a": true}"#,
        r#"{"n": 3, "a": {"x": 1}}"#,
        r#"{"n": 4, "a": "x"}"#,
        r#"{"n": 5, "a": 7}"#,
        r#"{"n": 6, "a": null}"#,
        r#"{"n": 7}"#,
        r#"{"n": 8, "a": []}"#,
    ]);
    documents.insert(
        1,
        doc! { "n": 2, "a": Bson::ObjectId(ObjectId::from_bytes([0; 12])) },
    );
    check("a", &documents, &[8, 6, 7, 5, 4, 3, 2, 1]);
    check("-a", &documents, &[1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn an_array_is_sorted_by_its_smallest_or_largest_element() {
    let documents = documents(&[r#"{"n": 1, "a": [1, 9]}"#, r#"{"n": 2, "a": 5}"#]);
    check("a", &documents, &[1, 2]);
    check("-a", &documents, &[1, 2]);
}

#[test]
fn text_is_sorted_by_code_point() {
    let documents = documents(&[
        r#"{"n": 1, "a": "å"}"#,
        r#"{"n": 2, "a": "b"}"#,
        r#"{"n": 3, "a": "a"}"#,
        r#"{"n": 4, "a": "A"}"#,
    ]);
    check("a", &documents, &[4, 3, 2, 1]);
}

#[test]
fn what_the_framework_or_the_database_refuses_is_refused() {
    for sort in [
        "name desc",
        ",name",
        ",",
        "-",
        "\"name\"",
        "5",
        "class",
        "[(\"name\", 1)",
        "[(1, 1)]",
        "name,",
        "[{\"name\": 1}]",
        "[(\"name\",)]",
        "[(\"name\", 2)]",
        "a.0",
        "name.",
        "(",
        "$x",
    ] {
        assert!(Sort::parse(sort).is_err(), "{sort}");
    }
}
