//! Decides on users: what the documents ask beyond the schema. Reads the store, never changes it.

use std::collections::BTreeSet;

use bson::oid::ObjectId;
use bson::{Bson, Document};

use super::schema::RESOURCE;
use crate::amili::access_groups;
use crate::amili::assumptions::{
    DuplicateUser, EmptyDataAccess, ForeignGroup, RepeatedGroup, UnknownGroup, UserOwner,
};
use crate::amili::collection::Place;
use crate::amili::document;
use crate::amili::refusal::Refusal;
use crate::amili::rulebook;
use crate::amili::scope::Scope;
use crate::amili::store::{Change, Store};
use crate::amili::writes::{self, Draft};
use crate::platform::moment::Moment;

/// Decides on a new user.
pub(in crate::amili) fn create(
    store: &Store,
    moment: &mut Moment,
    caller: ObjectId,
    body: Document,
) -> Result<Change, Refusal> {
    let scope = Scope::of(store, caller)?;
    let says_enabled = body.contains_key("is_enabled");
    let mut draft = writes::check_new(store, moment, &RESOURCE, &scope, body)?;
    check_owner(moment, &scope, &mut draft)?;
    check_role(store, &scope, &draft)?;
    check_access(store, moment, &mut draft)?;
    check_address(store, moment, &mut draft);
    let fields = draft.accepted()?;
    if !says_enabled {
        moment.applies(&rulebook::USER_ENABLED_DEFAULT);
    }
    writes::created(store, moment, &RESOURCE, fields)
}

/// A user belongs to an account or to a partner, and only the partner's own users add to the latter.
fn check_owner(moment: &mut Moment, scope: &Scope, draft: &mut Draft) -> Result<(), Refusal> {
    let others = ["partner", "solicitor"];
    let named = others
        .into_iter()
        .filter(|owner| draft.document.contains_key(*owner));
    let named: Vec<&str> = named.collect();
    if !named.is_empty() && moment.assumes::<UserOwner>() == UserOwner::Account {
        named
            .iter()
            .for_each(|owner| draft.issues.add(owner, "unknown field"));
        return Ok(());
    }
    if let Ok(solicitor) = draft.document.get_object_id("solicitor") {
        // No caller of the mock is a solicitor's.
        return Err(Refusal::ForeignPartner(solicitor));
    }
    let partner = draft.document.get_object_id("partner").ok();
    if let Some(partner) = partner.filter(|partner| scope.partner() != Some(*partner)) {
        return Err(Refusal::ForeignPartner(partner));
    }
    let owned = ["account", "partner", "solicitor"]
        .iter()
        .any(|owner| draft.document.contains_key(owner));
    if !owned {
        draft.issues.add("account", "required field");
    }
    Ok(())
}

/// Who may give somebody the access that a document gives.
fn check_role(store: &Store, scope: &Scope, draft: &Draft) -> Result<(), Refusal> {
    let groups = groups_given(&draft.document).into_iter();
    let known = groups.filter_map(|(_, id)| store.collection("access--groups").get(id));
    let creditors = known.map(|group| group.get_object_id("creditor").ok());
    scope.check_grant(&creditors.collect::<Vec<_>>())
}

/// The access groups that a document gives, each with its place in the list.
fn groups_given(document: &Document) -> Vec<(usize, ObjectId)> {
    let entries = document.get_array("data_access").into_iter().flatten();
    let group = |(place, entry): (usize, &Bson)| {
        let entry = entry.as_document()?;
        Some((place, entry.get_object_id("access_group").ok()?))
    };
    entries.enumerate().filter_map(group).collect()
}

