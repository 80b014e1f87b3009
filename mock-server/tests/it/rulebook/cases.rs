//! The requests about cases: those that a rule refuses, and those that the others shape.

use serde_json::{Value, json};

use super::requests::Breaking;
use crate::amili::cases::{
    active, case_of, case_registration, foreign, inactive, invoice_registration, payment,
};
use crate::amili::roles::Roles;
use crate::amili::{NOBODYS_ID, with};
use crate::harness::{Answer, Mock};

fn register(mock: &Mock, creditor: &str, changes: Value) -> Answer {
    let body = with(case_registration(creditor), changes);
    mock.api_user().post("/case--registrations", &body)
}

fn pay(mock: &Mock, changes: Value) -> Answer {
    let creditor = active(mock);
    let case = case_of(mock, &creditor);
    let body = with(payment(&creditor, &case), changes);
    mock.api_user().post("/creditor--payments", &body)
}

pub(super) const REFUSALS: &[(&str, Breaking)] = &[
    ("amili.case.creditor-active", |mock| {
        register(mock, &inactive(mock), json!({}))
    }),
    ("amili.case.required-fields", |mock| {
        register(mock, &active(mock), json!({ "first_action": null }))
    }),
    ("amili.customer.one-kind", |mock| {
        let creditor = active(mock);
        let customer = case_registration(&creditor)["customer"].clone();
        let both = json!({ "is_company": true, "is_foreign": true });
        register(mock, &creditor, json!({ "customer": with(customer, both) }))
    }),
    ("amili.registration.account-exists", |mock| {
        register(mock, &active(mock), json!({ "account": NOBODYS_ID }))
    }),
    ("amili.registration.creditor-exists", |mock| {
        register(mock, NOBODYS_ID, json!({}))
    }),
    ("amili.registration.creditor-of-account", |mock| {
        register(mock, &foreign(mock), json!({}))
    }),
    ("amili.registration.currency", |mock| {
        register(mock, &active(mock), json!({ "currency": "NOK" }))
    }),
    ("amili.scope.cases-of-own-creditor", |_| {
        // The role hangs on the creditor that brought it, so that the scene is a mock of its own.
        let roles = Roles::on(Mock::start());
        let body = case_registration(&roles.other);
        roles.regular().post("/case--registrations", &body)
    }),
    ("amili.invoice.required-fields", |mock| {
        let body = with(
            invoice_registration(&active(mock)),
            json!({ "matrix": null }),
        );
        mock.api_user().post("/invoice--registrations", &body)
    }),
    ("amili.payment.required-fields", |mock| {
        pay(mock, json!({ "amount": null }))
    }),
    ("amili.payment.origin", |mock| {
        pay(mock, json!({ "origin": "elsewhere" }))
    }),
    ("amili.payment.case-exists", |mock| {
        pay(mock, json!({ "case": NOBODYS_ID }))
    }),
    ("amili.payment.case-or-invoice-number", |mock| {
        pay(mock, json!({ "invoice_number": "778899" }))
    }),
    ("amili.payment.invoice-number-resolves", |mock| {
        pay(mock, json!({ "case": null, "invoice_number": "1" }))
    }),
];

/// Requests that are accepted, so that every rule which shapes answers about cases has one to shape.
pub(super) fn shape_answers(mock: &Mock) {
    let creditor = active(mock);
    let case = case_of(mock, &creditor);
    let caller = mock.api_user();
    caller.get(&format!("/cases/{case}")).expect(200);
    let invoice = invoice_registration(&creditor);
    caller.post("/invoice--registrations", &invoice).expect(201);
    let payment = payment(&creditor, &case);
    caller.post("/creditor--payments", &payment).expect(201);
}
