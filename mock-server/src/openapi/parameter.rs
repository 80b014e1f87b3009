//! The parameters of calls: in the path, the query and the headers.

use serde_json::{Value, json};

use super::schema::with;

/// A part of the path.
pub(crate) fn path(name: &str, description: &str, schema: Value) -> Value {
    with(
        json!({ "name": name, "in": "path", "required": true, "description": description }),
        "schema",
        schema,
    )
}

/// A key of the query that may be left out.
pub(crate) fn query(name: &str, description: &str, schema: Value) -> Value {
    with(
        json!({ "name": name, "in": "query", "description": description }),
        "schema",
        schema,
    )
}

/// A header of the request that may be left out.
pub(crate) fn header(name: &str, description: &str, schema: Value) -> Value {
    with(
        json!({ "name": name, "in": "header", "description": description }),
        "schema",
        schema,
    )
}
