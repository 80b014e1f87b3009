//! A document as a read shows it: the text that is ready, as long as nothing but names is to be added to it.

use std::sync::Arc;

use bson::{Bson, DateTime, Document};

use super::eve::text;
use super::record::Record;

/// A document on its way into an answer.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// The document as it is kept.
    pub(super) record: Arc<Record>,
    /// What a projection leaves of it, if there is one.
    pub(super) projected: Option<Document>,
    /// The names that are computed, behind its fields.
    pub(super) names: Vec<(&'static str, String)>,
    /// The fields that are never shown.
    pub(super) hides: &'static [&'static str],
}

impl Shown {
    /// When the document was changed last.
    pub(super) fn updated(&self) -> Option<DateTime> {
        self.record.get_datetime("_updated").ok().copied()
    }

    /// Its etag.
    pub(super) fn etag(&self) -> Option<&str> {
        self.record.get_str("_etag").ok()
    }

    /// The document itself.
    pub(super) fn into_document(self) -> Document {
        let mut shown = self
            .projected
            .unwrap_or_else(|| Document::clone(&self.record));
        for hidden in self.hides {
            shown.remove(hidden);
        }
        for (key, name) in self.names {
            shown.insert(key, Bson::String(name));
        }
        shown
    }

    /// About as many bytes as its text takes.
    pub(super) fn room(&self) -> usize {
        if self.projected.is_some() {
            return 0;
        }
        let names = self
            .names
            .iter()
            .map(|(key, name)| key.len() + name.len() + 8);
        self.record.text(self.hides).len() + names.sum::<usize>()
    }

    /// Adds its text, on one line.
    pub(super) fn write(self, out: &mut String) {
        // A name that stands in the place of a field is not behind it.
        let is_behind = |(key, _): &(&str, String)| !self.record.contains_key(key);
        if self.projected.is_some() || !self.names.iter().all(is_behind) {
            return out.push_str(&text::document(&self.into_document()));
        }
        out.push_str(self.record.text(self.hides));
        for (key, name) in &self.names {
            text::extended(out, key, name);
        }
    }
}

#[cfg(test)]
mod tests {
    use bson::doc;

    use super::*;
    use crate::amili::collection::Collection;

    #[track_caller]
    fn check(document: Document, names: &[(&'static str, &str)], text: &str) {
        let id = document.get_object_id("_id").unwrap();
        let mut collection = Collection::new(&[]);
        collection.insert(document);
        let names = names.iter().map(|(key, name)| (*key, (*name).to_owned()));
        let shown = Shown {
            record: collection.get(id).unwrap(),
            projected: None,
            names: names.collect(),
            hides: &["hidden"],
        };
        let mut out = String::new();
        shown.clone().write(&mut out);
        assert_eq!(out, text);
        assert_eq!(out, text::document(&shown.into_document()));
    }

    #[test]
    fn names_stand_behind_the_fields_that_are_not_hidden() {
        let id = bson::oid::ObjectId::from_bytes([0x11; 12]);
        let hex = "1".repeat(24);
        check(
            doc! { "_id": id, "hidden": 1 },
            &[("account_name", "A \"å\"")],
            &format!("{{\"_id\": \"{hex}\", \"account_name\": \"A \\\"\\u00e5\\\"\"}}"),
        );
        check(doc! { "_id": id }, &[], &format!("{{\"_id\": \"{hex}\"}}"));
        check(
            doc! { "_id": id, "name": "of the document" },
            &[("name", "computed")],
            &format!("{{\"_id\": \"{hex}\", \"name\": \"computed\"}}"),
        );
    }
}
