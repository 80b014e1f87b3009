//! The documents of one resource, in the order in which they were made, with indexes over their ids.
//!
//! Every map shares structure between clones, so that a copy of a large space costs next to nothing.

use std::sync::Arc;

use bson::oid::ObjectId;
use bson::{Bson, Document};
use imbl::ordmap::DiffItem;
use imbl::shared_ptr::DefaultSharedPtr;
use imbl::{GenericHashMap, OrdMap};

use super::places::Places;
use super::record::{Kept, Part, Recent, Record};

/// Nothing that anybody sees depends on its order, so that the seed of its hashes may be another each time.
type HashMap<K, V> = GenericHashMap<K, V, foldhash::fast::RandomState, DefaultSharedPtr>;

/// Where a document stands: it counts up from the first.
pub(super) type Place = u64;

/// The documents of one resource.
#[derive(Debug, Clone)]
pub(super) struct Collection {
    documents: OrdMap<Place, Arc<Kept>>,
    places: HashMap<ObjectId, Place>,
    /// For each field whose ids, texts and whole numbers are looked up, as a dotted path: where each value is.
    indexes: Vec<(&'static str, HashMap<Key, Places>)>,
    next: Place,
    recent: Recent,
}

/// A value that is looked up.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Id(ObjectId),
    Text(String),
    Whole(i64),
}

impl Key {
    fn of(value: &Bson) -> Option<Self> {
        match value {
            Bson::ObjectId(id) => Some(Self::Id(*id)),
            Bson::String(text) => Some(Self::Text(text.clone())),
            Bson::Int32(whole) => Some(Self::Whole((*whole).into())),
            Bson::Int64(whole) => Some(Self::Whole(*whole)),
            _ => None,
        }
    }
}

impl Collection {
    /// No document yet.
    pub(super) fn new(indexed: &'static [&'static str]) -> Self {
        let indexes = indexed.iter().map(|path| (*path, HashMap::default()));
        Self {
            documents: OrdMap::new(),
            places: HashMap::default(),
            indexes: indexes.collect(),
            next: 0,
            recent: Recent::default(),
        }
    }

    /// The document of an id.
    pub(super) fn get(&self, id: ObjectId) -> Option<Arc<Record>> {
        self.at(*self.places.get(&id)?)
    }

    /// Whether there is a document of an id.
    pub(super) fn holds(&self, id: ObjectId) -> bool {
        self.places.contains_key(&id)
    }

    /// Every document, oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = Document> {
        self.documents.values().map(|kept| kept.document())
    }

    /// Where each document stands, oldest first.
    pub(super) fn places(&self) -> impl Iterator<Item = Place> {
        self.documents.keys().copied()
    }

    /// The documents that an earlier state and this one do not have in common, and whether it is this one
    /// that has each.
    pub(super) fn differences(&self, earlier: &Self) -> Vec<(Document, bool)> {
        let items = earlier.documents.diff(&self.documents);
        let sides = items.flat_map(|item| match item {
            DiffItem::Add(_, new) => [None, Some((new, true))],
            DiffItem::Update { old, new } => [Some((old.1, false)), Some((new.1, true))],
            DiffItem::Remove(_, old) => [Some((old, false)), None],
        });
        let sides = sides.flatten();
        sides
            .map(|(kept, is_later)| (kept.document(), is_later))
            .collect()
    }

    /// How many documents have ever been made.
    pub(super) fn made(&self) -> u64 {
        self.next
    }

    /// How many documents there are.
    pub(super) fn len(&self) -> usize {
        self.documents.len()
    }

    /// The document at a place.
    pub(super) fn at(&self, place: Place) -> Option<Arc<Record>> {
        let kept = self.documents.get(&place)?;
        Some(kept.record(&self.recent))
    }

    /// Of the document at a place no more than some fields need be there. For those who look at many.
    pub(super) fn part(&self, place: Place, fields: &[&str]) -> Option<Part> {
        Some(self.documents.get(&place)?.part(fields))
    }

    /// Where the documents stand that hold this value in this field; `None` where no index tells.
    pub(super) fn having(&self, path: &str, value: &Bson) -> Option<Places> {
        let key = Key::of(value)?;
        if path == "_id" {
            let Key::Id(id) = key else { return None };
            return Some(self.places.get(&id).copied().into());
        }
        let mut indexes = self.indexes.iter();
        let (_, index) = indexes.find(|(indexed, _)| *indexed == path)?;
        Some(index.get(&key).cloned().unwrap_or_default())
    }

    /// Adds a document behind all others.
    pub(super) fn insert(&mut self, document: Document) {
        let place = self.next;
        self.next += 1;
        self.places.insert(id_of(&document), place);
        self.enter(place, document);
    }

    /// Puts a document into the place of the one with its id.
    pub(super) fn replace(&mut self, document: Document) {
        if let Some(place) = self.places.get(&id_of(&document)).copied() {
            self.leave(place);
            self.enter(place, document);
        }
    }

    /// Takes a document away.
    pub(super) fn remove(&mut self, id: ObjectId) {
        if let Some(place) = self.places.remove(&id) {
            self.leave(place);
        }
    }

    fn enter(&mut self, place: Place, document: Document) {
        for (path, index) in &mut self.indexes {
            keys_at(&document, path, &mut |key| {
                index.entry(key).or_default().insert(place);
            });
        }
        self.documents.insert(place, Arc::new(Kept::new(document)));
    }

    fn leave(&mut self, place: Place) {
        let Some(kept) = self.documents.remove(&place) else {
            return;
        };
        let document = kept.document();
        for (path, index) in &mut self.indexes {
            keys_at(&document, path, &mut |key| {
                let Some(places) = index.get_mut(&key) else {
                    return;
                };
                places.remove(place);
                if places.is_empty() {
                    index.remove(&key);
                }
            });
        }
    }
}

fn id_of(document: &Document) -> ObjectId {
    match document.get_object_id("_id") {
        Ok(id) => id,
        Err(_) => unreachable!("every document that is decided on has an id"),
    }
}

/// Hands over the values at a dotted path that are looked up, through lists.
fn keys_at(document: &Document, path: &str, found: &mut impl FnMut(Key)) {
    let (name, rest) = match path.split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    let values = match document.get(name) {
        Some(Bson::Array(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    for value in values {
        match (value, rest) {
            (value, None) => Key::of(value).into_iter().for_each(&mut *found),
            (Bson::Document(inner), Some(rest)) => keys_at(inner, rest, found),
            _ => {}
        }
    }
}
