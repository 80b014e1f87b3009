//! Writing documents of any resource: the schema's checks, the caller's scope, the etag named.

use std::sync::Arc;

use bson::oid::ObjectId;
use bson::{Bson, Document};

use super::assumptions::{
    AutomaticField, Bulk, IfMatch, NestedPatch, OwnId, ReadOnlyField, UnknownAccount, UnknownField,
};
use super::conditions::Conditions;
use super::document;
use super::eve::body::{NotADocument, Posted};
use super::eve::conditional::Precondition;
use super::eve::{Checked, Checks, Issues, Mode, Neighbours, Unknown, body, merge};
use super::record::Record;
use super::refusal::{Refusal, Write};
use super::resource::Resource;
use super::rulebook;
use super::scope::Scope;
use super::store::{Change, Store};
use crate::platform::moment::Moment;
use crate::platform::rule::Rule;

/// A document on its way in, with everything found wrong so far.
pub(super) struct Draft {
    /// The fields, converted, with the schema's defaults. Shared, so that a check may look at them while it adds to
    /// the problems.
    pub(super) document: Arc<Document>,
    /// What is wrong.
    pub(super) issues: Issues,
    /// The rules behind it that the schema does not know.
    pub(super) rules: Vec<&'static Rule>,
    /// The fields that only an assumption refuses: no rule is behind their problems.
    assumed: Vec<String>,
    resource: &'static Resource,
    write: Write,
}

impl Draft {
    /// Adds a problem that only an assumption makes one.
    pub(super) fn refuse_assuming(&mut self, path: &str, message: impl Into<String>) {
        self.issues.add(path, message);
        self.assumed.push(path.to_owned());
    }

    /// The fields, if nothing is wrong.
    pub(super) fn accepted(self) -> Result<Document, Refusal> {
        if self.issues.is_empty() {
            return Ok(Arc::unwrap_or_clone(self.document));
        }
        let mut rules = self.rules;
        rules.extend(self.resource.rules_behind(&self.issues, &self.assumed));
        rules.dedup();
        Err(Refusal::Invalid {
            write: self.write,
            issues: self.issues,
            rules,
        })
    }
}

/// What a POST brings: one document, or several that are stored all or none.
pub(super) fn post(
    store: &Store,
    moment: &mut Moment,
    body: Bson,
    decide: impl Fn(&Store, &mut Moment, Document) -> Result<Change, Refusal>,
) -> Result<Vec<Change>, Refusal> {
    let document = |moment: &mut Moment, store: &Store, posted: Result<Document, NotADocument>| {
        let object = posted.map_err(|fault| not_a_document(Write::Create, fault))?;
        decide(store, moment, object)
    };
    match body::posted(body) {
        Ok(Posted::Single(posted)) => Ok(vec![document(moment, store, posted)?]),
        Ok(Posted::Bulk(_)) if moment.assumes::<Bulk>() == Bulk::Refused => Err(
            Refusal::UnreadableBody("the body holds several documents".to_owned()),
        ),
        Ok(Posted::Bulk(list)) => {
            // Each is decided on a copy that holds those before it; copies share what they have in common.
            let mut trial = store.clone();
            let mut outcomes = Vec::with_capacity(list.len());
            for posted in list {
                let outcome = document(moment, &trial, posted);
                if let Ok(change) = &outcome {
                    trial.commit(change.clone());
                }
                outcomes.push(outcome);
            }
            all_or_none(outcomes)
        }
        Ok(Posted::Empty) => Err(Refusal::UnreadableBody(
            "the body holds no document".to_owned(),
        )),
        Err(fault) => Err(Refusal::UnreadableBody(fault.0)),
    }
}

