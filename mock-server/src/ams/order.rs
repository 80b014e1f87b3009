//! In which order a call about a user tells its problems: permission, body, user. Knows no HTTP.

use super::assumptions::{BodyOrTarget, ForeignUser, MalformedId, PermissionOrTarget};
use super::ids::{Target, UserId};
use super::permission::Permission;
use super::refusal::Refusal;
use super::store::Store;
use super::users::model::User;
use crate::platform::moment::Moment;
use crate::platform::rule::Rule;

/// A call about the user that its path names.
#[derive(Debug, Clone, Copy)]
pub(super) struct AboutUser {
    /// Who calls.
    pub(super) caller: UserId,
    /// What the call takes.
    pub(super) permission: Permission,
    /// Whom it is about.
    pub(super) target: Target,
    /// The rule that wants this user to exist.
    pub(super) exists: &'static Rule,
    /// Whether the caller may be meant.
    pub(super) own: Own,
}

/// Whether a caller may make a call about themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    /// The call is like any other.
    Open,
    /// It is not theirs to make.
    Barred,
}

/// What is left of a call once permission, body and user are in order.
#[derive(Debug)]
pub(super) struct Admitted<'s, B> {
    /// Who calls.
    pub(super) caller: &'s User,
    /// Whom it is about.
    pub(super) user: &'s User,
    /// What the body says.
    pub(super) body: B,
}

/// Looks at permission, body and user in the order in force.
pub(super) fn admit<'s, B>(
    store: &'s Store,
    moment: &mut Moment,
    call: AboutUser,
    body: impl FnOnce(&mut Moment) -> Result<B, Refusal>,
) -> Result<Admitted<'s, B>, Refusal> {
    let caller = match store.allows(call.caller, call.permission) {
        Ok(caller) => caller,
        Err(forbidden) => return Err(forbidden_or_missing(store, moment, call, forbidden)),
    };
    let body = match body(moment) {
        Ok(body) => body,
        Err(fault) => return Err(fault_or_missing(store, moment, call, caller, fault)),
    };
    let user = found(store, moment, call, caller)?;
    Ok(Admitted { caller, user, body })
}

/// A caller without the permission learns of a missing user only where the answers in force say so.
fn forbidden_or_missing(
    store: &Store,
    moment: &mut Moment,
    call: AboutUser,
    forbidden: Refusal,
) -> Refusal {
    let Some(caller) = store.users.get(&call.caller) else {
        return forbidden;
    };
    if is_there(store, moment, call, caller)
        || moment.assumes::<PermissionOrTarget>() == PermissionOrTarget::PermissionFirst
    {
        return forbidden;
    }
    found(store, moment, call, caller)
        .err()
        .unwrap_or(forbidden)
}

fn fault_or_missing(
    store: &Store,
    moment: &mut Moment,
    call: AboutUser,
    caller: &User,
    fault: Refusal,
) -> Refusal {
    let barred = call.own == Own::Barred && call.target.id() == Some(caller.id);
    if is_there(store, moment, call, caller) && !barred
        || moment.assumes::<BodyOrTarget>() == BodyOrTarget::BodyFirst
    {
        return fault;
    }
    if barred {
        return Refusal::own_permissions();
    }
    found(store, moment, call, caller).err().unwrap_or(fault)
}

/// Whether the user is found, without noting why.
fn is_there(store: &Store, moment: &Moment, call: AboutUser, caller: &User) -> bool {
    let user = call.target.id().and_then(|id| store.users.get(&id));
    user.is_some_and(|user| {
        visible(user, caller) || moment.answer::<ForeignUser>() == ForeignUser::Allowed
    })
}

/// A caller without a company sees every user, any other those of its own.
fn visible(user: &User, caller: &User) -> bool {
    caller.company_id.is_none() || user.company_id == caller.company_id
}

/// The user of the path.
fn found<'s>(
    store: &'s Store,
    moment: &mut Moment,
    call: AboutUser,
    caller: &User,
) -> Result<&'s User, Refusal> {
    let user = call.target.id().and_then(|id| store.users.get(&id));
    let user = user.filter(|user| {
        visible(user, caller) || moment.assumes::<ForeignUser>() == ForeignUser::Allowed
    });
    user.ok_or_else(|| {
        if call.target == Target::Malformed {
            moment.assumes::<MalformedId>();
        }
        Refusal::Missing {
            rule: call.exists,
            what: "User not found.".to_owned(),
        }
    })
}
