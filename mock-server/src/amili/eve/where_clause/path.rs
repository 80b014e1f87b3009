//! How a dotted path finds values, through objects and arrays. It knows the database's rules of
//! descent and no operator.

use bson::{Bson, Document};

/// What becomes of an array at the end of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AtArray {
    /// Its elements are looked at, and then it.
    Enter,
    /// Only it is looked at.
    Stay,
}

/// True if `test` holds for any value the path leads to. A field that is not there is looked at as
/// well, as `None`.
pub(super) fn any(
    document: &Document,
    path: &[String],
    at_array: AtArray,
    test: &dyn Fn(Option<&Bson>) -> bool,
) -> bool {
    Search { at_array, test }.in_document(document, path)
}

struct Search<'a> {
    at_array: AtArray,
    test: &'a dyn Fn(Option<&Bson>) -> bool,
}

impl Search<'_> {
    fn in_document(&self, document: &Document, path: &[String]) -> bool {
        let Some((first, rest)) = path.split_first() else {
            return (self.test)(None);
        };
        match (document.get(first), rest) {
            (None, _) => (self.test)(None),
            (Some(value), []) => self.at_end(value),
            (Some(Bson::Document(inner)), rest) => self.in_document(inner, rest),
            (Some(Bson::Array(items)), rest) => self.in_array(items, rest),
            (Some(_), _) => (self.test)(None),
        }
    }

    fn at_end(&self, value: &Bson) -> bool {
        match value {
            Bson::Array(items) if self.at_array == AtArray::Enter => {
                items.iter().any(|item| (self.test)(Some(item))) || (self.test)(Some(value))
            }
            _ => (self.test)(Some(value)),
        }
    }

    /// An array in the middle of a path: its objects are entered, and any element can be named by
    /// its index. Plain elements lead nowhere, not even to an absent field.
    fn in_array(&self, items: &[Bson], path: &[String]) -> bool {
        let Some((next, behind)) = path.split_first() else {
            return false;
        };
        let named = next
            .parse::<usize>()
            .ok()
            .filter(|index| index.to_string() == *next);
        items.iter().enumerate().any(|(index, item)| {
            let entered = matches!(item, Bson::Document(inner) if self.in_document(inner, path));
            entered || (named == Some(index) && self.by_index(item, behind))
        })
    }

    /// What lies behind an index. An array that ends the path is not entered here.
    fn by_index(&self, item: &Bson, behind: &[String]) -> bool {
        match (item, behind) {
            (_, []) => (self.test)(Some(item)),
            (Bson::Document(inner), _) => self.in_document(inner, behind),
            (Bson::Array(items), _) => self.in_array(items, behind),
            _ => false,
        }
    }
}

/// An array as the object that it is in the database's own form.
pub(super) fn as_object(items: &[Bson]) -> Document {
    (0..)
        .zip(items)
        .map(|(index, item): (usize, _)| (index.to_string(), item.clone()))
        .collect()
}
