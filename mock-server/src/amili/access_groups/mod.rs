//! Access groups: the roles of an account's users. They come with an account or a creditor.

use bson::oid::ObjectId;
use bson::{DateTime, Document, doc};

use super::assumptions::{GroupNames, GroupRights, GroupsLag};
use super::document;
use super::eve::hex;
use super::eve::schema::Field;
use super::resource::{NAMES_KEPT, Named, Resource};
use super::rulebook;
use super::store::{Change, Store};
use crate::platform::moment::Moment;
use crate::platform::rule::Rule;

/// The resource.
pub(super) static RESOURCE: Resource = Resource {
    name: "access--groups",
    fields: &[
        Field::id("account").required().refers_to("accounts"),
        Field::id("creditor").refers_to("creditors"),
        Field::text("name").required(),
        Field::text("type")
            .required()
            .allowed(&["account_admin", "api_user", "admin", "user"]),
        Field::id("access_group_template"),
        Field::free_object("access_rights"),
        Field::free_object(NAMES_KEPT),
    ],
    names: &[
        Named {
            key: "account_name",
            through: "account",
            resource: "accounts",
            field: "name",
            rule: &rulebook::GROUP_NAMES,
        },
        Named {
            key: "creditor_name",
            through: "creditor",
            resource: "creditors",
            field: "name",
            rule: &rulebook::GROUP_NAMES,
        },
    ],
    hides: &[NAMES_KEPT],
    searches: &[],
    shows: level,
    account_in: "account",
    indexed: &["account", "creditor"],
    blame: &[],
};

fn level(group: &Document) -> Option<&'static Rule> {
    (!group.contains_key("creditor")).then_some(&rulebook::ACCOUNT_GROUPS)
}

/// The types of the groups of every account, in the order of the guide.
const OF_ACCOUNT: [&str; 2] = ["account_admin", "api_user"];
/// The types of the groups that every creditor brings, in the order of the guide.
const OF_CREDITOR: [&str; 2] = ["admin", "user"];

/// The groups that a new account brings.
pub(super) fn of_account(store: &Store, moment: &mut Moment, account: ObjectId) -> Vec<Document> {
    let now = document::second(moment);
    let groups = OF_ACCOUNT.iter();
    groups
        .map(|kind| group(store, moment, (account, None), kind, now))
        .collect()
}

/// The groups that a new creditor brings.
pub(super) fn of_creditor(
    store: &Store,
    moment: &mut Moment,
    account: ObjectId,
    creditor: &Change,
) -> Vec<Document> {
    if moment.answer::<GroupNames>() == GroupNames::AsCreated {
        // The name to keep is that of a creditor which the store does not hold yet.
        let mut trial = store.clone();
        trial.commit(creditor.clone());
        return of_stored(&trial, moment, account, creditor.created_id());
    }
    of_stored(store, moment, account, creditor.created_id())
}

fn of_stored(
    store: &Store,
    moment: &mut Moment,
    account: ObjectId,
    creditor: ObjectId,
) -> Vec<Document> {
    let now = match moment.assumes::<GroupsLag>() {
        GroupsLag::Together => document::second(moment),
        GroupsLag::Later => document::second(moment).saturating_add_millis(1000),
    };
    let groups = OF_CREDITOR.iter();
    groups
        .map(|kind| group(store, moment, (account, Some(creditor)), kind, now))
        .collect()
}

fn group(
    store: &Store,
    moment: &mut Moment,
    (account, creditor): (ObjectId, Option<ObjectId>),
    kind: &str,
    now: DateTime,
) -> Document {
    let owner = store.collection("accounts").get(account);
    let template = owner.and_then(|owner| owner.get_object_id("access_group_template").ok());
    let id = document::free_id(store, moment, RESOURCE.name);
    let mut fields = doc! { "_id": id, "account": account };
    if let Some(creditor) = creditor {
        fields.insert("creditor", creditor);
    }
    fields.insert("name", kind);
    fields.insert("type", kind);
    if let Some(template) = template {
        fields.insert("access_group_template", template);
    }
    fields.insert("access_rights", rights(store, moment, account));
    keep_names(store, moment, &mut fields);
    document::brought(fields, now)
}

/// What a new group lets do.
fn rights(store: &Store, moment: &mut Moment, account: ObjectId) -> Document {
    if moment.assumes::<GroupRights>() == GroupRights::Empty {
        return Document::new();
    }
    let groups = store.collection(RESOURCE.name);
    let own = groups.having("account", &account.into());
    let own = own.unwrap_or_default();
    let mut own = own.iter().filter_map(|place| groups.at(place));
    let admin = own.find(|group| group.get_str("type").ok() == Some(OF_ACCOUNT[0]));
    let rights = admin.and_then(|admin| admin.get_document("access_rights").ok().cloned());
    rights.unwrap_or_default()
}

/// Keeps the names that a group shows now, where they do not follow those of account and creditor.
fn keep_names(store: &Store, moment: &mut Moment, fields: &mut Document) {
    if moment.answer::<GroupNames>() == GroupNames::Follow {
        return;
    }
    let names = RESOURCE.names_of(store, moment, fields).into_iter();
    let names: Document = names
        .map(|(named, text)| (named.key.to_owned(), text.into()))
        .collect();
    fields.insert(NAMES_KEPT, names);
}

/// A filter by creditor that finds the groups of the creditor's account, too, which reach it.
pub(super) fn with_account_level(store: &Store, asked: Document) -> Document {
    let creditor = asked.get_str("creditor").ok();
    let creditor = creditor.and_then(hex::id);
    let creditor = creditor.and_then(|id| store.collection("creditors").get(id));
    let account = creditor.and_then(|creditor| creditor.get_object_id("account").ok());
    let Some(account) = account else {
        return asked;
    };
    let mut wider = asked.clone();
    wider.insert("creditor", doc! { "$exists": false });
    doc! { "$or": [asked, wider], "$and": [{ "account": account.to_hex() }] }
}

/// The groups of a creditor.
pub(super) fn ids_of_creditor(store: &Store, creditor: ObjectId) -> Vec<ObjectId> {
    let groups = store.collection(RESOURCE.name);
    let own = groups.having("creditor", &creditor.into());
    let own = own.unwrap_or_default();
    let own = own.iter().filter_map(|place| groups.at(place));
    own.filter_map(|group| group.get_object_id("_id").ok())
        .collect()
}
