//! One document as a collection keeps it: packed, since most are seldom looked at, and unpacked, with its
//! text ready to be sent, for as long as it is one of those asked for last.

use std::collections::VecDeque;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use bson::{Bson, Document, RawDocument};

use super::eve::text;

/// How many documents of a collection are unpacked at a time.
const MOST_UNPACKED: usize = 256;

/// A document, unpacked.
#[derive(Debug)]
pub(super) struct Record {
    document: Document,
    text: OnceLock<Box<str>>,
}

impl Record {
    fn new(document: Document) -> Self {
        Self {
            document,
            text: OnceLock::new(),
        }
    }

    /// Its text without the fields that its resource hides, made when it is first asked for.
    pub(super) fn text(&self, hides: &[&str]) -> &str {
        self.text
            .get_or_init(|| text::without(&self.document, hides).into())
    }
}

impl Deref for Record {
    type Target = Document;

    fn deref(&self) -> &Document {
        &self.document
    }
}

/// A document as it is kept.
#[derive(Debug)]
pub(super) struct Kept {
    form: Form,
    unpacked: Mutex<Option<Arc<Record>>>,
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        match (&self.form, &other.form) {
            (Form::Packed(own), Form::Packed(other)) => own == other,
            _ => self.document() == other.document(),
        }
    }
}

#[derive(Debug)]
enum Form {
    /// The bytes of BSON.
    Packed(Box<[u8]>),
    /// BSON has no form for it: a key holds a NUL.
    Whole(Arc<Record>),
}

impl Kept {
    /// Packs a document.
    pub(super) fn new(document: Document) -> Self {
        let form = match document.to_vec() {
            Ok(bytes) => Form::Packed(bytes.into()),
            Err(_) => Form::Whole(Arc::new(Record::new(document))),
        };
        Self {
            form,
            unpacked: Mutex::default(),
        }
    }

    /// The document.
    pub(super) fn record(self: &Arc<Self>, recent: &Recent) -> Arc<Record> {
        let bytes = match &self.form {
            Form::Packed(bytes) => bytes,
            Form::Whole(record) => return Arc::clone(record),
        };
        let mut slot = self.slot();
        if let Some(record) = &*slot {
            return Arc::clone(record);
        }
        let record = Arc::new(Record::new(unpacked(bytes, |_| true)));
        *slot = Some(Arc::clone(&record));
        drop(slot);
        recent.add(self);
        record
    }

    /// The document, or of one that is packed no more than some of its fields.
    pub(super) fn part(&self, fields: &[&str]) -> Part {
        match &self.form {
            Form::Whole(record) => Part::Record(Arc::clone(record)),
            Form::Packed(bytes) => match &*self.slot() {
                Some(record) => Part::Record(Arc::clone(record)),
                None => Part::Fields(unpacked(bytes, |key| fields.contains(&key))),
            },
        }
    }

    /// The document, not to be kept unpacked.
    pub(super) fn document(&self) -> Document {
        match &self.form {
            Form::Packed(bytes) => unpacked(bytes, |_| true),
            Form::Whole(record) => record.document.clone(),
        }
    }

    // Nothing in between can panic half-way.
    fn slot(&self) -> MutexGuard<'_, Option<Arc<Record>>> {
        self.unpacked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// As much of a document as was asked for, at least.
pub(super) enum Part {
    Record(Arc<Record>),
    Fields(Document),
}

impl Deref for Part {
    type Target = Document;

    fn deref(&self) -> &Document {
        match self {
            Self::Record(record) => record,
            Self::Fields(fields) => fields,
        }
    }
}

/// The fields of a packed document that are wanted. What was packed can be unpacked.
fn unpacked(bytes: &[u8], wanted: impl Fn(&str) -> bool) -> Document {
    let raw = RawDocument::from_bytes(bytes).into_iter().flatten();
    let fields = raw.filter_map(Result::ok);
    let fields = fields.filter(|(key, _)| wanted(key.as_str()));
    let field = |(key, value): (&bson::raw::CStr, bson::RawBsonRef<'_>)| {
        let value = Bson::try_from(value).unwrap_or(Bson::Null);
        (key.as_str().to_owned(), value)
    };
    fields.map(field).collect()
}

/// The documents that were unpacked last. Copies of a collection share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Recent(Arc<Mutex<VecDeque<Arc<Kept>>>>);

impl Recent {
    /// Notes one that has been unpacked, and packs the one that has been so for longest, if there are too many.
    fn add(&self, kept: &Arc<Kept>) {
        let mut recent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        recent.push_back(Arc::clone(kept));
        let oldest = match recent.len() > MOST_UNPACKED {
            true => recent.pop_front(),
            false => None,
        };
        drop(recent);
        if let Some(oldest) = oldest {
            *oldest.slot() = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use bson::doc;
    use bson::oid::ObjectId;

    use super::*;

    fn number(number: i32) -> Document {
        doc! { "_id": ObjectId::from_bytes([7; 12]), "number": number, "inner": { "list": [number, "å"] } }
    }

    #[test]
    fn what_is_packed_comes_back_as_it_was() {
        for document in [number(1), doc! { "a key with a \0": 1, "another": [{}] }] {
            let kept = Arc::new(Kept::new(document.clone()));
            let recent = Recent::default();
            assert_eq!(kept.document(), document);
            assert_eq!(**kept.record(&recent), document);
            assert_eq!(*kept.part(&["number", "another"]), document);
        }
    }

    #[test]
    fn a_part_of_a_packed_document_has_the_fields_asked_for() {
        let kept = Kept::new(number(5));
        assert_eq!(*kept.part(&["number", "absent"]), doc! { "number": 5 });
    }

    #[test]
    fn no_more_documents_stay_unpacked_than_are_asked_for_often() {
        let recent = Recent::default();
        let kept: Vec<Arc<Kept>> = (0..1000).map(|i| Arc::new(Kept::new(number(i)))).collect();
        for kept in &kept {
            kept.record(&recent);
        }
        let unpacked = kept.iter().filter(|kept| kept.slot().is_some()).count();
        assert_eq!(unpacked, MOST_UNPACKED);
        let last = kept.last().unwrap();
        assert!(Arc::ptr_eq(&last.record(&recent), &last.record(&recent)));
    }
}
