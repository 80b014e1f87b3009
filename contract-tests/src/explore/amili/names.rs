//! What a script calls the things of Amili, how it finds those that no step makes, and how it reads a list.

use std::collections::BTreeMap;

use serde_json::json;

use crate::explore::script::{Found, Lines, placeholder};
use crate::model::amili::{Creditor, Group, Item, Look, Object};

/// Stands for the account's id, as the script has it.
const ACCOUNT: &str = "{{account}}";

/// What stands for the id of a group of the second account.
pub(super) const FOREIGN_GROUP: &str = "{{foreign_group}}";

/// The account's own groups.
pub(super) fn given() -> BTreeMap<Group, String> {
    let own = [Group::AccountAdmin, Group::ApiUser];
    own.map(|group| (group, placeholder(&name(group)))).into()
}

pub(super) fn made(object: Object) -> String {
    match object {
        Object::Creditor(creditor) => format!("creditor_{}", creditor.0),
        Object::User(user) => format!("user_{}", user.0),
    }
}

pub(super) fn groups_of(creditor: Creditor) -> [(Group, String); 2] {
    let groups = [Group::Admin(creditor), Group::User(creditor)];
    groups.map(|group| (group, placeholder(&name(group))))
}

fn name(group: Group) -> String {
    match group.creditor() {
        Some(creditor) => format!("{}_of_{}", group.kind(), made(Object::Creditor(creditor))),
        None => group.kind().to_owned(),
    }
}

pub(super) fn found_by(name: &str, account: &str, other: Option<&str>) -> Option<Found> {
    let (role, filter) = if placeholder(name) == FOREIGN_GROUP {
        (Some("other-account"), json!({ "account": other? }))
    } else if let Some((kind, creditor)) = name.split_once("_of_") {
        (
            None,
            json!({ "creditor": placeholder(creditor), "type": kind }),
        )
    } else if [Group::AccountAdmin, Group::ApiUser]
        .iter()
        .any(|own| own.kind() == name)
    {
        (None, json!({ "account": account, "type": name }))
    } else {
        return None;
    };
    Some(Found {
        role,
        path: "/access--groups",
        filter: format!("where={filter}"),
    })
}

pub(super) fn lines(look: Look, items: &[Item], known: Vec<String>) -> Lines {
    Lines {
        roots: "/_items",
        fields: match look {
            Look::Creditors => "_id account is_active",
            Look::Users => "_id account data_access/*/access_group",
            Look::GroupsOfAccount(_) | Look::GroupsOfCreditor(_) => "type account creditor",
        },
        expected: items.iter().flat_map(line).collect(),
        known,
    }
}

fn line(item: &Item) -> Vec<String> {
    let id = |object| placeholder(&made(object));
    match item {
        Item::Creditor { creditor, active } => {
            vec![format!(
                "{} {ACCOUNT} {active}",
                id(Object::Creditor(*creditor))
            )]
        }
        Item::User { user, groups } => {
            let user = id(Object::User(*user));
            let groups: Vec<_> = groups
                .iter()
                .map(|group| placeholder(&name(*group)))
                .collect();
            let none = vec!["-".to_owned()];
            let groups = if groups.is_empty() { none } else { groups };
            let lines = groups
                .iter()
                .map(|group| format!("{user} {ACCOUNT} {group}"));
            lines.collect()
        }
        Item::Group(group) => {
            let creditor = group.creditor().map(|it| id(Object::Creditor(it)));
            let creditor = creditor.unwrap_or_else(|| "-".to_owned());
            vec![format!("{} {ACCOUNT} {creditor}", group.kind())]
        }
    }
}
