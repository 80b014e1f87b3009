//! What the platform asks of an API. A new API implements this and is listed in `server.rs`.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;

use axum::body::HttpBody;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri};
use axum::response::Response;
use futures_util::FutureExt;
use jiff::Timestamp;
use serde_json::Value;

use super::assumption::{Answers, Assumption};
use super::faults::Call;
use super::moment::Trace;
use super::rule::Rule;
use super::space::Space;
use super::spaces::{Entered, with_path};
use crate::openapi::Description;

/// One faked API.
pub(crate) trait Api: Send + Sync {
    /// Its name: the first part of its rules' ids, the key of its section in a world file.
    fn name(&self) -> &'static str;

    /// The path below which it serves; empty for the one at the root.
    fn prefix(&self) -> &'static str;

    /// The hosts of the real API that a document names.
    fn hosts(&self) -> &'static [&'static str];

    /// What answers its requests, with its own answers to unknown paths and methods.
    fn fake(&self) -> Arc<dyn Fake>;

    /// The answer to a request on which it failed.
    fn defect(&self) -> Response;

    /// Whether an answer given before holds for the same request once more, for all that the API counts of
    /// requests; if so, the request is counted as one of this instant.
    fn repeats(
        &self,
        _space: &Space,
        _headers: &HeaderMap,
        _trace: &Trace,
        _now: Timestamp,
    ) -> bool {
        true
    }

    /// Every call that it offers under some answers to open questions.
    fn offered(&self) -> Vec<Call>;

    /// The header that carries a token, and its value.
    fn credentials(&self, token: &str) -> (HeaderName, String);

    /// The body of an error of this status that no request of its own brought about.
    fn error(&self, status: StatusCode) -> Value;

    /// What its OpenAPI document says, under these answers to open questions.
    fn described(&self, answers: &Answers) -> Description;

    /// Every rule it enforces.
    fn rules(&self) -> &'static [&'static Rule];

    /// Every assumption it rests on.
    fn assumptions(&self) -> &'static [&'static Assumption];

    /// The store that a section of a world file describes.
    fn open(&self, section: &Value) -> Result<Box<dyn AnyStore>, WorldError>;

    /// A body as its answers write it, on one line or for people.
    fn written(&self, body: &Value, _pretty: bool) -> String {
        body.to_string()
    }

    /// A call that works when pasted into a shell.
    fn example(&self, base_url: &str, token: &str) -> String;

    /// The ids that client code needs besides address and token, as environment variables.
    fn environment(&self, section: &Value) -> Vec<(&'static str, String)>;
}

/// What answers the requests to an API.
pub(crate) trait Fake: Send + Sync {
    /// Answers a request whose path begins behind the prefix of the API. The request carries its space, too.
    fn answer(&self, entered: Entered, request: Request) -> Answering<'_>;
}

/// An answer in the making.
pub(crate) type Answering<'a> = Pin<Box<dyn Future<Output = Response> + Send + 'a>>;

/// Has an API answer a request in a space, whose path has the prefix of the API.
pub(crate) async fn answered(
    api: &dyn Api,
    fake: &dyn Fake,
    entered: Entered,
    mut request: Request,
) -> Response {
    if !request.body().is_end_stream() {
        DefaultBodyLimit::max(entered.space.limits().body).apply(&mut request);
    }
    if !api.prefix().is_empty() {
        *request.uri_mut() = without_prefix(api, request.uri());
    }
    request.extensions_mut().insert(entered.clone());
    let answering = AssertUnwindSafe(fake.answer(entered, request)).catch_unwind();
    answering.await.unwrap_or_else(|_| api.defect())
}

fn without_prefix(api: &dyn Api, uri: &Uri) -> Uri {
    let rest = uri.path().strip_prefix(api.prefix());
    let path = rest.filter(|rest| !rest.is_empty()).unwrap_or("/");
    with_path(uri, path)
}

/// The state of one API in one space: a plain value.
pub(crate) trait Store: Clone + Send + Sync + 'static {
    /// The API whose state it is.
    const API: &'static str;

    /// The section of a world file that describes it, with at most so many records of each kind.
    fn section(&self, most: usize) -> Value;

    /// Whether a user of this id can act.
    fn knows_user(&self, user: &Value) -> bool;

    /// How many records there are of each kind, by its name in a world file.
    fn counts(&self) -> Vec<(&'static str, usize)>;

    /// How many records there are.
    fn size(&self) -> usize {
        self.counts().iter().map(|(_, count)| count).sum()
    }

    /// What an earlier state of this store and this one do not have in common. A record may be told on both
    /// sides although it is the same.
    fn differences(&self, earlier: &Self) -> Vec<Difference>;
}

/// One record that two states of a store do not have in common.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Difference {
    /// The kind of record, by its name in a world file.
    pub(crate) kind: &'static str,
    /// The record as a world file has it.
    pub(crate) record: Value,
    /// Its id.
    pub(crate) id: Value,
    /// Whether it is the later state that has it.
    pub(crate) is_later: bool,
}

/// A store of any API, as the platform keeps it.
pub(crate) trait AnyStore: Send + Sync {
    /// A copy. Stores share what they have in common, so that it costs next to nothing.
    fn cloned(&self) -> Box<dyn AnyStore>;
    fn section(&self, most: usize) -> Value;
    fn knows_user(&self, user: &Value) -> bool;
    fn counts(&self) -> Vec<(&'static str, usize)>;
    fn size(&self) -> usize;
    /// Nothing when the other store is of another API.
    fn differences(&self, earlier: &dyn AnyStore) -> Vec<Difference>;
    fn as_any(&mut self) -> &mut dyn Any;
    fn as_any_ref(&self) -> &dyn Any;
}

impl<S: Store> AnyStore for S {
    fn cloned(&self) -> Box<dyn AnyStore> {
        Box::new(self.clone())
    }

    fn section(&self, most: usize) -> Value {
        Store::section(self, most)
    }

    fn knows_user(&self, user: &Value) -> bool {
        Store::knows_user(self, user)
    }

    fn counts(&self) -> Vec<(&'static str, usize)> {
        Store::counts(self)
    }

    fn size(&self) -> usize {
        Store::size(self)
    }

    fn differences(&self, earlier: &dyn AnyStore) -> Vec<Difference> {
        let earlier = earlier.as_any_ref().downcast_ref::<S>();
        earlier.map_or_else(Vec::new, |earlier| Store::differences(self, earlier))
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }

    fn as_any_ref(&self) -> &dyn Any {
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
