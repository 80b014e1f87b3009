//! Decides on accounts. Reads the store, never changes it.

use bson::oid::ObjectId;
use bson::{Bson, Document};

use super::schema::{FIRST_CREDITOR, RESOURCE};
use crate::amili::assumptions::FirstCreditor;
use crate::amili::eve::{Issues, Neighbours};
use crate::amili::refusal::{Refusal, Write};
use crate::amili::scope::Scope;
use crate::amili::store::{Change, Store};
use crate::amili::writes::Draft;
use crate::amili::{access_groups, creditors, rulebook, writes};
use crate::platform::moment::Moment;

/// Decides on a new account: its two groups, its first creditor, and that creditor's two groups.
pub(in crate::amili) fn create(
    store: &Store,
    moment: &mut Moment,
    caller: ObjectId,
    mut body: Document,
) -> Result<Change, Refusal> {
    let scope = Scope::of(store, caller)?;
    let partner = scope
        .partner()
        .ok_or(Refusal::BeyondRole(&rulebook::PARTNER_CREATES_ACCOUNTS))?;
    unfold_first_creditor(&mut body);
    let creditor = first_creditor(moment, &mut body);
    body.entry("partner")
        .or_insert_with(|| Bson::String(partner.to_hex()));
    let mut draft = writes::check_new(store, moment, &RESOURCE, &scope, body)?;
    check_partner(store, partner, &draft.document)?;
    match &creditor {
        Some(None) => {
            draft.issues.add(FIRST_CREDITOR, "required field");
            draft.rules.push(&rulebook::FIRST_CREDITOR);
        }
        Some(Some(data)) if !draft.issues.is_empty() => {
            tell_of_creditor(store, moment, caller, data.clone(), &mut draft);
        }
        _ => {}
    }
    let mut fields = draft.accepted()?;
    if !fields.contains_key("access_group_template") {
        fields.insert("access_group_template", moment.object_id());
    }
    if forces_onboarding(store, partner) {
        fields.insert("enable_creditor_onboarding", true);
    }
    let mut change = writes::created(store, moment, &RESOURCE, fields)?;
    let account = change.created_id();
    // The creditor is decided on as if its account were there already.
    let mut trial = store.clone();
    trial.commit(change.clone());
    let groups = access_groups::of_account(&trial, moment, account);
    let groups = groups.into_iter();
    change
        .inserts
        .extend(groups.map(|group| (access_groups::RESOURCE.name, group)));
    if let Some(Some(data)) = creditor {
        let made = created_in(&trial, moment, caller, account, data)?;
        change.inserts.extend(made.inserts);
        moment.applies(&rulebook::FIRST_CREDITOR);
    }
    moment.applies(&rulebook::PARTNER_CREATES_ACCOUNTS);
    Ok(change)
}

/// Dotted keys of the data mean its members, as everywhere in a body.
fn unfold_first_creditor(body: &mut Document) {
    let prefix = format!("{FIRST_CREDITOR}.");
    let dotted = body.keys().filter(|key| key.starts_with(&prefix));
    for key in dotted.cloned().collect::<Vec<_>>() {
        let data = body
            .entry(FIRST_CREDITOR)
            .or_insert_with(|| Bson::Document(Document::new()));
        if data.as_document().is_none() {
            return;
        }
        let value = body.remove(&key).unwrap_or_default();
        if let Some(Bson::Document(data)) = body.get_mut(FIRST_CREDITOR) {
            data.insert(&key[prefix.len()..], value);
        }
    }
}

/// An account of another partner is none of the caller's to make.
fn check_partner(store: &Store, own: ObjectId, account: &Document) -> Result<(), Refusal> {
    let named = account.get_object_id("partner").ok();
    let foreign = named.filter(|id| *id != own && store.exists("partners", *id));
    foreign.map_or(Ok(()), |id| Err(Refusal::ForeignPartner(id)))
}

/// Adds the problems of a creditor whose account is refused in any case, so that all are told at once.
fn tell_of_creditor(
    store: &Store,
    moment: &mut Moment,
    caller: ObjectId,
    data: Document,
    draft: &mut Draft,
) {
    let account = moment.object_id();
    let mut trial = store.clone();
    let mut stand_in = Document::clone(&draft.document);
    stand_in.insert("_id", account);
    trial.commit(Change {
        inserts: vec![(RESOURCE.name, stand_in)],
        ..Change::default()
    });
    let outcome = created_in(&trial, moment, caller, account, data);
    if let Err(Refusal::Invalid { issues, rules, .. }) = outcome {
        draft.issues.take_in(issues);
        draft.rules.extend(rules);
    }
}

/// The creditor that its account brings. It belongs to that account, so that its data names none.
fn created_in(
    store: &Store,
    moment: &mut Moment,
    caller: ObjectId,
    account: ObjectId,
    mut data: Document,
) -> Result<Change, Refusal> {
    let named = data.insert("account", account.to_hex());
    let outcome = creditors::create(store, moment, caller, data);
    if named.is_none() {
        return outcome.map_err(in_first_creditor);
    }
    let (mut issues, rules) = match outcome {
        Err(Refusal::Invalid { issues, rules, .. }) => (issues, rules),
        Err(other) => return Err(other),
        Ok(_) => (Issues::new(), Vec::new()),
    };
    issues.add("account", "unknown field");
    Err(in_first_creditor(Refusal::Invalid {
        write: Write::Create,
        issues,
        rules,
    }))
}

/// The data of the first creditor: `Some(None)` where it is missing and asked for.
fn first_creditor(moment: &mut Moment, body: &mut Document) -> Option<Option<Document>> {
    match body.remove(FIRST_CREDITOR) {
        Some(Bson::Document(data)) => Some(Some(data)),
        Some(other) => {
            // The schema says what is wrong with it.
            body.insert(FIRST_CREDITOR, other);
            None
        }
        None => match moment.assumes::<FirstCreditor>() {
            FirstCreditor::Required => Some(None),
            FirstCreditor::Optional => None,
        },
    }
}

fn forces_onboarding(store: &Store, partner: ObjectId) -> bool {
    let partner = store.collection("partners").get(partner);
    partner.is_some_and(|partner| {
        let configuration = partner.get_document("configuration").ok();
        configuration.and_then(|configuration| configuration.get("force_creditor_onboarding"))
            == Some(&Bson::Boolean(true))
    })
}

/// The problems of the creditor, told where the request holds its data.
fn in_first_creditor(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Invalid { issues, rules, .. } => Refusal::Invalid {
            write: Write::Create,
            issues: issues.under(FIRST_CREDITOR),
            rules,
        },
        other => other,
    }
}
