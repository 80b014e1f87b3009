//! `sort`: by which fields a list is ordered. It knows the syntaxes and the database's order, no list.

use std::cmp::Ordering;

use bson::{Bson, Document};

use super::order;
use super::python::expression::{self, Expression};
use super::query_error::QueryError;

/// The fields to sort by, most important first; with none, everything is equal. Sorting with it
/// must be stable: what is equal keeps the order it was inserted in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sort {
    keys: Vec<Key>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    path: Vec<String>,
    descending: bool,
}

impl Sort {
    /// Reads `name`, `-name`, a comma list of them, or the literal form `[("name", -1)]`. An empty
    /// text sorts nothing.
    pub(crate) fn parse(text: &str) -> Result<Self, QueryError> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        // Whatever it means, the text must be an expression of Python: a field such as `class`, or
        // a path with an index in it, cannot be sorted by.
        let expression = expression::parse(text)
            .map_err(|reason| refused(text, &format!("is no Python expression: {reason}")))?;
        let keys = if is_literal(&expression) {
            literal_keys(&expression).map_err(|reason| refused(text, reason))?
        } else {
            comma_keys(text).map_err(|reason| refused(text, reason))?
        };
        Ok(Self {
            keys: without_repeats(keys),
        })
    }

    /// True if it leaves every list as it is.
    pub(crate) fn is_neutral(&self) -> bool {
        self.keys.is_empty()
    }

    /// The fields of a document that it looks at.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &str> {
        let keys = self.keys.iter();
        keys.filter_map(|key| key.path.first().map(String::as_str))
    }

    /// The order of two documents.
    pub(crate) fn compare(&self, left: &Document, right: &Document) -> Ordering {
        let compared = self.keys.iter().map(|key| key.compare(left, right));
        compared.fold(Ordering::Equal, Ordering::then)
    }
}

fn refused(text: &str, reason: &str) -> QueryError {
    QueryError::malformed(format!(
        "sort {text:?} {reason}; right are name, -name, a comma list of these, \
         or [(\"name\", 1), (\"_id\", -1)]"
    ))
}

fn is_literal(expression: &Expression) -> bool {
    match expression {
        Expression::Text(_)
        | Expression::Whole(_)
        | Expression::Fraction(_)
        | Expression::Constant(_)
        | Expression::Negative(_) => true,
        Expression::Tuple(items) | Expression::List(items) => items.iter().all(is_literal),
        Expression::Dict(members) => members
            .iter()
            .all(|(key, value)| is_literal(key) && is_literal(value)),
        Expression::Name(_)
        | Expression::Comparison(..)
        | Expression::And(_)
        | Expression::Or(_)
        | Expression::Not(_)
        | Expression::Call(..)
        | Expression::Other => false,
    }
}

fn comma_keys(text: &str) -> Result<Vec<(String, bool)>, &'static str> {
    text.split(',')
        .map(|part| match part.trim() {
            "" => Err("names nothing behind a comma"),
            part => Ok(part
                .strip_prefix('-')
                .map_or((part, false), |name| (name, true))),
        })
        .map(|key| key.map(|(name, descending)| (name.to_owned(), descending)))
        .collect()
}

fn literal_keys(literal: &Expression) -> Result<Vec<(String, bool)>, &'static str> {
    match literal {
        Expression::Tuple(items) | Expression::List(items) => items.iter().map(item_key).collect(),
        Expression::Dict(members) => members
            .iter()
            .map(|(name, direction)| pair_key(name, direction))
            .collect(),
        Expression::Whole(0) | Expression::Constant("None" | "False") => Ok(Vec::new()),
        Expression::Text(text) if text.is_empty() => Ok(Vec::new()),
        _ => Err("is a plain value"),
    }
}

fn item_key(item: &Expression) -> Result<(String, bool), &'static str> {
    match item {
        Expression::Text(name) => Ok((name.clone(), false)),
        Expression::Tuple(pair) | Expression::List(pair) => match pair.as_slice() {
            [name, direction] => pair_key(name, direction),
            _ => Err("holds an entry that is no pair of a name and a direction"),
        },
        _ => Err("holds an entry that is no pair of a name and a direction"),
    }
}

fn pair_key(name: &Expression, direction: &Expression) -> Result<(String, bool), &'static str> {
    let Expression::Text(name) = name else {
        return Err("holds a name that is no text");
    };
    match direction {
        Expression::Whole(1) => Ok((name.clone(), false)),
        Expression::Negative(one) if **one == Expression::Whole(1) => Ok((name.clone(), true)),
        _ => Err("holds a direction other than 1 and -1"),
    }
}

/// Of a name given twice, the first place counts and the last direction.
fn without_repeats(named: Vec<(String, bool)>) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    for (name, descending) in named {
        let path: Vec<String> = name.split('.').map(str::to_owned).collect();
        match keys.iter_mut().find(|key| key.path == path) {
            Some(earlier) => earlier.descending = descending,
            None => keys.push(Key { path, descending }),
        }
    }
    keys
}

impl Key {
    fn compare(&self, left: &Document, right: &Document) -> Ordering {
        let (left, right) = (self.value(left), self.value(right));
        let ascending = order::compare(&left, &right);
        if self.descending {
            ascending.reverse()
        } else {
            ascending
        }
    }

    /// What a document is sorted by: of several values in arrays the smallest, or the largest.
    fn value(&self, document: &Document) -> Bson {
        let mut values = Vec::new();
        in_document(document, &self.path, &mut values);
        let chosen = if self.descending {
            values
                .into_iter()
                .max_by(|left, right| order::compare(left, right))
        } else {
            values
                .into_iter()
                .min_by(|left, right| order::compare(left, right))
        };
        chosen.cloned().unwrap_or(Bson::Null)
    }
}

const NOTHING: &Bson = &Bson::Null;

/// An empty array stands before everything, null too.
const EMPTY_ARRAY: &Bson = &Bson::Undefined;

fn in_document<'a>(document: &'a Document, path: &[String], values: &mut Vec<&'a Bson>) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    match document.get(first) {
        Some(value) => in_value(value, rest, values),
        None => values.push(NOTHING),
    }
}

fn in_value<'a>(value: &'a Bson, rest: &[String], values: &mut Vec<&'a Bson>) {
    match (value, rest.split_first()) {
        (Bson::Array(items), None) if items.is_empty() => values.push(EMPTY_ARRAY),
        (Bson::Array(items), None) => values.extend(items),
        (_, None) => values.push(value),
        (Bson::Document(inner), Some(_)) => in_document(inner, rest, values),
        (Bson::Array(items), Some((first, behind))) => {
            match first
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get(index))
            {
                Some(item) => in_value(item, behind, values),
                None if items.is_empty() => values.push(NOTHING),
                None => items.iter().for_each(|item| in_item(item, rest, values)),
            }
        }
        _ => values.push(NOTHING),
    }
}

fn in_item<'a>(item: &'a Bson, rest: &[String], values: &mut Vec<&'a Bson>) {
    match item {
        Bson::Document(inner) => in_document(inner, rest, values),
        _ => values.push(NOTHING),
    }
}
