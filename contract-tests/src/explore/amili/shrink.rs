//! Plainer steps of Amili, and steps without something that was never made. Sends nothing.

use crate::explore::shrink::{renumbered, shorter_by_one};
use crate::model::amili::{
    Account, Activation, Caller, Creditor, CreditorRef, Group, GroupRef, Look, NewCreditor,
    NewUser, Object, OrganisationNumber, Request, Transition,
};

/// The step where this was never made; none if it is about that.
pub(super) fn unmade(step: &Transition, object: Object) -> Option<Transition> {
    let Object::Creditor(gone) = object else {
        // No request names a user.
        return Some(step.clone());
    };
    let request = match &step.request {
        Request::CreateUser(new) => {
            let access = new.data_access.iter();
            let access: Option<_> = access.map(|group| group_unmade(*group, gone)).collect();
            Request::CreateUser(NewUser {
                data_access: access?,
                ..new.clone()
            })
        }
        Request::List(Look::GroupsOfCreditor(CreditorRef::Made(creditor))) => {
            let creditor = creditor_unmade(*creditor, gone)?;
            Request::List(Look::GroupsOfCreditor(CreditorRef::Made(creditor)))
        }
        Request::CreateCreditor(_) | Request::List(_) => step.request.clone(),
    };
    Some(Transition {
        request,
        ..step.clone()
    })
}

fn group_unmade(group: GroupRef, gone: Creditor) -> Option<GroupRef> {
    Some(match group {
        GroupRef::Own(Group::Admin(creditor)) => {
            GroupRef::Own(Group::Admin(creditor_unmade(creditor, gone)?))
        }
        GroupRef::Own(Group::User(creditor)) => {
            GroupRef::Own(Group::User(creditor_unmade(creditor, gone)?))
        }
        GroupRef::Own(Group::AccountAdmin | Group::ApiUser)
        | GroupRef::Unknown
        | GroupRef::OtherAccount => group,
    })
}

fn creditor_unmade(creditor: Creditor, gone: Creditor) -> Option<Creditor> {
    renumbered(creditor.0, gone.0).map(Creditor)
}

/// Steps with one thing less that is out of the ordinary.
pub(super) fn plainer(step: &Transition) -> Vec<Transition> {
    let mut plainer = Vec::new();
    if step.caller != Caller::AccountApiUser {
        plainer.push(Transition {
            caller: Caller::AccountApiUser,
            ..step.clone()
        });
    }
    let requests = match &step.request {
        Request::CreateCreditor(new) => {
            let creditors = plainer_creditors(new).into_iter();
            creditors.map(Request::CreateCreditor).collect()
        }
        Request::CreateUser(new) => {
            let users = plainer_users(new).into_iter();
            users.map(Request::CreateUser).collect()
        }
        Request::List(_) => Vec::new(),
    };
    plainer.extend(requests.into_iter().map(|request| Transition {
        request,
        ..step.clone()
    }));
    plainer
}

fn plainer_creditors(new: &NewCreditor) -> Vec<NewCreditor> {
    let fewer = shorter_by_one(&Vec::from_iter(new.missing.iter().copied()));
    let fewer = fewer
        .into_iter()
        .map(|missing: Vec<Activation>| NewCreditor {
            missing: missing.into_iter().collect(),
            ..new.clone()
        });
    let plain = [
        NewCreditor {
            account: Account::Own,
            ..new.clone()
        },
        NewCreditor {
            named: true,
            ..new.clone()
        },
        NewCreditor {
            organisation: OrganisationNumber::Swedish,
            ..new.clone()
        },
    ];
    plain
        .into_iter()
        .filter(|plain| plain != new)
        .chain(fewer)
        .collect()
}

fn plainer_users(new: &NewUser) -> Vec<NewUser> {
    let fewer = shorter_by_one(&new.data_access).into_iter();
    let fewer = fewer.map(|data_access| NewUser {
        data_access,
        ..new.clone()
    });
    let plain = [
        NewUser {
            account: Account::Own,
            ..new.clone()
        },
        NewUser {
            named: true,
            ..new.clone()
        },
    ];
    plain
        .into_iter()
        .filter(|plain| plain != new)
        .chain(fewer)
        .collect()
}