fn check_access(store: &Store, moment: &mut Moment, draft: &mut Draft) -> Result<(), Refusal> {
    let account = draft.document.get_object_id("account").ok();
    let given = groups_given(&draft.document);
    check_empty(moment, draft);
    let mut seen = BTreeSet::new();
    for (place, id) in &given {
        let path = format!("data_access.{place}.access_group");
        if !seen.insert(*id) && moment.assumes::<RepeatedGroup>() == RepeatedGroup::Refused {
            draft
                .issues
                .add(&path, format!("value '{id}' is not unique"));
        }
        let Some(group) = store.collection(access_groups::RESOURCE.name).get(*id) else {
            match moment.assumes::<UnknownGroup>() {
                UnknownGroup::Unprocessable => continue,
                UnknownGroup::NotFound => return Err(Refusal::UnknownRelation(*id)),
            }
        };
        if account.is_some() && access_groups::RESOURCE.account_of(&group) != account {
            check_foreign_group(moment, draft, &path, *id)?;
        }
    }
    if !given.is_empty() && draft.issues.is_empty() {
        moment.applies(&rulebook::USER_GROUP_DECIDES);
        if seen.len() > 1 {
            moment.applies(&rulebook::USER_MANY_GROUPS);
        }
    }
    Ok(())
}

/// The guide keeps all under one account.
fn check_foreign_group(
    moment: &mut Moment,
    draft: &mut Draft,
    path: &str,
    id: ObjectId,
) -> Result<(), Refusal> {
    match moment.assumes::<ForeignGroup>() {
        ForeignGroup::Allowed => Ok(()),
        ForeignGroup::Forbidden => Err(Refusal::Forbidden(&rulebook::USER_GROUP_OF_ACCOUNT)),
        ForeignGroup::Refused => {
            let group = access_groups::RESOURCE.name;
            // To this account the group might as well not exist.
            let message = format!("value '{id}' must exist in resource '{group}', field '_id'.");
            draft.issues.add(path, message);
            draft.rules.push(&rulebook::USER_GROUP_OF_ACCOUNT);
            Ok(())
        }
    }
}

fn check_empty(moment: &mut Moment, draft: &mut Draft) {
    let problem = match draft.document.get("data_access") {
        None => "required field",
        Some(Bson::Array(entries)) if entries.is_empty() => "empty values not allowed",
        Some(_) => return,
    };
    if moment.assumes::<EmptyDataAccess>() == EmptyDataAccess::Refused {
        draft.issues.add("data_access", problem);
    }
}

fn check_address(store: &Store, moment: &mut Moment, draft: &mut Draft) {
    let Some(address) = draft.document.get("email_oauth") else {
        return;
    };
    let others = store
        .collection(RESOURCE.name)
        .having("email_oauth", address);
    if others.is_some_and(|others| !others.is_empty())
        && moment.assumes::<DuplicateUser>() == DuplicateUser::Refused
    {
        let address = address.as_str().unwrap_or_default();
        let message = format!("value '{address}' is not unique");
        draft.issues.add("email_oauth", message);
    }
}

/// The users that have access to one of these groups, as they are without it.
pub(in crate::amili) fn without_access(
    store: &Store,
    moment: &mut Moment,
    groups: &[ObjectId],
) -> Vec<(&'static str, Document)> {
    let gone = |entry: &Bson| {
        let entry = entry.as_document();
        let group = entry.and_then(|entry| entry.get_object_id("access_group").ok());
        group.is_some_and(|group| groups.contains(&group))
    };
    let users = store.collection(RESOURCE.name);
    let of_group = |group: &ObjectId| users.having("data_access.access_group", &(*group).into());
    let having = groups.iter().filter_map(of_group);
    let having: BTreeSet<Place> = having
        .flat_map(|places| places.iter().collect::<Vec<_>>())
        .collect();
    let having = having.into_iter().filter_map(|place| users.at(place));
    let changed = having.filter_map(|user| {
        let access = user.get_array("data_access").ok()?;
        let left: Vec<Bson> = access
            .iter()
            .filter(|entry| !gone(entry))
            .cloned()
            .collect();
        if left.len() == access.len() {
            return None;
        }
        let mut user = Document::clone(&user);
        user.insert("data_access", left);
        Some((RESOURCE.name, document::changed(moment, user)))
    });
    changed.collect()
}
