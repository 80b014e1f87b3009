//! The answers about cases.

use serde_json::{Value, json};

use super::{Row, row};
use crate::amili::cases::{
    active, case_of, case_registration, crediting, debt, foreign, inactive, invoice_registration,
    payment,
};
use crate::amili::{all, with};
use crate::harness::{Answer, Mock, asking};

fn register(mock: &Mock, creditor: &str, changes: Value) -> Answer {
    let body = with(case_registration(creditor), changes);
    mock.api_user().post("/case--registrations", &body)
}

/// A registration whose customer has these other members.
fn register_customer(mock: &Mock, creditor: &str, changes: Value) -> Answer {
    let customer = case_registration(creditor)["customer"].clone();
    register(
        mock,
        creditor,
        json!({ "customer": with(customer, changes) }),
    )
}

/// That a 422 names these fields and no others.
#[track_caller]
fn told(answer: Answer, fields: &[&str]) -> Answer {
    let answer = answer.expect(422);
    let body = answer.json();
    let details = body["_error"]["details"].as_object().unwrap();
    let names: Vec<&str> = details.keys().map(String::as_str).collect();
    assert_eq!(names, fields, "{body}");
    answer
}

fn remaining(mock: &Mock, case: &str) -> Value {
    let read = mock.api_user().get(&format!("/cases/{case}")).expect(200);
    read.json()["local_remaining_capital_amount"].clone()
}

fn kindless(mock: &Mock) -> Answer {
    register(mock, &active(mock), json!({}))
}

fn nameless_but_for_the_name(mock: &Mock) -> Answer {
    let changes = json!({ "id_number": null, "address": null });
    register_customer(mock, &active(mock), changes)
}

/// The customers after a second registration under another name, and the answer to it.
fn registered_twice(mock: &Mock) -> (Vec<Value>, Answer) {
    let creditor = active(mock);
    register(mock, &creditor, json!({})).expect(201);
    let answer = register_customer(mock, &creditor, json!({ "name": "Jane Roe" })).expect(201);
    let customers = all(&mock.api_user(), "customers");
    let names = customers.iter().map(|customer| customer["name"].clone());
    (names.collect(), answer)
}

fn search_for_nobody(mock: &Mock) -> (usize, Answer) {
    case_of(mock, &active(mock));
    let answer = mock
        .api_user()
        .get(&asking("/customers", &[("name", "Jane")]));
    let answer = answer.expect(200);
    (answer.json()["_items"].as_array().unwrap().len(), answer)
}

fn same_number_again(mock: &Mock) -> Answer {
    let creditor = active(mock);
    case_of(mock, &creditor);
    register(mock, &creditor, json!({}))
}

fn two_debts(mock: &Mock) -> Answer {
    let debts = json!({ "debts": [debt("1"), debt("2")] });
    register(mock, &active(mock), debts).expect(201)
}

fn ocr_numbers(answer: &Answer) -> usize {
    let body = answer.json();
    let (ids, digits) = (&body["_ocr_numbers"], &body["_ocr_numbers_ocr"]);
    assert_eq!(
        ids.as_array().unwrap().len(),
        digits.as_array().unwrap().len()
    );
    digits.as_array().unwrap().len()
}

/// A payment with other members, and the case that it may settle.
fn pay(mock: &Mock, changes: Value) -> (Answer, String) {
    let creditor = active(mock);
    let case = case_of(mock, &creditor);
    let body = with(payment(&creditor, &case), changes);
    (mock.api_user().post("/creditor--payments", &body), case)
}

fn credit_case_of_another(mock: &Mock) -> Answer {
    let (own, other) = (active(mock), active(mock));
    let body = crediting(&own, &case_of(mock, &other));
    mock.api_user().post("/creditor--creditings", &body)
}

/// A payment by an invoice number that two cases have, and these cases.
fn pay_ambiguously(mock: &Mock) -> (Answer, String, String) {
    let creditor = active(mock);
    let (first, second) = (case_of(mock, &creditor), case_of(mock, &creditor));
    let changes = json!({ "case": null, "invoice_number": "778899" });
    let body = with(payment(&creditor, &first), changes);
    let answer = mock.api_user().post("/creditor--payments", &body);
    (answer, first, second)
}

