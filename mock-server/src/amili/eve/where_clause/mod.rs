//! `where`: which documents a list shows. It knows the framework's two syntaxes and the database's
//! rules of matching; no resource and no store.
//!
//! A text becomes a query document (JSON, or the Python-like form), whose values are retyped, and
//! that becomes a [`Filter`], or a refusal that says what was wrong.

mod condition;
mod matches;
mod operators;
mod parse;
mod path;
mod python_form;
mod retype;
mod types;

#[cfg(test)]
mod tests;

use bson::{Bson, Document};

use super::body;
use super::query_error::QueryError;
use super::text;
use condition::{Condition, Operator, Path, Test};

/// Which documents are wanted.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    condition: Condition,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            condition: Condition::All(Vec::new()),
        }
    }
}

impl Filter {
    /// Reads a `where` clause. An empty text, like `{}`, wants every document.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(crate) fn parse(text: &str) -> Result<Self, QueryError> {
        Self::of(text, body::read(text.as_bytes()))
    }

    /// The same of a text that has been tried as JSON, with what it came to.
    pub(crate) fn of(text: &str, json: Result<Bson, body::Malformed>) -> Result<Self, QueryError> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let mut query = query(text, json)?;
        retype::retype(&mut query);
        Ok(Self {
            condition: parse::condition(&query)?,
        })
    }

    /// The same filter, which asks besides that these fields hold exactly these texts.
    pub(crate) fn and(self, equal: Vec<(&str, &str)>) -> Self {
        let equality = |(path, text): (&str, &str)| {
            let is = Operator::Is(Test::Equal(Bson::String(text.to_owned())));
            Condition::Field(Path::new(path), vec![is])
        };
        let mut all = vec![self.condition];
        all.extend(equal.into_iter().map(equality));
        Self {
            condition: Condition::All(all),
        }
    }

    /// True if the document is wanted.
    pub(crate) fn matches(&self, document: &Document) -> bool {
        self.condition.holds(document)
    }

    /// The fields of a document that it looks at.
    pub(crate) fn fields(&self) -> Vec<&str> {
        let mut found = Vec::new();
        let mut left = vec![&self.condition];
        while let Some(condition) = left.pop() {
            match condition {
                Condition::All(parts) | Condition::Any(parts) => left.extend(parts),
                Condition::Not(part) => left.push(part),
                Condition::Field(path, _) => found.extend(path.dotted.split('.').next()),
            }
        }
        found
    }

    /// True if the equalities of [`Self::required_equalities`] are all that it asks.
    pub(crate) fn is_equalities(&self) -> bool {
        only_equalities(&self.condition)
    }

    /// Equalities that every wanted document meets: dotted path and value. A store that keeps an
    /// index must heed that an array meets them by any of its elements. Null is left out, since
    /// documents without the field meet it.
    pub(crate) fn required_equalities(&self) -> Vec<(&str, &Bson)> {
        let mut found = Vec::new();
        collect(&self.condition, &mut found);
        found
    }
}

fn only_equalities(condition: &Condition) -> bool {
    match condition {
        Condition::All(all) => all.iter().all(only_equalities),
        Condition::Field(_, operators) => operators.iter().all(
            |operator| matches!(operator, Operator::Is(Test::Equal(value)) if *value != Bson::Null),
        ),
        Condition::Any(_) | Condition::Not(_) => false,
    }
}

fn collect<'a>(condition: &'a Condition, found: &mut Vec<(&'a str, &'a Bson)>) {
    match condition {
        Condition::All(all) => all.iter().for_each(|condition| collect(condition, found)),
        Condition::Field(path, operators) => {
            found.extend(operators.iter().filter_map(|operator| match operator {
                Operator::Is(Test::Equal(value)) if *value != Bson::Null => {
                    Some((path.dotted.as_str(), value))
                }
                Operator::Is(_) | Operator::Not(_) => None,
            }))
        }
        Condition::Any(_) | Condition::Not(_) => {}
    }
}

/// The query document a text stands for. What is no JSON may be of the Python-like form.
fn query(text: &str, json: Result<Bson, body::Malformed>) -> Result<Document, QueryError> {
    let example = "right is a JSON object such as {\"name\": \"Acme Inc\"}";
    match json {
        Ok(Bson::Document(query)) => {
            operators::check_names(&query, "")?;
            Ok(query)
        }
        Ok(other) => Err(QueryError::malformed(format!(
            "where is {}, which is JSON but no object; {example}",
            text::value(&other)
        ))),
        Err(body::Malformed(reason)) => python_form::query(text).map_err(|python_reason| {
            let looks_like_json = text.trim_start().starts_with(['{', '[']);
            let reason = if looks_like_json {
                reason
            } else {
                python_reason
            };
            QueryError::malformed(format!("where cannot be read: {reason}; {example}"))
        }),
    }
}
