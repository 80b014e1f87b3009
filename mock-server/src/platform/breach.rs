//! What in a request broke a rule, or met an assumption, that refused it. Knows no API.

use std::fmt;

use serde::Serialize;
use serde_json::{Value, json};

/// A place of a request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// Who asks: the token, and what its user may do.
    Caller,
    Method,
    Path,
    /// A key of the query.
    Query(&'static str),
    /// The query as a whole.
    WholeQuery,
    Header(&'static str),
    /// A field of the body by its dotted path.
    Body(String),
    /// The body as a whole.
    WholeBody,
}

impl Place {
    /// A field of the body.
    pub(crate) fn field(path: impl Into<String>) -> Self {
        Self::Body(path.into())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Caller => f.write_str("caller"),
            Self::Method => f.write_str("method"),
            Self::Path => f.write_str("path"),
            Self::Query(key) => write!(f, "query.{key}"),
            Self::WholeQuery => f.write_str("query"),
            Self::Header(name) => write!(f, "header.{name}"),
            Self::Body(path) => write!(f, "body.{path}"),
            Self::WholeBody => f.write_str("body"),
        }
    }
}

/// One thing that was wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Breach {
    pub(crate) place: Place,
    pub(crate) why: String,
}

impl Breach {
    /// Something wrong at a place.
    pub(crate) fn at(place: Place, why: impl Into<String>) -> Self {
        Self {
            place,
            why: why.into(),
        }
    }
}

impl Serialize for Breach {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shown: Value = json!({ "place": self.place.to_string(), "why": self.why });
        shown.serialize(serializer)
    }
}
