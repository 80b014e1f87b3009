//! Decides on the customer of a registration: who it is, and whether it is new. Reads the store, never changes it.

use std::sync::Arc;

use bson::oid::ObjectId;
use bson::{Bson, Document, doc};

use super::schema::RESOURCE;
use crate::amili::assumptions::{IdentityRequired, KindUnsaid, KnownCustomer};
use crate::amili::document;
use crate::amili::record::Record;
use crate::amili::rulebook;
use crate::amili::store::{Change, Store};
use crate::amili::writes::Draft;
use crate::platform::moment::Moment;

pub(super) const KINDS: [&str; 3] = ["is_person", "is_company", "is_foreign"];
pub(super) const IDENTITY: [&str; 2] = ["address", "id_number"];
/// What a customer's document keeps of what a registration says, in the order of the page.
const KEPT: [&str; 6] = [
    "name",
    "id_number",
    "customer_number",
    "address",
    "mobile_number",
    "email",
];

/// The checks of a registration's customer that the schema cannot make.
pub(in crate::amili) fn check(moment: &mut Moment, draft: &mut Draft) {
    let Ok(customer) = draft.document.get_document("customer").cloned() else {
        return;
    };
    let absent = IDENTITY.iter().filter(|key| !customer.contains_key(**key));
    let absent: Vec<_> = absent.collect();
    if !absent.is_empty() && moment.assumes::<IdentityRequired>() == IdentityRequired::Required {
        for key in absent {
            draft.refuse_assuming(&format!("customer.{key}"), "required field");
        }
    }
    match kinds_of(&customer).as_slice() {
        [] => kind_unsaid(moment, draft),
        [_] => {}
        several => exclude(several, draft),
    }
}

/// What the customer is said to be.
fn kinds_of(customer: &Document) -> Vec<&'static str> {
    let is_true = |kind: &&str| customer.get_bool(kind).unwrap_or(false);
    KINDS.into_iter().filter(is_true).collect()
}

fn kind_unsaid(moment: &mut Moment, draft: &mut Draft) {
    // A kind of the wrong type is told already.
    let told = KINDS
        .iter()
        .any(|kind| draft.issues.has(&format!("customer.{kind}")));
    if !told && moment.assumes::<KindUnsaid>() == KindUnsaid::Refused {
        for kind in KINDS {
            draft.refuse_assuming(&format!("customer.{kind}"), "required field");
        }
    }
}

/// The wording is that of the framework for fields of which one excludes the others.
fn exclude(kinds: &[&str], draft: &mut Draft) {
    for kind in kinds {
        let others = kinds.iter().filter(|other| *other != kind);
        let others: Vec<String> = others.map(|other| format!("'{other}'")).collect();
        let message = format!("{} must not be present with '{kind}'", others.join(", "));
        draft.issues.add(&format!("customer.{kind}"), message);
    }
}

/// The customer that accepted fields name: its id, after what makes or changes it has been put into `change`.
pub(in crate::amili) fn registered(
    store: &Store,
    moment: &mut Moment,
    fields: &Document,
    change: &mut Change,
) -> ObjectId {
    moment.applies(&rulebook::CUSTOMER_MADE);
    let said = said(fields);
    let Some(known) = known(store, fields, &said) else {
        return made(store, moment, fields, said, change);
    };
    let id = known.get_object_id("_id").unwrap_or_default();
    match moment.assumes::<KnownCustomer>() {
        KnownCustomer::Found => {}
        KnownCustomer::Updated => {
            let mut updated = Document::clone(&known);
            updated.extend(said);
            let updated = document::changed(moment, updated);
            change.replacements.push((RESOURCE.name, updated));
        }
        KnownCustomer::New => return made(store, moment, fields, said, change),
    }
    id
}

/// What the registration says of its customer, as a customer's document has it.
fn said(fields: &Document) -> Document {
    let mut said = Document::new();
    let Ok(customer) = fields.get_document("customer") else {
        return said;
    };
    for key in KEPT {
        if let Some(value) = customer.get(key) {
            said.insert(key, value.clone());
        }
        if key == "id_number" {
            let unsaid = || kinds_of(customer).is_empty();
            let is_person = customer.get_bool("is_person").unwrap_or_else(|_| unsaid());
            said.insert("is_person", is_person);
        }
    }
    said
}

/// The customer of the same creditor with the same `id_number`, the newest if there are several.
fn known(store: &Store, fields: &Document, said: &Document) -> Option<Arc<Record>> {
    let customers = store.collection(RESOURCE.name);
    let places = customers.having("id_number", said.get("id_number")?)?;
    let mut others = places.iter().rev().filter_map(|place| customers.at(place));
    let creditor = fields.get("creditor");
    others.find(|other| other.get("creditor") == creditor)
}

fn made(
    store: &Store,
    moment: &mut Moment,
    fields: &Document,
    said: Document,
    change: &mut Change,
) -> ObjectId {
    let owner = |key: &str| fields.get(key).cloned().unwrap_or(Bson::Null);
    let id = document::free_id(store, moment, RESOURCE.name);
    let mut customer =
        doc! { "_id": id, "account": owner("account"), "creditor": owner("creditor") };
    customer.extend(said);
    customer.insert("is_active", true);
    let customer = document::brought(customer, document::second(moment));
    change.inserts.push((RESOURCE.name, customer));
    id
}
