//! Decides on creditors: what the documents ask beyond the schema. Reads the store, never changes it.

use std::sync::Arc;

use bson::oid::ObjectId;
use bson::{Bson, Document};

use super::schema::RESOURCE;
use super::{activation, check, fill, removal};
use crate::amili::access_groups;
use crate::amili::assumptions::{AccountUnsaid, DeleteUnknown, DeletedGroups};
use crate::amili::conditions::Conditions;
use crate::amili::document;
use crate::amili::refusal::Refusal;
use crate::amili::rulebook;
use crate::amili::scope::Scope;
use crate::amili::store::{Change, Store};
use crate::amili::users;
use crate::amili::writes;
use crate::platform::moment::Moment;

/// Decides on a new creditor and the access groups that it brings.
pub(in crate::amili) fn create(
    store: &Store,
    moment: &mut Moment,
    caller: ObjectId,
    mut body: Document,
) -> Result<Change, Refusal> {
    let scope = Scope::of(store, caller)?;
    scope.check_whole()?;
    settle_account(moment, &scope, &mut body);
    let mut draft = writes::check_new(store, moment, &RESOURCE, &scope, body)?;
    fill::activity(moment, Arc::make_mut(&mut draft.document));
    let whole = Arc::clone(&draft.document);
    activation::check(moment, &whole, &mut draft);
    check::number_given(moment, &mut draft);
    check::unique(store, moment, &whole, &mut draft);
    check::formats(moment, &mut draft);
    check::area_matches(moment, &whole, &mut draft);
    // From here on the draft's own, which need not be copied.
    drop(whole);
    let mut fields = draft.accepted()?;
    fill::fields(store, moment, &mut fields);
    let account = fields.get_object_id("account").unwrap_or_default();
    let mut change = writes::created(store, moment, &RESOURCE, fields)?;
    let groups = access_groups::of_creditor(store, moment, account, &change);
    moment.applies(&rulebook::GROUPS_ON_CREATION);
    let groups = groups
        .into_iter()
        .map(|group| (access_groups::RESOURCE.name, group));
    change.inserts.extend(groups);
    Ok(change)
}

/// A creditor that names no account may be taken for the caller's own.
fn settle_account(moment: &mut Moment, scope: &Scope, body: &mut Document) {
    let own = scope.account().filter(|_| !body.contains_key("account"));
    if let Some(own) = own
        && moment.assumes::<AccountUnsaid>() == AccountUnsaid::Own
    {
        body.insert("account", own.to_hex());
    }
}

/// Decides how a creditor looks after a change.
pub(super) fn change(
    store: &Store,
    moment: &mut Moment,
    caller: ObjectId,
    id: ObjectId,
    conditions: &Conditions,
    body: Bson,
) -> Result<Document, Refusal> {
    let scope = Scope::of(store, caller)?;
    let stored = writes::target(store, moment, &RESOURCE, &scope, id, conditions)?;
    let stored: &Document = &stored;
    scope.check_admin(id)?;
    let mut draft = writes::check_change(store, moment, &RESOURCE, stored, body)?;
    check::set_at_creation(moment, stored, &mut draft);
    check::formats(moment, &mut draft);
    fill::changed_vat_area(moment, stored, Arc::make_mut(&mut draft.document));
    let mut merged = writes::merged(moment, stored, Document::clone(&draft.document));
    if let Ok(merged) = &mut merged {
        activation::after_change(moment, stored, merged, &mut draft);
        check::numbers_stored(moment, merged, &mut draft);
        check::unique(store, moment, merged, &mut draft);
        check::area_matches(moment, merged, &mut draft);
    }
    draft.accepted()?;
    let merged = merged?;
    if merged.get_bool("is_active").unwrap_or(false)
        && !stored.get_bool("is_active").unwrap_or(false)
    {
        moment.applies(&rulebook::ACTIVATE_LATER);
    }
    Ok(document::changed(moment, merged))
}

/// Decides what goes with a creditor: its access groups, and its users' access to them.
pub(super) fn remove(
    store: &Store,
    moment: &mut Moment,
    caller: ObjectId,
    id: ObjectId,
    conditions: &Conditions,
) -> Result<Change, Refusal> {
    let scope = Scope::of(store, caller)?;
    scope.check_whole()?;
    match writes::target(store, moment, &RESOURCE, &scope, id, conditions) {
        Err(Refusal::UnknownItem) => match moment.assumes::<DeleteUnknown>() {
            DeleteUnknown::NoContent => return Ok(Change::default()),
            DeleteUnknown::NotFound => return Err(Refusal::UnknownItem),
        },
        other => other?,
    };
    removal::check(store, moment, id)?;
    let groups = access_groups::ids_of_creditor(store, id);
    let mut change = Change::default();
    if moment.assumes::<DeletedGroups>() == DeletedGroups::Dropped {
        let users = users::without_access(store, moment, &groups);
        change.replacements.extend(users);
    }
    let groups = groups
        .into_iter()
        .map(|group| (access_groups::RESOURCE.name, group));
    change.removals = [(RESOURCE.name, id)].into_iter().chain(groups).collect();
    Ok(change)
}
