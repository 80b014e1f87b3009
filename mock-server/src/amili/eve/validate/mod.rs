//! The checks of a schema, with Cerberus's own messages and its habits: every problem is found at
//! once, and some problems hide others. It knows no resource; what only a store can answer, it asks.

mod read_only;
#[cfg(test)]
mod tests;
mod walk;

use bson::oid::ObjectId;
use bson::{Bson, Document};

use super::issues::Issues;
use super::normalise;
use super::schema::{Field, Level};
use walk::Walk;

/// What a check must know of other documents.
pub(crate) trait Neighbours {
    /// True if that resource has a document of that id.
    fn exists(&self, resource: &str, id: ObjectId) -> bool;

    /// True if another document than the one being written has this value at that dotted path.
    fn is_taken(&self, path: &str, value: &Bson) -> bool;
}

/// What kind of write is checked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Mode<'a> {
    /// A whole document: required fields are asked for, all defaults filled in.
    Create,
    /// Changes to this stored document.
    Patch { stored: &'a Document },
}

/// Whether fields outside the schema are welcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unknown {
    Refuse,
    Allow,
}

/// All that decides whether a body is accepted.
#[derive(Clone, Copy)]
pub(crate) struct Checks<'a> {
    pub(crate) fields: &'a [Field],
    pub(crate) mode: Mode<'a>,
    pub(crate) unknown: Unknown,
    pub(crate) neighbours: &'a dyn Neighbours,
}

/// A body after its checks. The document is of use if there are no issues.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Checked {
    /// What is to be written: fields in the order sent, then defaults.
    pub(crate) document: Document,
    /// What is wrong.
    pub(crate) issues: Issues,
}

impl Checks<'_> {
    /// Unfolds, converts, fills defaults in and checks.
    pub(crate) fn check(&self, mut document: Document) -> Checked {
        let root = Level::root(self.fields);
        normalise::convert(&mut document, self.fields);
        // Read-only fields are looked at before defaults, which may be theirs.
        let mut walk = Walk::new(self, Issues::new());
        walk.read_only_fields(&document, root);
        let issues = walk.issues;
        normalise::fill_defaults(&mut document, self.fields, self.persisted());
        let mut walk = Walk::new(self, issues);
        walk.mapping(&document, root);
        let issues = walk.issues;
        Checked { document, issues }
    }

    fn persisted(&self) -> Option<&Document> {
        match self.mode {
            Mode::Create => None,
            Mode::Patch { stored } => Some(stored),
        }
    }
}
