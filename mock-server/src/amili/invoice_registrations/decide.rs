//! Decides on invoice registrations: what the documents ask beyond the schema. Reads the store, never changes it.

use bson::oid::ObjectId;
use bson::{Bson, DateTime, Document};
use jiff::Timestamp;

use super::schema::{DATES, RESOURCE};
use crate::amili::assumptions::InvoiceForInactive;
use crate::amili::cases;
use crate::amili::creditors;
use crate::amili::customers;
use crate::amili::eve::dates;
use crate::amili::refusal::Refusal;
use crate::amili::rulebook;
use crate::amili::scope::Scope;
use crate::amili::store::{Change, Store};
use crate::amili::writes::{self, Draft};
use crate::platform::moment::Moment;

/// The only invoice type that a page names.
const KNOWN_TYPE: &str = "invoice";

/// Decides on a new registration, the customer that it may bring, and its case.
pub(in crate::amili) fn create(
    store: &Store,
    moment: &mut Moment,
    caller: ObjectId,
    mut body: Document,
) -> Result<Change, Refusal> {
    let scope = Scope::of(store, caller)?;
    read_dates(moment, &mut body);
    let mut draft = writes::check_new(store, moment, &RESOURCE, &scope, body)?;
    if let Some(creditor) = creditors::check_named(store, moment, &scope, &mut draft)? {
        check_active(moment, &creditor, &mut draft)?;
    }
    customers::check(moment, &mut draft);
    if let Some(number) = draft.document.get("invoice_number").cloned() {
        cases::check_invoice_number(store, moment, &mut draft, "invoice_number", &number, false);
    }
    let fields = draft.accepted()?;
    let known = fields
        .get_str("invoice_type")
        .is_ok_and(|kind| kind == KNOWN_TYPE);
    if !known {
        moment.warns(format!(
            "the pages name the invoice type {KNOWN_TYPE}; the mock takes any, the real API does not"
        ));
    }
    moment.applies(&rulebook::INVOICE_CASE);
    let mut change = writes::created(store, moment, &RESOURCE, fields.clone())?;
    let customer = customers::registered(store, moment, &fields, &mut change);
    // What the lines come to with VAT, and how it is rounded, no page says: the case has no amounts.
    let case = cases::new(store, moment, &fields, customer, &fields, None, &mut change);
    change.told.insert("_case", case);
    Ok(change)
}

/// Two examples send dates as ISO 8601, which the framework does not read.
fn read_dates(moment: &mut Moment, body: &mut Document) {
    for field in DATES {
        let Some(Bson::String(text)) = body.get_mut(field) else {
            continue;
        };
        let in_utc = text.ends_with('Z').then(|| text.parse::<Timestamp>());
        if let Some(Ok(date)) = in_utc {
            *text = dates::print(DateTime::from_millis(date.as_millisecond()));
            moment.applies(&rulebook::INVOICE_DATES);
        }
    }
}

fn check_active(
    moment: &mut Moment,
    creditor: &Document,
    draft: &mut Draft,
) -> Result<(), Refusal> {
    if creditor.get_bool("is_active").unwrap_or(false)
        || moment.assumes::<InvoiceForInactive>() == InvoiceForInactive::Allowed
    {
        return Ok(());
    }
    creditors::check_active(moment, creditor, draft)
}
