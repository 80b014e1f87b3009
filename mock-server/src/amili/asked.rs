//! What the `where` of a query is taken to ask, where assumptions read more into it than the framework does.

use bson::{Bson, Document, doc};

use super::access_groups;
use super::assumptions::{CreditorFilter, ValueTypes};
use super::eve::body::{self, Malformed};
use super::resource::Resource;
use super::store::Store;
use crate::platform::moment::Moment;

/// How deep lists of conditions are looked through; no reader of `where` goes deeper.
const DEEPEST: usize = body::DEEPEST;

/// The clause as it is read. What is no JSON object is left for the parser to judge.
pub(super) fn clause(
    store: &Store,
    moment: &mut Moment,
    resource: &Resource,
    text: &str,
) -> Result<Bson, Malformed> {
    let mut asked = match body::read(text.as_bytes())? {
        Bson::Document(asked) => asked,
        other => return Ok(other),
    };
    if holds_texts_of_others(&asked, 0) && moment.assumes::<ValueTypes>() == ValueTypes::Lenient {
        asked = lenient(asked, 0);
    }
    let names_creditor = resource.name == access_groups::RESOURCE.name
        && asked
            .get("creditor")
            .is_some_and(|id| id.as_str().is_some());
    if names_creditor && moment.assumes::<CreditorFilter>() == CreditorFilter::AndAccounts {
        asked = access_groups::with_account_level(store, asked);
    }
    Ok(Bson::Document(asked))
}

/// Whether a condition asks for a text that reads like a number or a boolean.
fn holds_texts_of_others(asked: &Document, depth: usize) -> bool {
    depth <= DEEPEST
        && asked.values().any(|value| match value {
            Bson::String(text) => other_type(text).is_some(),
            Bson::Array(conditions) => conditions.iter().any(|condition| {
                let condition = condition.as_document();
                condition.is_some_and(|condition| holds_texts_of_others(condition, depth + 1))
            }),
            _ => false,
        })
}

/// The same conditions, each of whose texts means what it reads like, too.
fn lenient(asked: Document, depth: usize) -> Document {
    let widened = |value: Bson| match value {
        Bson::String(text) => match other_type(&text) {
            Some(other) => Bson::Document(doc! { "$in": [text, other] }),
            None => Bson::String(text),
        },
        Bson::Array(conditions) if depth < DEEPEST => {
            let conditions = conditions.into_iter().map(|condition| match condition {
                Bson::Document(condition) => Bson::Document(lenient(condition, depth + 1)),
                other => other,
            });
            Bson::Array(conditions.collect())
        }
        other => other,
    };
    asked
        .into_iter()
        .map(|(key, value)| (key, widened(value)))
        .collect()
}

/// The number or boolean that a text reads like.
fn other_type(text: &str) -> Option<Bson> {
    let value = body::read(text.as_bytes()).ok()?;
    let is_other = matches!(
        value,
        Bson::Boolean(_) | Bson::Int32(_) | Bson::Int64(_) | Bson::Double(_)
    );
    is_other.then_some(value)
}
