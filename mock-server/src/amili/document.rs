//! The automatic fields of documents: `_id`, `_updated`, `_created`, `_etag`, in their places.

use bson::oid::ObjectId;
use bson::{Bson, DateTime, Document};

use super::eve::{Neighbours, etag, text};
use super::store::Store;
use crate::platform::moment::Moment;

/// The fields that every document has besides those of its resource.
pub(super) const AUTOMATIC: [&str; 4] = ["_id", "_updated", "_created", "_etag"];

/// How many hex digits the etag has of a document that the server writes by itself, as seed 000 shows.
const OWN_ETAG: usize = 32;

/// The present second, as documents hold it.
pub(super) fn second(moment: &mut Moment) -> DateTime {
    DateTime::from_millis(moment.instant().as_second().saturating_mul(1000))
}

/// An id that no document of a resource has. After a rewind, or under a state that was put in place, some of
/// those to come may be there already; so may one that a client chose.
pub(super) fn free_id(store: &Store, moment: &mut Moment, resource: &str) -> ObjectId {
    loop {
        let id = moment.object_id();
        if !store.exists(resource, id) {
            return id;
        }
    }
}

/// A document that a client creates: its `_id` first, then the fields sent, then the automatic ones.
///
/// The client may have chosen the `_id`.
pub(super) fn created(
    store: &Store,
    moment: &mut Moment,
    resource: &str,
    fields: Document,
) -> Document {
    let chosen = fields.get_object_id("_id").ok();
    let id = chosen.unwrap_or_else(|| free_id(store, moment, resource));
    let mut document = assembled(id, fields, second(moment));
    let etag = etag::created(&document, chosen.is_some());
    document.insert("_etag", etag);
    document
}

/// A stored document after a change: its fields as merged, `_updated` and the etag anew.
pub(super) fn changed(moment: &mut Moment, mut merged: Document) -> Document {
    merged.insert("_updated", second(moment));
    let etag = etag::patched(&merged);
    merged.insert("_etag", etag);
    merged
}

/// A document that the server writes by itself beside one that a client creates, at this time. Its fields begin
/// with its `_id`.
pub(super) fn brought(mut document: Document, now: DateTime) -> Document {
    date(&mut document, now);
    let mut etag = etag::replaced(&document);
    etag.truncate(OWN_ETAG);
    document.insert("_etag", etag);
    document
}

fn assembled(id: ObjectId, fields: Document, now: DateTime) -> Document {
    let mut document = Document::new();
    document.insert("_id", id);
    document.extend(fields.into_iter().filter(|(key, _)| key != "_id"));
    date(&mut document, now);
    document
}

fn date(document: &mut Document, now: DateTime) {
    document.insert("_updated", now);
    document.insert("_created", now);
}

/// What the answer to a write shows of a document, in its order, and what it tells besides.
pub(super) fn receipt(document: &Document, id_was_sent: bool, told: &Document) -> String {
    // The framework puts an id that the client chose first, one of its own after the etag.
    let order = if id_was_sent {
        ["_id", "_updated", "_created", "_etag"]
    } else {
        ["_updated", "_created", "_etag", "_id"]
    };
    let shown = order.map(|key| (key, document.get(key).unwrap_or(&Bson::Null)));
    let status = Bson::from("OK");
    let told = told.iter().map(|(key, value)| (key.as_str(), value));
    text::members(shown.into_iter().chain([("_status", &status)]).chain(told))
}