fn all_or_none(outcomes: Vec<Result<Change, Refusal>>) -> Result<Vec<Change>, Refusal> {
    let mut changes = Vec::new();
    let mut problems = Vec::new();
    let mut broken = Vec::new();
    let mut taken = None;
    for outcome in outcomes {
        match outcome {
            Ok(change) => {
                changes.push(change);
                problems.push(Issues::new());
            }
            Err(Refusal::Invalid { issues, rules, .. }) => {
                problems.push(issues);
                broken.extend(rules);
            }
            // Ids are looked at once every document is valid.
            Err(Refusal::IdTaken(id)) => {
                taken = taken.or(Some(id));
                problems.push(Issues::new());
            }
            Err(other) => return Err(other),
        }
    }
    if problems.iter().all(Issues::is_empty) {
        return taken.map_or(Ok(changes), |id| Err(Refusal::IdTaken(id)));
    }
    Err(Refusal::InvalidList {
        items: problems,
        rules: broken,
    })
}

fn not_a_document(write: Write, fault: NotADocument) -> Refusal {
    let mut issues = Issues::new();
    let key = match write {
        Write::Create => "validation exception",
        Write::Change => "validator exception",
    };
    issues.add(key, fault.0);
    Refusal::Invalid {
        write,
        issues,
        rules: vec![&rulebook::FIELD_TYPES],
    }
}

/// Whether fields that no page names are kept. Refusing them notes the assumption when it happens.
fn unknown(moment: &mut Moment) -> Unknown {
    match moment.answer::<UnknownField>() {
        UnknownField::Refused => Unknown::Refuse,
        UnknownField::Kept => {
            moment.assumes::<UnknownField>();
            Unknown::Allow
        }
    }
}

/// Checks a new document against its schema, after the account that it names against the scope.
pub(super) fn check_new(
    store: &Store,
    moment: &mut Moment,
    resource: &'static Resource,
    scope: &Scope,
    mut body: Document,
) -> Result<Draft, Refusal> {
    let automatic = drop_unread(moment, resource, &mut body);
    let checks = Checks {
        fields: resource.fields,
        mode: Mode::Create,
        unknown: unknown(moment),
        neighbours: store,
    };
    let Checked {
        document,
        mut issues,
    } = checks.check(body);
    refuse_automatic(&mut issues, &automatic);
    // The id of a new account names no account that there is: its partner tells whose it is.
    let names_its_account = resource.account_in != "_id";
    let owner = document.get_object_id(resource.account_in).ok();
    let owner = owner.filter(|_| names_its_account);
    check_known(store, moment, owner)?;
    scope.check_write(store, owner)?;
    if document.contains_key("_id") && moment.assumes::<OwnId>() == OwnId::Refused {
        issues.add("_id", "field is read-only");
    }
    Ok(Draft {
        document: Arc::new(document),
        issues,
        rules: Vec::new(),
        assumed: Vec::new(),
        resource,
        write: Write::Create,
    })
}

/// Takes fields off a body that are not the client's to write, where an assumption has nothing read them.
/// Gives the automatic ones that stay.
fn drop_unread(moment: &mut Moment, resource: &Resource, body: &mut Document) -> Vec<String> {
    let read_only = |key: &String| {
        let mut fields = resource.fields.iter();
        fields.any(|field| field.read_only && field.name == key)
    };
    let automatic = |key: &String| key != "_id" && document::AUTOMATIC.contains(&key.as_str());
    if body.keys().any(read_only) && moment.assumes::<ReadOnlyField>() == ReadOnlyField::Ignored {
        retain(body, |key| !read_only(key));
    }
    if body.keys().any(automatic) && moment.assumes::<AutomaticField>() == AutomaticField::Ignored {
        retain(body, |key| !automatic(key));
    }
    body.keys().filter(|key| automatic(key)).cloned().collect()
}

fn retain(body: &mut Document, stays: impl Fn(&String) -> bool) {
    let members = std::mem::take(body).into_iter();
    *body = members.filter(|(key, _)| stays(key)).collect();
}

/// The automatic fields of a body are unknown to every schema, even where other unknown fields are kept.
fn refuse_automatic(issues: &mut Issues, automatic: &[String]) {
    for field in automatic {
        if !issues.has(field) {
            issues.add(field, "unknown field");
        }
    }
}