pub(super) const ROWS: &[Row] = &[
    row("amili.case.inactive-creditor", "422", |mock| {
        told(register(mock, &inactive(mock), json!({})), &["creditor"])
    }),
    row("amili.case.inactive-creditor", "403", |mock| {
        register(mock, &inactive(mock), json!({})).expect(403)
    }),
    row("amili.invoice.inactive-creditor", "refused", |mock| {
        let body = invoice_registration(&inactive(mock));
        told(
            mock.api_user().post("/invoice--registrations", &body),
            &["creditor"],
        )
    }),
    row("amili.invoice.inactive-creditor", "allowed", |mock| {
        let body = invoice_registration(&inactive(mock));
        mock.api_user()
            .post("/invoice--registrations", &body)
            .expect(201)
    }),
    row("amili.registration.foreign-creditor", "422", |mock| {
        told(register(mock, &foreign(mock), json!({})), &["creditor"])
    }),
    row("amili.registration.foreign-creditor", "403", |mock| {
        register(mock, &foreign(mock), json!({})).expect(403)
    }),
    row("amili.customer.kind-unsaid", "person", |mock| {
        let answer = kindless(mock).expect(201);
        assert_eq!(all(&mock.api_user(), "customers")[0]["is_person"], true);
        answer
    }),
    row("amili.customer.kind-unsaid", "refused", |mock| {
        let fields = [
            "customer.is_company",
            "customer.is_foreign",
            "customer.is_person",
        ];
        told(kindless(mock), &fields)
    }),
    row("amili.customer.identity-required", "required", |mock| {
        told(
            nameless_but_for_the_name(mock),
            &["customer.address", "customer.id_number"],
        )
    }),
    row("amili.customer.identity-required", "optional", |mock| {
        nameless_but_for_the_name(mock).expect(201)
    }),
    row("amili.customer.same-id-number", "found", |mock| {
        let (names, answer) = registered_twice(mock);
        assert_eq!(names, ["Jane Doe"]);
        answer
    }),
    row("amili.customer.same-id-number", "updated", |mock| {
        let (names, answer) = registered_twice(mock);
        assert_eq!(names, ["Jane Roe"]);
        answer
    }),
    row("amili.customer.same-id-number", "new", |mock| {
        let (names, answer) = registered_twice(mock);
        assert_eq!(names, ["Jane Doe", "Jane Roe"]);
        answer
    }),
    row("amili.customer.search", "exact", |mock| {
        let (found, answer) = search_for_nobody(mock);
        assert_eq!(found, 0);
        answer
    }),
    row("amili.customer.search", "ignored", |mock| {
        let (found, answer) = search_for_nobody(mock);
        assert_eq!(found, 1);
        assert!(!answer.all("x-mock-warning").is_empty());
        answer
    }),
    row("amili.case.duplicate-invoice-number", "allowed", |mock| {
        same_number_again(mock).expect(201)
    }),
    row("amili.case.duplicate-invoice-number", "refused", |mock| {
        told(same_number_again(mock), &["debts.0.invoice_number"])
    }),
    row("amili.case.ocr-numbers-per", "debt", |mock| {
        let answer = two_debts(mock);
        assert_eq!(ocr_numbers(&answer), 2);
        answer
    }),
    row("amili.case.ocr-numbers-per", "registration", |mock| {
        let answer = two_debts(mock);
        assert_eq!(ocr_numbers(&answer), 1);
        answer
    }),
    row("amili.payment.edition", "either", |mock| {
        pay(mock, json!({ "account": null })).0.expect(201);
        pay(mock, json!({})).0.expect(201)
    }),
    row("amili.payment.edition", "older", |mock| {
        pay(mock, json!({})).0.expect(201);
        told(pay(mock, json!({ "account": null })).0, &["account"])
    }),
    row("amili.payment.edition", "newer", |mock| {
        pay(mock, json!({ "account": null })).0.expect(201);
        told(pay(mock, json!({})).0, &["account"])
    }),
    row("amili.payment.case-of-other-creditor", "refused", |mock| {
        told(credit_case_of_another(mock), &["case"])
    }),
    row("amili.payment.case-of-other-creditor", "accepted", |mock| {
        credit_case_of_another(mock).expect(201)
    }),
    row(
        "amili.payment.ambiguous-invoice-number",
        "refused",
        |mock| told(pay_ambiguously(mock).0, &["invoice_number"]),
    ),
    row("amili.payment.ambiguous-invoice-number", "newest", |mock| {
        let (answer, first, second) = pay_ambiguously(mock);
        assert_eq!(remaining(mock, &first), 250.0);
        assert_eq!(remaining(mock, &second), 150.0);
        answer.expect(201)
    }),
    row("amili.payment.remaining-capital", "lowered", |mock| {
        let (answer, case) = pay(mock, json!({}));
        assert_eq!(remaining(mock, &case), 150.0);
        answer.expect(201)
    }),
    row("amili.payment.remaining-capital", "unchanged", |mock| {
        let (answer, case) = pay(mock, json!({}));
        assert_eq!(remaining(mock, &case), 250.0);
        answer.expect(201)
    }),
];
