//! Entity tags: the SHA-1 of a document's canonical text, as 40 lower-case hex digits. What goes in
//! depends on the write, so that a PATCH changes the tag even when it changes nothing else.

use bson::Document;
use sha1::{Digest, Sha1};

use super::text;

/// The tag of a new document. Its `_id` counts only if the client chose it: otherwise the database
/// gives it after the tag is made.
pub(crate) fn created(document: &Document, id_was_sent: bool) -> String {
    let skipped: &[&str] = if id_was_sent {
        &["_etag"]
    } else {
        &["_etag", "_id"]
    };
    hashed(&without(document, skipped))
}

/// The tag after a PATCH. The document is the changed one with its new `_updated` and still its old
/// `_etag`, which counts.
pub(crate) fn patched(document: &Document) -> String {
    hashed(document)
}

/// The tag after a PUT: no older tag counts.
pub(crate) fn replaced(document: &Document) -> String {
    hashed(&without(document, &["_etag"]))
}

fn without(document: &Document, skipped: &[&str]) -> Document {
    document
        .iter()
        .filter(|(key, _)| !skipped.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

fn hashed(document: &Document) -> String {
    use std::fmt::Write;
    let digest = Sha1::digest(text::canonical(document).as_bytes());
    digest
        .iter()
        .fold(String::with_capacity(40), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
