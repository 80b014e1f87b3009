//! What a PATCH makes of a stored document: objects merge at every depth, everything else replaces.
//! It knows no rules; the changes are those that `validate` has accepted.

use bson::{Bson, Document};

/// The changes hold an object where a plain value or a list is stored, which the framework cannot
/// merge: it answers 400. Only objects without an inner schema let it come to this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unmergeable {
    /// The dotted path of the stored value.
    pub(crate) path: String,
}

/// The stored document with the changes applied. Fields keep their places; new ones stand at the
/// end, in alphabetical order, as the database puts them.
pub(crate) fn merged(stored: &Document, changes: Document) -> Result<Document, Unmergeable> {
    let mut document = stored.clone();
    let mut added = Vec::new();
    for (key, value) in changes {
        let value = applied(document.get(&key), value, &key)?;
        if document.contains_key(&key) {
            document.insert(key, value);
        } else {
            added.push((key, value));
        }
    }
    added.sort_by(|(left, _), (right, _)| left.cmp(right));
    document.extend(added);
    Ok(document)
}

fn applied(stored: Option<&Bson>, change: Bson, path: &str) -> Result<Bson, Unmergeable> {
    match (stored, change) {
        (Some(Bson::Document(stored)), Bson::Document(changes)) => {
            let mut whole = stored.clone();
            for (key, value) in changes {
                let value = applied(stored.get(&key), value, &format!("{path}.{key}"))?;
                whole.insert(key, value);
            }
            Ok(Bson::Document(whole))
        }
        (None | Some(Bson::Null), change) => Ok(change),
        (Some(_), Bson::Document(_)) => Err(Unmergeable {
            path: path.to_owned(),
        }),
        (Some(_), change) => Ok(change),
    }
}
