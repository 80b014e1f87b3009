//! The framework's retyping of a query, whatever the fields: texts that look like an id or a date
//! become one. It knows no schema, which is why a *text* field of that look cannot be found.

use bson::{Bson, Document};

use super::super::{dates, hex};

/// Retypes the values of a query, at any depth but inside lists in lists.
pub(super) fn retype(query: &mut Document) {
    for (_, value) in query.iter_mut() {
        match value {
            Bson::Document(inner) => retype(inner),
            Bson::Array(items) => items.iter_mut().for_each(retype_item),
            Bson::String(text) => {
                if let Some(retyped) = retyped(text) {
                    *value = retyped;
                }
            }
            _ => {}
        }
    }
}

fn retype_item(item: &mut Bson) {
    match item {
        Bson::Document(inner) => retype(inner),
        Bson::String(text) => {
            if let Some(retyped) = retyped(text) {
                *item = retyped;
            }
        }
        // The framework makes a new random id of it, which no document holds. Neither does any
        // document hold this.
        Bson::Null => *item = Bson::Undefined,
        _ => {}
    }
}

fn retyped(text: &str) -> Option<Bson> {
    let date = dates::parse(text).map(Bson::DateTime);
    date.or_else(|| hex::id(text).map(Bson::ObjectId))
}
