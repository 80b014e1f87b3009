//! Decides on case registrations: what the documents ask beyond the schema. Reads the store, never changes it.

use std::collections::BTreeSet;

use bson::oid::ObjectId;
use bson::{Bson, Document};

use super::schema::RESOURCE;
use crate::amili::assumptions::OcrNumbersPer;
use crate::amili::cases;
use crate::amili::creditors;
use crate::amili::customers;
use crate::amili::ocr;
use crate::amili::refusal::Refusal;
use crate::amili::rulebook;
use crate::amili::scope::Scope;
use crate::amili::store::{Change, Store};
use crate::amili::writes::{self, Draft};
use crate::platform::moment::Moment;

/// The first actions that a page names; it calls them the most common ones.
const KNOWN_ACTIONS: [&str; 2] = ["reminder", "debt_collection"];

/// Decides on a new registration, the customer that it may bring, and the case of each of its debts.
pub(in crate::amili) fn create(
    store: &Store,
    moment: &mut Moment,
    caller: ObjectId,
    body: Document,
) -> Result<Change, Refusal> {
    let scope = Scope::of(store, caller)?;
    let mut draft = writes::check_new(store, moment, &RESOURCE, &scope, body)?;
    if let Some(creditor) = creditors::check_named(store, moment, &scope, &mut draft)? {
        creditors::check_active(moment, &creditor, &mut draft)?;
    }
    customers::check(moment, &mut draft);
    check_numbers(store, moment, &mut draft);
    let fields = draft.accepted()?;
    warn_of_action(moment, &fields);
    let mut change = writes::created(store, moment, &RESOURCE, fields.clone())?;
    let customer = customers::registered(store, moment, &fields, &mut change);
    bring_cases(store, moment, &fields, customer, &mut change);
    bring_ocr_numbers(moment, &mut change);
    Ok(change)
}

fn check_numbers(store: &Store, moment: &mut Moment, draft: &mut Draft) {
    let mut seen = BTreeSet::new();
    for (place, debt) in debts(&draft.document).into_iter().enumerate() {
        let Some(number @ Bson::String(text)) = debt.get("invoice_number") else {
            continue;
        };
        let repeated = !seen.insert(text.clone());
        let path = format!("debts.{place}.invoice_number");
        cases::check_invoice_number(store, moment, draft, &path, number, repeated);
    }
}

fn debts(fields: &Document) -> Vec<Document> {
    let debts = fields.get_array("debts").into_iter().flatten();
    debts.filter_map(Bson::as_document).cloned().collect()
}

fn warn_of_action(moment: &mut Moment, fields: &Document) {
    let action = fields.get_str("first_action").unwrap_or_default();
    if !KNOWN_ACTIONS.contains(&action) {
        let known = KNOWN_ACTIONS.join(" and ");
        moment.warns(format!(
            "the pages name the first actions {known}; the mock takes any, the real API does not"
        ));
    }
}

fn bring_cases(
    store: &Store,
    moment: &mut Moment,
    fields: &Document,
    customer: ObjectId,
    change: &mut Change,
) {
    moment.applies(&rulebook::CASE_PER_DEBT);
    let registration = change.created_id();
    let mut ids = Vec::new();
    for debt in debts(fields) {
        let id = cases::new(
            store,
            moment,
            fields,
            customer,
            &debt,
            Some(registration),
            change,
        );
        ids.push(Bson::ObjectId(id));
    }
    change.told.insert("_cases", ids);
}

fn bring_ocr_numbers(moment: &mut Moment, change: &mut Change) {
    moment.applies(&rulebook::OCR_NUMBERS);
    let debts = change.told.get_array("_cases").map_or(0, Vec::len);
    let numbers = match debts {
        0 | 1 => debts,
        _ => match moment.assumes::<OcrNumbersPer>() {
            OcrNumbersPer::Debt => debts,
            OcrNumbersPer::Registration => 1,
        },
    };
    let numbers: Vec<ocr::Number> = (0..numbers).map(|_| ocr::Number::fresh(moment)).collect();
    let ids = numbers.iter().map(|number| Bson::ObjectId(number.id));
    change.told.insert("_ocr_numbers", ids.collect::<Vec<_>>());
    let digits = numbers.iter().map(|number| number.digits.as_str());
    change
        .told
        .insert("_ocr_numbers_ocr", digits.collect::<Vec<_>>());
}
