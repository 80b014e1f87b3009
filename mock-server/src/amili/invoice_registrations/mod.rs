//! Invoice registrations: invoices to be sent to a customer. Each brings a case.

mod decide;
pub(super) mod schema;
#[cfg(test)]
mod tests;

use super::answer::Created;
use super::extract::{Body, Caller};
use super::refusal::Refusal;
use super::store::Store;
use super::writes;
use crate::platform::moment::Answered;
use crate::platform::query::Query;
use crate::platform::spaces::Entered;

/// `POST /invoice--registrations`: registers an invoice, and with it a case.
pub(super) async fn create(
    Entered { space, address }: Entered,
    caller: Caller,
    query: Query,
    Body(body): Body,
) -> Answered<Created, Refusal> {
    space.with(|store: &mut Store, moment| {
        moment.reads(&query, &[]);
        let changes = writes::post(store, moment, body, |store, moment, object| {
            decide::create(store, moment, caller.0, object)
        })?;
        let answer = Created::of(&changes, &address);
        changes.into_iter().for_each(|change| store.commit(change));
        Ok(answer)
    })
}
