//! Creditors: those who are owed. A new one brings its access groups.

mod activation;
mod check;
mod decide;
mod fill;
mod named;
mod openapi;
mod removal;
pub(super) mod schema;
#[cfg(test)]
mod tests;

pub(super) use self::decide::create;
pub(super) use self::openapi::{active, brought, create as described, named, new as body};
use self::schema::RESOURCE;
use super::answer::{Changed, Deleted};
use super::conditions::Conditions;
use super::eve::Projection;
use super::extract::{Body, Caller, Id};
use super::refusal::Refusal;
use super::store::{Change, Store};
use crate::openapi::Call;
use crate::platform::moment::Answered;
use crate::platform::query::Query;
use crate::platform::spaces::Entered;

/// `PATCH /creditors/{id}`: changes a creditor, which is how an inactive one is activated.
pub(super) fn changing() -> Call {
    Call::patch(change, openapi::change)
}

async fn change(
    Entered { space, .. }: Entered,
    id: Id,
    caller: Caller,
    query: Query,
    conditions: Conditions,
    Body(body): Body,
) -> Answered<Changed, Refusal> {
    space.with(|store: &mut Store, moment| {
        moment.reads(&query, &["projection"]);
        conditions.check_date()?;
        // It shapes nothing, but it must be readable.
        Projection::parse(query.get("projection").unwrap_or_default())?;
        let document = decide::change(store, moment, caller.0, id.0, &conditions, body)?;
        let answer = Changed::of(&document);
        store.commit(Change::replacing(RESOURCE.name, document));
        Ok(answer)
    })
}

/// `DELETE /creditors/{id}`: takes a creditor away, and with it its access groups.
pub(super) fn removal() -> Call {
    Call::delete(remove, openapi::removal)
}

async fn remove(
    Entered { space, .. }: Entered,
    id: Id,
    caller: Caller,
    query: Query,
    conditions: Conditions,
) -> Answered<Deleted, Refusal> {
    space.with(|store: &mut Store, moment| {
        moment.reads(&query, &[]);
        let change = decide::remove(store, moment, caller.0, id.0, &conditions)?;
        store.commit(change);
        Ok(Deleted)
    })
}

pub(super) use named::{INACTIVE, check as check_named, check_active};
