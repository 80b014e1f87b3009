//! The calls that every resource has alike: lists, items, creations; and those that are not modelled.

use axum::body::Body as HttpBody;
use axum::http::{Method, Response, StatusCode};
use bson::Document;
use bson::oid::ObjectId;

use super::answer::{self, Created, Item, Page};
use super::conditions::Conditions;
use super::extract::{Body, Caller, Id};
use super::gaps;
use super::openapi;
use super::reads;
use super::refusal::Refusal;
use super::resource::Resource;
use super::routes::{Routes, refuse};
use super::store::{Change, Store};
use super::writes;
use crate::openapi::{Call, Operation};
use crate::platform::assumption::Answers;
use crate::platform::moment::{Answered, Moment};
use crate::platform::query::Query;
use crate::platform::spaces::Entered;

/// What a resource decides about one document that a client creates.
pub(super) type Creation = fn(&Store, &mut Moment, ObjectId, Document) -> Result<Change, Refusal>;

/// What the document says of such a creation.
pub(super) type Described = fn(&Answers) -> Operation;

/// `POST /<resource>`: creates one document, or several of which all are stored or none.
pub(super) fn creation(decide: Creation, described: Described) -> Call {
    Call::post(
        move |Entered { space, address }: Entered,
              caller: Caller,
              query: Query,
              Body(body): Body| async move {
            space.with(|store: &mut Store, moment| -> Result<Created, Refusal> {
                moment.reads(&query, &[]);
                let changes = writes::post(store, moment, body, |store, moment, object| {
                    decide(store, moment, caller.0, object)
                })?;
                let answer = Created::of(&changes, &address);
                changes.into_iter().for_each(|change| store.commit(change));
                Ok(answer)
            })
        },
        described,
    )
}

/// `GET /`: the framework lists its resources there only where links are on.
pub(super) fn home() -> Call {
    Call::get(shown_home, openapi::home)
}

async fn shown_home(
    Entered { space, .. }: Entered,
    _: Caller,
) -> Answered<Response<HttpBody>, Refusal> {
    space.look(|_: &Store, _| Ok(answer::document(StatusCode::OK, &Document::new())))
}

/// `GET /<resource>`.
pub(super) fn list(resource: &'static Resource) -> Call {
    Call::get(
        move |Entered { space, .. }: Entered, caller: Caller, query: Query, headers: Conditions| async move {
            space.look(|store: &Store, moment| -> Result<Page, Refusal> {
                reads::list(store, moment, resource, caller.0, &query, &headers)
            })
        },
        move |answers| openapi::list(resource, answers),
    )
}

/// `GET /<resource>/<id>`.
pub(super) fn item(resource: &'static Resource) -> Call {
    Call::get(
        move |Entered { space, .. }: Entered,
              id: Id,
              caller: Caller,
              query: Query,
              headers: Conditions| async move {
            space.look(|store: &Store, moment| -> Result<Item, Refusal> {
                reads::item(store, moment, resource, caller.0, id.0, &query, &headers)
            })
        },
        move |answers| openapi::item(resource, answers),
    )
}

/// A call that is documented and not modelled. The key is asked for first, as everywhere.
pub(super) fn unmodelled(routes: &mut Routes, gap: gaps::Gap) {
    for method in gap.methods {
        let answer = move |space: Entered, _: Caller| refuse(space, Refusal::NotModelled(gap.what));
        let described =
            move |answers: &Answers| openapi::unmodelled(&gap, method.as_str(), answers);
        let call = match *method {
            Method::POST => Call::post(answer, described),
            _ => Call::get(answer, described),
        };
        routes.at(gap.path, call);
    }
}
