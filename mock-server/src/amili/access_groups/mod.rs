//! Access groups: the roles of an account's users. They come with an account or a creditor.

use bson::oid::ObjectId;
use bson::{DateTime, Document, doc};

use super::assumptions::GroupsLag;
use super::document;
use super::eve::schema::Field;
use super::resource::{Named, Resource};
use super::rulebook;
use super::store::Store;
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
    hides: &[],
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
    let mut fields = doc! { "account": account };
    if let Some(creditor) = creditor {
        fields.insert("creditor", creditor);
    }
    fields.insert("name", kind);
    fields.insert("type", kind);
    if let Some(template) = template {
        fields.insert("access_group_template", template);
    }
    fields.insert("access_rights", Document::new());
    document::brought(moment, fields, now)
}

/// The groups of a creditor.
pub(super) fn ids_of_creditor(store: &Store, creditor: ObjectId) -> Vec<ObjectId> {
    let groups = store.collection(RESOURCE.name).iter();
    let own = groups.filter(|group| {
        group
            .get_object_id("creditor")
            .is_ok_and(|id| id == creditor)
    });
    own.filter_map(|group| group.get_object_id("_id").ok())
        .collect()
}
