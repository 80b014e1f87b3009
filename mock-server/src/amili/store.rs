//! The state of Amili in one space, and its one commit: the only write.

use bson::oid::ObjectId;
use bson::{Bson, Document};
use serde_json::Value;

use super::authenticates::{self, ApiCodes};
use super::collection::Collection;
use super::eve::{Neighbours, hex, text};
use super::resource::Resource;
use super::{NAME, RESOURCES};
use crate::platform::api::{self, Difference};

/// The documents of every resource.
#[derive(Clone)]
pub(crate) struct Store {
    collections: Vec<(&'static str, Collection)>,
    api_codes: ApiCodes,
}

/// What a decision wants to be written, all at once.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Change {
    /// Documents to add, each with its resource's name: the one asked for, then those that it brings.
    pub(super) inserts: Vec<(&'static str, Document)>,
    /// Whether the client chose the id of the one asked for.
    pub(super) id_was_sent: bool,
    /// What the answer tells besides the automatic keys: `_cases`, say.
    pub(super) told: Document,
    /// Documents that take the place of those with their ids.
    pub(super) replacements: Vec<(&'static str, Document)>,
    /// Documents to take away.
    pub(super) removals: Vec<(&'static str, ObjectId)>,
}

impl Change {
    /// A document in place of the one with its id.
    pub(super) fn replacing(resource: &'static str, document: Document) -> Self {
        Self {
            replacements: vec![(resource, document)],
            ..Self::default()
        }
    }

    /// The id of the document asked for.
    pub(super) fn created_id(&self) -> ObjectId {
        let first = self.inserts.first();
        first
            .and_then(|(_, document)| document.get_object_id("_id").ok())
            .unwrap_or_default()
    }
}

impl Store {
    /// A store without a document.
    pub(super) fn empty() -> Self {
        let empty = |resource: &&Resource| (resource.name, Collection::new(resource.indexed));
        Self {
            collections: RESOURCES.iter().map(empty).collect(),
            api_codes: ApiCodes::default(),
        }
    }

    /// The same with these API codes.
    pub(super) fn with_api_codes(self, api_codes: ApiCodes) -> Self {
        Self { api_codes, ..self }
    }

    /// The API codes, which are no resource: the framework knows nothing of them.
    pub(super) fn api_codes(&self) -> &ApiCodes {
        &self.api_codes
    }

    /// The documents of a resource.
    pub(super) fn collection(&self, resource: &str) -> &Collection {
        let found = self.collections.iter().find(|(name, _)| *name == resource);
        match found {
            Some((_, collection)) => collection,
            None => unreachable!("'{resource}' is listed in mod.rs"),
        }
    }

    /// Writes a change. Cannot fail: everything that could has been decided before.
    pub(super) fn commit(&mut self, change: Change) {
        for (resource, document) in change.inserts {
            self.collection_mut(resource).insert(document);
        }
        for (resource, document) in change.replacements {
            self.collection_mut(resource).replace(document);
        }
        for (resource, id) in change.removals {
            self.collection_mut(resource).remove(id);
        }
    }

    fn collection_mut(&mut self, resource: &str) -> &mut Collection {
        let found = self
            .collections
            .iter_mut()
            .find(|(name, _)| *name == resource);
        match found {
            Some((_, collection)) => collection,
            None => unreachable!("'{resource}' is listed in mod.rs"),
        }
    }
}

impl Neighbours for Store {
    fn exists(&self, resource: &str, id: ObjectId) -> bool {
        self.collection(resource).holds(id)
    }

    fn is_taken(&self, _path: &str, _value: &Bson) -> bool {
        // No schema calls a field unique: where uniqueness is a question, decisions ask it.
        false
    }
}

impl api::Store for Store {
    const API: &'static str = NAME;

    fn section(&self, most: usize) -> Value {
        let shown = |collection: &Collection| {
            let documents = collection
                .iter()
                .take(most)
                .map(|document| in_world(&document));
            documents.collect::<Vec<_>>()
        };
        let sections = self.collections.iter();
        let codes = (authenticates::SECTION.to_owned(), self.api_codes.section());
        sections
            .map(|(name, collection)| ((*name).to_owned(), Value::from(shown(collection))))
            .chain([codes])
            .collect()
    }

    fn knows_user(&self, user: &Value) -> bool {
        let id = user.as_str().and_then(hex::id);
        id.is_some_and(|id| self.exists("users", id))
    }

    fn counts(&self) -> Vec<(&'static str, usize)> {
        let collections = self.collections.iter();
        collections
            .map(|(name, collection)| (*name, collection.len()))
            .collect()
    }

    fn differences(&self, earlier: &Self) -> Vec<Difference> {
        let of_one = |(name, collection): &(&'static str, Collection)| {
            let kind = *name;
            let sides = collection.differences(earlier.collection(name));
            let told = sides.into_iter().map(move |(document, is_later)| {
                let record = in_world(&document);
                let id = record["_id"].clone();
                Difference {
                    kind,
                    record,
                    id,
                    is_later,
                }
            });
            told.collect::<Vec<_>>()
        };
        self.collections.iter().flat_map(of_one).collect()
    }
}

/// A document as a world file has it: ids and dates as their texts.
fn in_world(document: &Document) -> Value {
    serde_json::from_str(&text::document(document)).unwrap_or_default()
}