/// An account that does not exist is the schema's to refuse, unless an assumption says otherwise.
fn check_known(
    store: &Store,
    moment: &mut Moment,
    account: Option<ObjectId>,
) -> Result<(), Refusal> {
    let unknown = account.filter(|account| !store.exists("accounts", *account));
    match unknown {
        Some(id) if moment.assumes::<UnknownAccount>() == UnknownAccount::Forbidden => {
            Err(Refusal::UnknownOwner(id))
        }
        _ => Ok(()),
    }
}

/// The stored document that a change or deletion is about: it exists, the caller sees it, and the
/// etag named is its own.
pub(super) fn target(
    store: &Store,
    moment: &mut Moment,
    resource: &Resource,
    scope: &Scope,
    id: ObjectId,
    conditions: &Conditions,
) -> Result<Arc<Record>, Refusal> {
    let document = store
        .collection(resource.name)
        .get(id)
        .ok_or(Refusal::UnknownItem)?;
    scope.check_item(store, moment, resource, &document)?;
    scope.check_write(store, resource.account_of(&document))?;
    match conditions.if_match(&document) {
        Precondition::Holds => moment.applies(&rulebook::ETAG_CURRENT),
        Precondition::Differs => return Err(Refusal::EtagDiffers),
        Precondition::Missing if moment.assumes::<IfMatch>() == IfMatch::Optional => {}
        Precondition::Missing => return Err(Refusal::EtagMissing),
    }
    Ok(document)
}

/// Checks the fields of a change against the schema. The draft holds those fields alone.
pub(super) fn check_change(
    store: &Store,
    moment: &mut Moment,
    resource: &'static Resource,
    stored: &Document,
    body: Bson,
) -> Result<Draft, Refusal> {
    let mut body = body::document(body).map_err(|fault| not_a_document(Write::Change, fault))?;
    let automatic = drop_unread(moment, resource, &mut body);
    let checks = Checks {
        fields: resource.fields,
        mode: Mode::Patch { stored },
        unknown: unknown(moment),
        neighbours: store,
    };
    let Checked {
        document,
        mut issues,
    } = checks.check(body);
    refuse_automatic(&mut issues, &automatic);
    Ok(Draft {
        document: Arc::new(document),
        issues,
        rules: Vec::new(),
        assumed: Vec::new(),
        resource,
        write: Write::Change,
    })
}

/// The stored document with a change in it.
pub(super) fn merged(
    moment: &mut Moment,
    stored: &Document,
    changes: Document,
) -> Result<Document, Refusal> {
    if changes
        .get("_id")
        .is_some_and(|id| stored.get("_id") != Some(id))
    {
        return Err(Refusal::IdChanged);
    }
    let is_object = |document: &Document, key: &str| document.get_document(key).is_ok();
    let nested = changes
        .keys()
        .filter(|key| is_object(stored, key) && is_object(&changes, key));
    let nested: Vec<String> = nested.cloned().collect();
    let mut base = stored.clone();
    if !nested.is_empty() && moment.assumes::<NestedPatch>() == NestedPatch::Replaced {
        for key in nested {
            base.insert(key, Document::new());
        }
    }
    merge::merged(&base, changes).map_err(|fault| {
        let text = format!(
            "{} holds no object that the change could be merged into",
            fault.path
        );
        Refusal::UnreadableBody(text)
    })
}

/// The creation of a document: an id that the client chose must be free.
pub(super) fn created(
    store: &Store,
    moment: &mut Moment,
    resource: &Resource,
    fields: Document,
) -> Result<Change, Refusal> {
    let chosen: Option<ObjectId> = fields.get_object_id("_id").ok();
    if let Some(id) = chosen.filter(|id| store.exists(resource.name, *id)) {
        return Err(Refusal::IdTaken(id));
    }
    moment.applies(&rulebook::CREATED);
    let document = document::created(store, moment, resource.name, fields);
    Ok(Change {
        inserts: vec![(resource.name, document)],
        id_was_sent: chosen.is_some(),
        ..Change::default()
    })
}
