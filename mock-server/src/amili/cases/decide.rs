//! Decides how a case begins, and what payments and creditings leave of it. Reads the store, never changes it.

use std::sync::Arc;

use bson::oid::ObjectId;
use bson::{Bson, Document, doc};

use super::schema::{BEGINNING, INVOICE_NUMBER, RESOURCE};
use crate::amili::assumptions::DuplicateInvoice;
use crate::amili::document;
use crate::amili::record::Record;
use crate::amili::store::{Change, Store};
use crate::amili::writes::Draft;
use crate::platform::moment::Moment;

/// What a case's debt takes over from where it was registered, in the order of the page.
const OF_DEBT: [&str; 5] = [
    "invoice_number",
    "debt_description",
    "payout_reference",
    "invoice_date",
    "invoice_due_days_after_invoice_date",
];
const REMAINING: [&str; 2] = [
    "local_remaining_capital_amount",
    "total_remaining_capital_amount",
];

/// Puts the case of one debt into `change`. `registration` holds the fields that a registration and its
/// cases share, and `debt` those of the debt, which may be the same document.
pub(in crate::amili) fn new(
    store: &Store,
    moment: &mut Moment,
    registration: &Document,
    customer: ObjectId,
    debt: &Document,
    of_case_registration: Option<ObjectId>,
    change: &mut Change,
) -> ObjectId {
    let now = document::second(moment);
    let shared = |key: &str| registration.get(key).cloned().unwrap_or(Bson::Null);
    let id = document::free_id(store, moment, RESOURCE.name);
    let mut case = doc! {
        "_id": id,
        "account": shared("account"),
        "creditor": shared("creditor"),
        "customer": customer,
        "customer_status": "initialized",
        "currency": shared("currency"),
        "state": BEGINNING,
        "state_history": [{ "state": BEGINNING, "state_date": now }],
        "status": "initialized",
        "latest_state_date": now,
    };
    if let Some(reference) = registration.get("reference_number") {
        case.insert("reference_number", reference.clone());
    }
    if let Some(id) = of_case_registration {
        case.insert("case_registration", id);
    }
    let mut shown = Document::new();
    for key in OF_DEBT {
        if let Some(value) = debt.get(key) {
            shown.insert(key, value.clone());
        }
    }
    let capital = debt.get("capital_to_claim").cloned();
    if let Some(capital) = &capital {
        shown.insert("initial_capital", capital.clone());
        shown.insert("capital_to_claim", capital.clone());
    }
    case.insert("debt", shown);
    if let Some(capital) = capital {
        case.insert("local_added_capital_amount", capital.clone());
        for key in REMAINING {
            case.insert(key, capital.clone());
        }
    }
    change
        .inserts
        .push((RESOURCE.name, document::brought(case, now)));
    id
}

/// The cases of a creditor with this invoice number, newest first.
pub(in crate::amili) fn with_invoice_number(
    store: &Store,
    creditor: &Bson,
    number: &Bson,
) -> Vec<Arc<Record>> {
    let cases = store.collection(RESOURCE.name);
    let places = cases.having(INVOICE_NUMBER, number).unwrap_or_default();
    let found = places.iter().rev().filter_map(|place| cases.at(place));
    found
        .filter(|case| case.get("creditor") == Some(creditor))
        .collect()
}

/// Refuses the invoice number at this path if a case of the draft's creditor has it, where an assumption asks so.
/// `repeated` says that the draft itself has it twice.
pub(in crate::amili) fn check_invoice_number(
    store: &Store,
    moment: &mut Moment,
    draft: &mut Draft,
    path: &str,
    number: &Bson,
    repeated: bool,
) {
    let creditor = draft.document.get("creditor").cloned();
    let creditor = creditor.unwrap_or(Bson::Null);
    let known = repeated || !with_invoice_number(store, &creditor, number).is_empty();
    if known && moment.assumes::<DuplicateInvoice>() == DuplicateInvoice::Refused {
        let number = number.as_str().unwrap_or_default();
        draft.refuse_assuming(path, format!("value '{number}' is not unique"));
    }
}

/// The case after its remaining capital has fallen by an amount; `None` for a case whose capital nobody knows.
pub(in crate::amili) fn lowered(
    moment: &mut Moment,
    case: &Document,
    amount: &Bson,
) -> Option<Document> {
    let amount = number(amount)?;
    let mut lowered = case.clone();
    for key in REMAINING {
        let left = number(case.get(key)?)? - amount;
        // Amounts are in kronor and öre; binary fractions of them would show.
        lowered.insert(key, (left.max(0.0) * 100.0).round() / 100.0);
    }
    Some(document::changed(moment, lowered))
}

fn number(value: &Bson) -> Option<f64> {
    match value {
        Bson::Int32(number) => Some(f64::from(*number)),
        Bson::Int64(number) => Some(*number as f64),
        Bson::Double(number) => Some(*number),
        _ => None,
    }
}
