//! What the document says of invoice registrations.

use serde_json::json;

use super::schema::{DATES, RESOURCE};
use crate::amili::assumptions::{DuplicateInvoice, InvoiceForInactive};
use crate::amili::openapi::{creation, object_id, sent};
use crate::amili::{creditors, customers, rulebook};
use crate::openapi::Operation;
use crate::openapi::schema::any_of;
use crate::platform::assumption::{Answers, Question};

const EXAMPLE: &str = include_str!("../../../../fixtures/examples/amili-invoice-registration.json");

/// `POST /invoice--registrations`.
pub(in crate::amili) fn create(answers: &Answers) -> Operation {
    let mut body = customers::asked(sent(&RESOURCE, true, answers), answers);
    for field in DATES {
        let member = &mut body["properties"][field];
        let in_utc = json!({ "type": "string", "format": "date-time", "pattern": "Z$" });
        *member = any_of([member.take(), in_utc]);
    }
    let operation = creation(
        &RESOURCE,
        body,
        vec![("_case", object_id())],
        &[EXAMPLE],
        answers,
    )
    .by(&[&rulebook::INVOICE_CASE, &rulebook::INVOICE_DATES])
    .assuming(&[DuplicateInvoice::ASSUMPTION, InvoiceForInactive::ASSUMPTION]);
    let operation = creditors::named(customers::brought(operation), answers);
    match answers.to::<InvoiceForInactive>() {
        InvoiceForInactive::Refused => creditors::active(operation, answers),
        InvoiceForInactive::Allowed => operation,
    }
}
