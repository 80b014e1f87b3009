//! Entity tags: the SHA-1 of a document's canonical text, as 40 lower-case hex digits. What goes in
//! depends on the write, so that a PATCH changes the tag even when it changes nothing else.

use bson::Document;
use sha1::{Digest, Sha1};

use super::{hex, text};

/// The tag of a new document. Its `_id` counts only if the client chose it: otherwise the database
/// gives it after the tag is made.
pub(crate) fn created(document: &Document, id_was_sent: bool) -> String {
    let skipped: &[&str] = if id_was_sent {
        &["_etag"]
    } else {
        &["_etag", "_id"]
    };
    hashed(document, skipped)
}

/// The tag after a PATCH. The document is the changed one with its new `_updated` and still its old
/// `_etag`, which counts.
pub(crate) fn patched(document: &Document) -> String {
    hashed(document, &[])
}

/// The tag after a PUT: no older tag counts.
pub(crate) fn replaced(document: &Document) -> String {
    hashed(document, &["_etag"])
}

fn hashed(document: &Document, skipped: &[&str]) -> String {
    let text = text::canonical(document, skipped);
    hex::digits(Sha1::digest(text.as_bytes()).into())
}
