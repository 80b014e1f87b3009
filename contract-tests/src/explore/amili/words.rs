//! The steps and lists of Amili in words, for reports. Knows no ids.

use crate::model::amili::{
    Account, Caller, CreditorRef, GroupRef, Look, NewCreditor, NewUser, OrganisationNumber,
    Request, Transition,
};

pub(super) fn step(step: &Transition) -> String {
    let caller = match step.caller {
        Caller::AccountApiUser => "",
        Caller::NoToken => "without a token, ",
        Caller::UnknownToken => "with an unknown token, ",
    };
    let request = match &step.request {
        Request::CreateCreditor(new) => creditor(new),
        Request::CreateUser(new) => user(new),
        Request::List(look) => format!("list {}", list(*look)),
    };
    format!("{caller}{request}")
}

fn creditor(new: &NewCreditor) -> String {
    let activity = if new.active { "active" } else { "inactive" };
    let mut without: Vec<_> = new.missing.iter().map(|field| field.field()).collect();
    without.extend((!new.named).then_some("name"));
    let mut text = format!("create an {activity} creditor{}", owner(new.account));
    text.push_str(match new.organisation {
        OrganisationNumber::Swedish => "",
        OrganisationNumber::Foreign => ", with a foreign organisation number",
        OrganisationNumber::Both => ", with both organisation numbers",
        OrganisationNumber::Neither => ", with no organisation number",
    });
    if !without.is_empty() {
        text.push_str(&format!(", without {}", without.join(", ")));
    }
    text
}

fn user(new: &NewUser) -> String {
    let groups: Vec<_> = new
        .data_access
        .iter()
        .map(|group| self::group(*group))
        .collect();
    let groups = if groups.is_empty() {
        "without access groups".to_owned()
    } else {
        format!("with access to {}", groups.join(", "))
    };
    let name = if new.named { "" } else { ", without name" };
    format!("create a user{} {groups}{name}", owner(new.account))
}

fn owner(account: Account) -> &'static str {
    match account {
        Account::Own => "",
        Account::Unknown => " of an unknown account",
        Account::Other => " of the second account",
        Account::LeftOut => " without an account",
    }
}

pub(super) fn group(group: GroupRef) -> String {
    match group {
        GroupRef::Unknown => "an unknown group".to_owned(),
        GroupRef::OtherAccount => "a group of the second account".to_owned(),
        GroupRef::Own(group) => match group.creditor() {
            Some(creditor) => format!("the {} group of creditor {}", group.kind(), creditor.0),
            None => format!("the group {}", group.kind()),
        },
    }
}

pub(super) fn list(look: Look) -> String {
    match look {
        Look::Creditors => "the creditors".to_owned(),
        Look::Users => "the users".to_owned(),
        Look::GroupsOfAccount(account) => match account {
            Account::Own => "the access groups of the account".to_owned(),
            Account::Unknown => "the access groups of an unknown account".to_owned(),
            Account::Other => "the access groups of the second account".to_owned(),
            Account::LeftOut => "the access groups of no account".to_owned(),
        },
        Look::GroupsOfCreditor(CreditorRef::Made(creditor)) => {
            format!("the access groups of creditor {}", creditor.0)
        }
        Look::GroupsOfCreditor(CreditorRef::Unknown) => {
            "the access groups of an unknown creditor".to_owned()
        }
    }
}
