//! Tests of the framework's manners. Expected texts and values are those of the framework itself,
//! as its answers show them.

mod bodies;
mod conversions;
mod never_panics;
mod orders;
mod pages;
mod patches;
mod problems;
mod projections;
mod sorts;
mod tags;
mod texts;
mod validators;

use bson::{Bson, Document};

use super::body;

/// A document from JSON text, nothing converted.
#[track_caller]
pub(super) fn document(text: &str) -> Document {
    match body::read(text.as_bytes()) {
        Ok(Bson::Document(members)) => members,
        other => panic!("{text} is {other:?}"),
    }
}
