//! Users: creation (guide step 1) and their departments (guide step 3).

mod decide;
mod fields;
pub(super) mod model;
mod openapi;
#[cfg(test)]
mod tests;

use serde_json::json;

use super::answer::Shown;
use super::extract::{Body, Caller};
use super::ids::Target;
use super::refusal::Refusal;
use super::rulebook;
use super::store::Store;
use crate::openapi::Call;
use crate::platform::moment::Answered;
use crate::platform::query::Query;
use crate::platform::spaces::Entered;

/// Guide step 1: creates a login account.
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
        let user = model::UserShown::from(store.commit_user(new));
        Ok(Shown::created(moment, json!(user)))
    })
}

/// `POST /v2/admin/users/{userId}/department`, guide step 3: puts a user into departments.
async fn link(
    Entered { space, .. }: Entered,
    target: Target,
    caller: Caller,
    query: Query,
    body: Body,
) -> Answered<Shown, Refusal> {
    space.with(|store: &mut Store, moment| {
        moment.applies(&rulebook::LINK_PATH);
        moment.reads(&query, &[]);
        let body = body.read(moment);
        let link = decide::link(store, moment, caller.0, target, body)?;
        let departments = store.commit_link(link);
        Ok(Shown::assigned(
            moment,
            json!({ "departments": departments }),
        ))
    })
}

/// Guide step 1.
pub(super) fn creation() -> Call {
    Call::post(create, openapi::create)
}

/// Guide step 3.
pub(super) fn linking() -> Call {
    Call::post(link, openapi::link)
}
