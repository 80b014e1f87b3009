//! Permission groups: the list (guide step 4) and their assignment to users (guide step 5).

mod decide;
pub(super) mod model;
mod openapi;
#[cfg(test)]
mod tests;

use serde_json::json;

use super::answer::Shown;
use super::assumptions::FlagType;
use super::extract::{Body, Caller};
use super::ids::Target;
use super::refusal::Refusal;
use super::rulebook;
use super::store::Store;
use crate::openapi::Call;
use crate::platform::moment::Answered;
use crate::platform::query::Query;
use crate::platform::spaces::Entered;

/// `GET /v2/admin/permission/groups`, guide step 4: the groups that the caller sees.
async fn list(
    Entered { space, .. }: Entered,
    caller: Caller,
    query: Query,
) -> Answered<Shown, Refusal> {
    space.with(|store: &mut Store, moment| {
        moment.applies(&rulebook::LIST_PATH);
        moment.reads(&query, &["company_id"]);
        let filters = query.keys().filter(|key| *key == "company_id");
        if filters.count() > 1 {
            moment.warns("of several company_id in the query the first counts".to_owned());
        }
        let groups = decide::list(store, moment, caller.0, query.get("company_id"))?;
        let flags = moment.assumes::<FlagType>();
        let shown = groups.into_iter().map(|group| group.shown(flags));
        let shown = shown.collect::<Vec<_>>();
        Ok(Shown::listed(moment, json!(shown)))
    })
}

/// `POST /v2/admin/user/{userId}/groups`, guide step 5: the list given replaces the list kept.
async fn assign(
    Entered { space, .. }: Entered,
    target: Target,
    caller: Caller,
    query: Query,
    body: Body,
) -> Answered<Shown, Refusal> {
    space.with(|store: &mut Store, moment| {
        moment.applies(&rulebook::ASSIGN_PATH);
        moment.reads(&query, &[]);
        let body = body.read(moment);
        let assignment = decide::assign(store, moment, caller.0, target, body)?;
        let groups = store.commit_assignment(assignment);
        Ok(Shown::assigned(moment, json!({ "groups": groups })))
    })
}

/// Guide step 4.
pub(super) fn listing() -> Call {
    Call::get(list, openapi::list)
}

/// Guide step 5.
pub(super) fn assignment() -> Call {
    Call::post(assign, openapi::assign)
}
