//! What the platform asks of an API. A new API implements this and is listed in `server.rs`.

use std::any::Any;

use axum::Router;
use serde_json::Value;

use super::assumption::{Answers, Assumption};
use super::rule::Rule;
use crate::openapi::Description;

/// One faked API.
pub(crate) trait Api: Send + Sync {
    /// Its name: the first part of its rules' ids, the key of its section in a world file.
    fn name(&self) -> &'static str;

    /// The path below which it serves; empty for the one at the root.
    fn prefix(&self) -> &'static str;

    /// Its routes, without the prefix, with its own answers to unknown paths and methods.
    fn router(&self) -> Router;

    /// What its OpenAPI document says, under these answers to open questions.
    fn described(&self, answers: &Answers) -> Description;

    /// Every rule it enforces.
    fn rules(&self) -> &'static [&'static Rule];

    /// Every assumption it rests on.
    fn assumptions(&self) -> &'static [&'static Assumption];

    /// The store that a section of a world file describes.
    fn open(&self, section: &Value) -> Result<Box<dyn AnyStore>, WorldError>;

    /// A call that works when pasted into a shell.
    fn example(&self, base_url: &str, token: &str) -> String;

    /// The ids that client code needs besides address and token, as environment variables.
    fn environment(&self, section: &Value) -> Vec<(&'static str, String)>;
}

/// The state of one API in one space: a plain value.
pub(crate) trait Store: Clone + Send + Sync + 'static {
    /// The API whose state it is.
    const API: &'static str;

    /// The section of a world file that describes it.
    fn section(&self) -> Value;

    /// Whether a user of this id can act.
    fn knows_user(&self, user: &Value) -> bool;
}

/// A store of any API, as the platform keeps it.
pub(crate) trait AnyStore: Send + Sync {
    /// A copy. Stores share what they have in common, so that it costs next to nothing.
    fn cloned(&self) -> Box<dyn AnyStore>;
    fn section(&self) -> Value;
    fn knows_user(&self, user: &Value) -> bool;
    fn as_any(&mut self) -> &mut dyn Any;
}

impl<S: Store> AnyStore for S {
    fn cloned(&self) -> Box<dyn AnyStore> {
        Box::new(self.clone())
    }

    fn section(&self) -> Value {
        Store::section(self)
    }

    fn knows_user(&self, user: &Value) -> bool {
        Store::knows_user(self, user)
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

/// Why a world cannot be opened: where the fault lies, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {fault}")]
pub struct WorldError {
    /// The place as a path, `amili.creditors.0.name`.
    pub place: String,
    /// What is wrong there.
    pub fault: String,
}

impl WorldError {
    pub(crate) fn at(place: impl Into<String>, fault: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            fault: fault.into(),
        }
    }
}
