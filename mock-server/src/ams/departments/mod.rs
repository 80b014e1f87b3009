//! Departments: creation (guide step 2).

mod decide;
pub(super) mod model;
mod openapi;
#[cfg(test)]
mod tests;

use serde_json::json;

use super::answer::Shown;
use super::extract::{Body, Caller};
use super::refusal::Refusal;
use super::store::Store;
use crate::openapi::Call;
use crate::platform::moment::Answered;
use crate::platform::query::Query;
use crate::platform::spaces::Entered;

/// Guide step 2: creates a department.
async fn create(
    Entered { space, .. }: Entered,
    caller: Caller,
    query: Query,
    body: Body,
) -> Answered<Shown, Refusal> {
    space.with(|store: &mut Store, moment| {
        moment.reads(&query, &[]);
        let body = body.read(moment);
        let new = decide::create(store, moment, caller.0, body)?;
        let department = store.commit_department(new);
        Ok(Shown::created(moment, json!(department)))
    })
}

/// Guide step 2.
pub(super) fn creation() -> Call {
    Call::post(create, openapi::create)
}
