//! Payments and creditings, and what they leave of a case.

use serde_json::json;

use super::{active, case_of, check_keys, crediting, payment};
use crate::amili::{refused_without_a_trace, with};
use crate::harness::Mock;

#[test]
fn payments_and_creditings_lower_what_a_case_owes() {
    let mock = Mock::start();
    let creditor = active(&mock);
    let case = case_of(&mock, &creditor);
    let caller = mock.api_user();
    let path = format!("/cases/{case}");
    let before = caller.get(&path).expect(200).text_at("/_etag");
    for (resource, body, left) in [
        ("/creditor--payments", payment(&creditor, &case), 150.0),
        ("/creditor--creditings", crediting(&creditor, &case), 50.0),
    ] {
        let answer = caller.post(resource, &body);
        check_keys(&answer, &["_payment_status"]);
        assert_eq!(answer.text_at("/_payment_status"), "completed");
        let read = caller
            .get(&format!("{resource}/{}", answer.id()))
            .expect(200)
            .json();
        for (key, value) in body.as_object().unwrap() {
            assert_eq!(&read[key], value, "{key}");
        }
        let case = caller.get(&path).expect(200).json();
        assert_eq!(case["local_remaining_capital_amount"], left);
        assert_eq!(case["total_remaining_capital_amount"], left);
        assert_eq!(case["local_added_capital_amount"], 250.0);
    }
    assert_ne!(caller.get(&path).text_at("/_etag"), before);
}

#[test]
fn a_payment_finds_its_case_by_the_invoice_number() {
    let mock = Mock::start();
    let creditor = active(&mock);
    let case = case_of(&mock, &creditor);
    let by = |number: &str| {
        let changes = json!({ "case": null, "invoice_number": number });
        with(payment(&creditor, &case), changes)
    };
    mock.api_user()
        .post("/creditor--payments", &by("778899"))
        .expect(201);
    let case = mock
        .api_user()
        .get(&format!("/cases/{case}"))
        .expect(200)
        .json();
    assert_eq!(case["local_remaining_capital_amount"], 150.0);
    refused_without_a_trace(
        &mock,
        || mock.api_user().post("/creditor--payments", &by("1")),
        |answer| assert_eq!(answer.rule(), Some("amili.payment.invoice-number-resolves")),
    );
}
