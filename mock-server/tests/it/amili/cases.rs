//! Cases: the registrations that make them, their customers, and the payments and creditings that settle them.

mod ownership;
mod reads;
mod registrations;
mod settlements;

use serde_json::{Value, json};

use super::{acme, acme_with, with};
use crate::harness::{ACCOUNT, Answer, Mock, OTHER_ACCOUNT};

/// The five keys of every creation, in their order.
const AUTOMATIC: [&str; 5] = ["_updated", "_created", "_etag", "_id", "_status"];

/// The registration of docs.amili.se/reference/endpoints/case-registration.
pub(crate) fn case_registration(creditor: &str) -> Value {
    json!({
        "account": ACCOUNT,
        "creditor": creditor,
        "first_action": "debt_collection",
        "currency": "SEK",
        "customer": {
            "name": "Jane Doe",
            "id_number": "202501012385",
            "address": { "address_line_1": "Business Street 456", "zip_code": "54321", "city": "Gothenburg" },
            "mobile_number": "+46709876543",
            "email": "jane.doe@domain.se",
        },
        "debts": [debt("778899")],
    })
}

pub(crate) fn debt(invoice_number: &str) -> Value {
    json!({
        "invoice_number": invoice_number,
        "debt_description": "Consulting fee",
        "invoice_date": "Mon, 16 Jun 2025 00:00:00 GMT",
        "capital_to_claim": 250.0,
        "invoice_due_days_after_invoice_date": 10,
    })
}

/// The registration of docs-alpha.amili.se/reference/examples/invoice.
pub(crate) fn invoice_registration(creditor: &str) -> Value {
    json!({
        "account": ACCOUNT,
        "creditor": creditor,
        "invoice_number": "INV-2026-001",
        "invoice_date": "2026-03-31T08:15:30.000Z",
        "invoice_due_date": "2026-04-30T00:00:00Z",
        "currency": "SEK",
        "invoice_type": "invoice",
        "customer": {
            "name": "Anna Andersson",
            "id_number": "19900101-1234",
            "is_person": true,
            "address": { "address_line_1": "Storgatan 12", "zip_code": "11122", "city": "Stockholm", "country": "SE" },
            "mobile_number": "+46701234567",
            "email": "anna.andersson@example.se",
        },
        "matrix": [{
            "article_description": "Service fee",
            "unit_price": 500.0,
            "number_of_units": 1,
            "total_price_excluding_vat": 500.0,
            "unit_vat_percent": "25%",
        }],
    })
}

/// The payment of docs.amili.se/reference/endpoints/creditor-payment.
pub(crate) fn payment(creditor: &str, case: &str) -> Value {
    json!({
        "account": ACCOUNT,
        "creditor": creditor,
        "case": case,
        "currency": "SEK",
        "amount": 100.0,
        "bank_transaction_date": "Fri, 04 Jul 2025 16:20:41 GMT",
        "creditor_payment_reference": "PAY-REF-001",
        "origin": "creditor_system",
    })
}

/// The crediting of docs.amili.se/reference/endpoints/creditor-crediting.
pub(crate) fn crediting(creditor: &str, case: &str) -> Value {
    with(
        payment(creditor, case),
        json!({ "bank_transaction_date": null, "creditor_payment_reference": null }),
    )
}

/// A creditor to register for.
pub(crate) fn active(mock: &Mock) -> String {
    mock.api_user().post("/creditors", &acme()).expect(201).id()
}

pub(crate) fn inactive(mock: &Mock) -> String {
    let body = acme_with(json!({ "is_active": false, "name": "Bolag" }));
    mock.api_user().post("/creditors", &body).expect(201).id()
}

/// A creditor of the other account.
pub(crate) fn foreign(mock: &Mock) -> String {
    let body = acme_with(json!({ "account": OTHER_ACCOUNT }));
    let answer = mock.other_account().post("/creditors", &body);
    answer.expect(201).id()
}

/// The case of a new registration for a creditor.
pub(crate) fn case_of(mock: &Mock, creditor: &str) -> String {
    let body = case_registration(creditor);
    let answer = mock.api_user().post("/case--registrations", &body);
    answer.expect(201).text_at("/_cases/0")
}

/// Everything that a registration and its settlements make, by path.
fn one_of_each(mock: &Mock) -> Vec<String> {
    let creditor = active(mock);
    let caller = mock.api_user();
    let registration = caller.post("/case--registrations", &case_registration(&creditor));
    let registration = registration.expect(201);
    let case = registration.text_at("/_cases/0");
    let read = caller.get(&format!("/cases/{case}")).expect(200);
    let made = |path: &str, body: &Value| {
        let id = caller.post(path, body).expect(201).id();
        format!("{path}/{id}")
    };
    vec![
        format!("/case--registrations/{}", registration.id()),
        format!("/cases/{case}"),
        format!("/customers/{}", read.text_at("/customer")),
        made("/invoice--registrations", &invoice_registration(&creditor)),
        made("/creditor--payments", &payment(&creditor, &case)),
        made("/creditor--creditings", &crediting(&creditor, &case)),
    ]
}

/// The keys of a creation's answer beside the automatic ones, which come first.
#[track_caller]
fn check_keys(answer: &Answer, more: &[&str]) {
    assert_eq!(answer.status, 201, "{}", answer.text());
    let body = answer.json();
    let keys: Vec<&str> = body
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(keys, [&AUTOMATIC[..], more].concat());
}
