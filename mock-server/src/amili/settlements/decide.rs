//! Decides on payments and creditings: which case they settle, and what is left of it. Reads the store, never changes it.

use std::sync::Arc;

use bson::oid::ObjectId;
use bson::{Bson, Document};

use super::schema::Editions;
use crate::amili::assumptions::{CaseOfOther, PaidCapital, PaymentEdition, SeveralCases};
use crate::amili::cases;
use crate::amili::creditors;
use crate::amili::document;
use crate::amili::record::Record;
use crate::amili::refusal::Refusal;
use crate::amili::rulebook;
use crate::amili::scope::Scope;
use crate::amili::store::{Change, Store};
use crate::amili::writes::{self, Draft};
use crate::platform::moment::Moment;

/// Decides on a new payment or crediting, and on the case that it settles.
pub(in crate::amili) fn create(
    store: &Store,
    moment: &mut Moment,
    caller: ObjectId,
    editions: &Editions,
    body: Document,
) -> Result<Change, Refusal> {
    let scope = Scope::of(store, caller)?;
    let edition = moment.assumes::<PaymentEdition>();
    let resource = match edition {
        PaymentEdition::Either => editions.either,
        PaymentEdition::Older => editions.older,
        PaymentEdition::Newer => editions.newer,
    };
    let mut draft = writes::check_new(store, moment, resource, &scope, body)?;
    let creditor = creditors::check_named(store, moment, &scope, &mut draft)?;
    let account = creditor.and_then(|creditor| creditor.get_object_id("account").ok());
    let case = match account {
        Some(account) => case_of(store, moment, &scope, account, &mut draft)?,
        None => None,
    };
    let mut fields = draft.accepted()?;
    if let Some(account) = account.filter(|_| !fields.contains_key("account")) {
        fields.insert("account", account);
    }
    if edition != PaymentEdition::Older && !fields.contains_key("client_registration_date") {
        moment.applies(&rulebook::PAYMENT_REGISTERED_NOW);
        fields.insert("client_registration_date", document::second(moment));
    }
    let settled = case.and_then(|case| settled(moment, &case, &fields));
    moment.applies(&rulebook::PAYMENT_COMPLETED);
    let mut change = writes::created(store, moment, resource, fields)?;
    change.told.insert("_payment_status", "completed");
    let settled = settled.map(|case| (cases::schema::RESOURCE.name, case));
    change.replacements.extend(settled);
    Ok(change)
}

/// The case that a draft names, by its id or its invoice number.
fn case_of(
    store: &Store,
    moment: &mut Moment,
    scope: &Scope,
    account: ObjectId,
    draft: &mut Draft,
) -> Result<Option<Arc<Record>>, Refusal> {
    let Ok(id) = draft.document.get_object_id("case") else {
        return Ok(by_invoice_number(store, moment, draft));
    };
    let case = by_id(store, moment, account, id, draft);
    // One of another creditor may be refused anyway, and is beyond the role of that creditor's stranger.
    if let Some(creditor) = case
        .as_ref()
        .and_then(|case| case.get_object_id("creditor").ok())
    {
        scope.check_cases(creditor)?;
    }
    Ok(case)
}

fn by_id(
    store: &Store,
    moment: &mut Moment,
    account: ObjectId,
    id: ObjectId,
    draft: &mut Draft,
) -> Option<Arc<Record>> {
    let resource = &cases::schema::RESOURCE;
    let case = store.collection(resource.name).get(id)?;
    let foreign = resource.account_of(&case) != Some(account);
    let of_other = case.get("creditor") != draft.document.get("creditor");
    if foreign || of_other && moment.assumes::<CaseOfOther>() == CaseOfOther::Refused {
        // To this creditor the case might as well not exist.
        let message = format!(
            "value '{id}' must exist in resource '{}', field '_id'.",
            resource.name
        );
        if foreign {
            draft.issues.add("case", message);
        } else {
            draft.refuse_assuming("case", message);
        }
    }
    Some(case)
}

fn by_invoice_number(store: &Store, moment: &mut Moment, draft: &mut Draft) -> Option<Arc<Record>> {
    let number = draft.document.get("invoice_number").cloned()?;
    let text = number.as_str()?;
    let creditor = draft.document.get("creditor").cloned()?;
    if draft.issues.has("invoice_number") {
        return None;
    }
    let found = cases::with_invoice_number(store, &creditor, &number);
    if found.is_empty() {
        let message =
            format!("value '{text}' must exist in resource 'cases', field 'debt.invoice_number'.");
        draft.issues.add("invoice_number", message);
    } else {
        moment.applies(&rulebook::PAYMENT_NUMBER_RESOLVES);
    }
    if found.len() > 1 && moment.assumes::<SeveralCases>() == SeveralCases::Refused {
        let message = format!("value '{text}' is that of several cases");
        draft.refuse_assuming("invoice_number", message);
    }
    found.into_iter().next()
}

/// The case as the amount leaves it, if that changes it.
fn settled(moment: &mut Moment, case: &Document, fields: &Document) -> Option<Document> {
    let amount = fields.get("amount").unwrap_or(&Bson::Null);
    let lowered = cases::lowered(moment, case, amount)?;
    match moment.assumes::<PaidCapital>() {
        PaidCapital::Lowered => Some(lowered),
        PaidCapital::Unchanged => None,
    }
}
