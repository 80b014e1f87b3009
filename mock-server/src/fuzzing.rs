//! Doors for the fuzz targets in `fuzz/`, and for nothing else: built only with the feature `fuzzing`.

use bson::{Document, doc};

use crate::amili::eve::{Filter, Sort};

fn documents() -> [Document; 2] {
    let inner = doc! { "city": "Lund", "lines": ["a", 1, { "b": null }] };
    [
        doc! { "name": "Acme", "is_active": true, "address": inner.clone(), "n": 1.5, "list": [[1], []] },
        doc! { "name": 5, "address": [inner], "n": null },
    ]
}

/// Reads a `where` clause and matches documents with it.
pub fn where_clause(text: &str) {
    if let Ok(filter) = Filter::parse(text) {
        for document in documents() {
            filter.matches(&document);
        }
    }
}

/// Reads a `sort` and compares documents by it: the order must not depend on which comes first.
pub fn sort(text: &str) {
    if let Ok(sort) = Sort::parse(text) {
        let [a, b] = documents();
        assert_eq!(sort.compare(&a, &b), sort.compare(&b, &a).reverse());
    }
}
