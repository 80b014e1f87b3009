//! `projection`: which fields of a document an answer shows. It knows the framework's own fields,
//! which always come, and those of the schema it is given.

use std::collections::BTreeSet;

use bson::{Bson, Document};

use super::body;
use super::normalise;
use super::query_error::QueryError;
use super::schema::Field;
use super::text;

/// Fields that no projection hides.
const ALWAYS: [&str; 4] = ["_id", "_updated", "_created", "_etag"];

/// What a projection asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Projection {
    /// True if a value was 1: only what is named comes. Otherwise all comes but what is excluded.
    is_inclusive: bool,
    /// Paths with a true value.
    included: Vec<String>,
    /// Top-level names with a false value.
    excluded: BTreeSet<String>,
}

impl Projection {
    /// Reads a JSON object of names and numbers. An empty text, like `{}`, shows everything.
    pub(crate) fn parse(text: &str) -> Result<Self, QueryError> {
        let mut projection = Self::default();
        if text.is_empty() {
            return Ok(projection);
        }
        for (path, value) in members(text)? {
            projection.is_inclusive |= is_one(&value);
            if path
                .split('.')
                .next()
                .is_some_and(|top| ALWAYS.contains(&top))
            {
                continue;
            }
            if normalise::is_false(&value) {
                // A dotted exclusion names nothing that could be left out.
                projection.excluded.insert(path);
            } else {
                check_value(&path, &value)?;
                projection.included.push(path);
            }
        }
        projection.check_paths()?;
        Ok(projection)
    }

    /// Whether it shows anything less than the whole document.
    pub(crate) fn leaves_out(&self) -> bool {
        *self != Self::default()
    }

    /// The document as the projection shows it, its fields in their own order.
    pub(crate) fn apply(&self, document: &Document, fields: &[Field]) -> Document {
        if !self.leaves_out() {
            return document.clone();
        }
        document
            .iter()
            .filter_map(|(key, value)| Some((key.clone(), self.shown(key, value, fields)?)))
            .collect()
    }

    fn shown(&self, key: &str, value: &Bson, fields: &[Field]) -> Option<Bson> {
        if ALWAYS.contains(&key) {
            return Some(value.clone());
        }
        let is_known = fields.iter().any(|field| field.name == key);
        if self.is_inclusive && !is_known {
            return None;
        }
        let paths = below(self.included.iter().map(String::as_str), key);
        let is_whole = match self.is_inclusive {
            true => paths.contains(&""),
            false => !self.excluded.contains(key),
        };
        match paths.as_slice() {
            _ if is_whole => Some(value.clone()),
            [] => None,
            paths => narrowed(value, paths),
        }
    }

    /// The database refuses a path beside its own parent. Without a 1 among the values every field
    /// of the schema is asked for, so that a dotted path meets its parent there.
    fn check_paths(&self) -> Result<(), QueryError> {
        for path in &self.included {
            let parents = path.match_indices('.').map(|(dot, _)| &path[..dot]);
            for parent in parents {
                let is_top = !parent.contains('.');
                let by_default = is_top && !self.is_inclusive && !self.excluded.contains(parent);
                if by_default || self.included.iter().any(|other| other == parent) {
                    return Err(QueryError::malformed(format!(
                        "projection names {path:?} together with its parent {parent:?}; \
                         one of the two is right, with the value 1"
                    )));
                }
            }
        }
        Ok(())
    }
}

fn members(text: &str) -> Result<Document, QueryError> {
    let example = "right is a JSON object such as {\"name\": 1} or {\"name\": 0}";
    match body::read(text.as_bytes()) {
        Ok(Bson::Document(members)) => Ok(members),
        Ok(other) => Err(QueryError::malformed(format!(
            "projection is {}, which is no object; {example}",
            text::value(&other)
        ))),
        Err(body::Malformed(reason)) => Err(QueryError::malformed(format!(
            "projection cannot be read: {reason}; {example}"
        ))),
    }
}

fn is_one(value: &Bson) -> bool {
    match value {
        Bson::Boolean(truth) => *truth,
        Bson::Int32(number) => *number == 1,
        Bson::Double(number) => *number == 1.0,
        _ => false,
    }
}

/// Numbers and truths select; the database has other uses for other values.
fn check_value(path: &str, value: &Bson) -> Result<(), QueryError> {
    match value {
        Bson::Document(operators) => match operators.keys().next().map(String::as_str) {
            Some(name @ ("$slice" | "$elemMatch" | "$meta")) => Err(QueryError::unmodelled(
                format!("{name} in a projection (at {path:?})"),
            )),
            Some(name) if name.starts_with('$') => Err(QueryError::malformed(format!(
                "projection gives {path:?} the unknown operator {name}; 1 or 0 is right"
            ))),
            _ => Err(QueryError::unmodelled(format!(
                "an object in a projection (at {path:?})"
            ))),
        },
        Bson::String(_) | Bson::Array(_) => Err(QueryError::unmodelled(format!(
            "a text or a list in a projection (at {path:?})"
        ))),
        _ => Ok(()),
    }
}

/// What is left of the paths that lead through `key`; nothing is left of one that ends there.
fn below<'a>(paths: impl Iterator<Item = &'a str>, key: &str) -> Vec<&'a str> {
    paths
        .filter_map(|path| path.strip_prefix(key))
        .filter_map(|rest| {
            if rest.is_empty() {
                Some("")
            } else {
                rest.strip_prefix('.')
            }
        })
        .collect()
}

/// The parts of a value that lie on the paths. Objects in arrays are narrowed one by one, plain
/// values have no parts.
fn narrowed(value: &Bson, paths: &[&str]) -> Option<Bson> {
    match value {
        Bson::Document(inner) => {
            let members = inner.iter().filter_map(|(key, member)| {
                let below = below(paths.iter().copied(), key);
                let shown = match below.as_slice() {
                    [] => None,
                    below if below.contains(&"") => Some(member.clone()),
                    below => narrowed(member, below),
                };
                Some((key.clone(), shown?))
            });
            Some(Bson::Document(members.collect()))
        }
        Bson::Array(items) => Some(Bson::Array(
            items
                .iter()
                .filter_map(|item| narrowed(item, paths))
                .collect(),
        )),
        _ => None,
    }
}
