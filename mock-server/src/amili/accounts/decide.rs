//! Decides on accounts. Reads the store, never changes it.

use bson::Bson;
use bson::oid::ObjectId;
use serde_json::Value;

use super::schema::{FIRST_CREDITOR, RESOURCE};
use crate::amili::assumptions::FirstCreditor;
use crate::amili::eve::body::Object;
use crate::amili::refusal::{Refusal, Write};
use crate::amili::scope::Scope;
use crate::amili::store::{Change, Store};
use crate::amili::{access_groups, creditors, rulebook, writes};
use crate::platform::moment::Moment;

/// Decides on a new account: its two groups, its first creditor, and that creditor's two groups.
pub(super) fn create(
    store: &Store,
    moment: &mut Moment,
    caller: ObjectId,
    mut body: Object,
) -> Result<Change, Refusal> {
    let scope = Scope::of(store, caller)?;
    let partner = scope
        .partner()
        .ok_or(Refusal::BeyondRole(&rulebook::PARTNER_CREATES_ACCOUNTS))?;
    let creditor = first_creditor(moment, &mut body);
    body.insert("partner".to_owned(), Value::String(partner.to_hex()));
    let mut draft = writes::check_new(store, moment, &RESOURCE, &scope, body)?;
    if creditor == Some(None) {
        draft.issues.add(FIRST_CREDITOR, "required field");
        draft.rules.push(&rulebook::FIRST_CREDITOR);
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
    if let Some(Some(mut data)) = creditor {
        data.insert("account".to_owned(), Value::String(account.to_hex()));
        let made = creditors::create_in(&trial, moment, caller, data).map_err(in_first_creditor)?;
        change.inserts.extend(made.inserts);
        moment.applies(&rulebook::FIRST_CREDITOR);
    }
    moment.applies(&rulebook::PARTNER_CREATES_ACCOUNTS);
    Ok(change)
}

/// The data of the first creditor: `Some(None)` where it is missing and asked for.
fn first_creditor(moment: &mut Moment, body: &mut Object) -> Option<Option<Object>> {
    match body.shift_remove(FIRST_CREDITOR) {
        Some(Value::Object(data)) => Some(Some(data)),
        Some(other) => {
            // The schema says what is wrong with it.
            body.insert(FIRST_CREDITOR.to_owned(), other);
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
    let configuration = partner.and_then(|partner| partner.get_document("configuration").ok());
    configuration.and_then(|configuration| configuration.get("force_creditor_onboarding"))
        == Some(&Bson::Boolean(true))
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
