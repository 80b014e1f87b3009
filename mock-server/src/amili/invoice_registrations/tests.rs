//! Decisions on invoice registrations: the changes to the page's example, and what comes of it.

use serde_json::{Value, json};

use super::decide;
use crate::amili::eve::normalise;
use crate::amili::refusal::Refusal;
use crate::amili::scene::{
    ACCOUNT, ACTIVE, API_USER, CREDITOR_USER, FOREIGN, INACTIVE, NOTHING, SECOND, id, moment,
    problems, store, with,
};
use crate::amili::store::Change;

/// The registration of docs.amili.se/reference/endpoints/invoice-registration.
fn example() -> Value {
    json!({
        "customer": {
            "name": "Jane Doe",
            "customer_number": "12345",
            "id_number": "556789-1234",
            "is_person": true,
            "address": { "address_line_1": "Business Street 456", "zip_code": "54321", "city": "Gothenburg" },
            "mobile_number": "+46709876543",
            "email": "jane.doe@domain.se",
        },
        "account": ACCOUNT,
        "creditor": ACTIVE,
        "invoice_type": "invoice",
        "invoice_number": "INV-2024-002",
        "reference_number": "REF002",
        "payout_reference": "PAY002",
        "invoice_date": "Wed, 21 Jan 2024 10:11:22 GMT",
        "invoice_delivery_date": "Wed, 21 Jan 2024 10:11:22 GMT",
        "invoice_due_date": "Wed, 31 Jan 2024 10:11:22 GMT",
        "invoice_headline": "Consulting Services",
        "invoice_body_text": "Thank you for your business",
        "currency": "SEK",
        "your_contact": "Contact Person",
        "your_reference": "YOUR-REF-001",
        "our_reference": "OUR-REF-001",
        "debt_description": "Professional consulting services",
        "matrix": [{
            "article_description": "Consulting hours",
            "unit_price": 500,
            "total_price_excluding_vat": 500,
            "unit_vat_percent": "0%",
        }],
    })
}

fn create(
    caller: &str,
    answers: &[(&str, &str)],
    changes: &[(&str, Value)],
) -> Result<Change, Refusal> {
    let body = with(example(), changes);
    let body = normalise::document(body.as_object().unwrap().clone());
    decide::create(&store(), &mut moment(answers), id(caller), body)
}

/// The fields refused with their problems; none when the registration is accepted.
#[track_caller]
fn check(answers: &[(&str, &str)], changes: &[(&str, Value)], expected: &[(&str, &str)]) {
    let told = problems(&create(API_USER, answers, changes));
    let told: Vec<_> = told.iter().map(|(at, text)| (&**at, &**text)).collect();
    assert_eq!(told, expected, "{changes:?}");
}

#[test]
fn every_field_that_all_examples_have_is_required_and_no_other() {
    for field in [
        "/account",
        "/creditor",
        "/customer",
        "/customer/name",
        "/invoice_type",
        "/invoice_number",
        "/invoice_date",
        "/invoice_due_date",
        "/currency",
        "/matrix",
        "/matrix/0/article_description",
        "/matrix/0/unit_price",
        "/matrix/0/total_price_excluding_vat",
        "/matrix/0/unit_vat_percent",
    ] {
        let path = field[1..].replace('/', ".");
        check(&[], &[(field, Value::Null)], &[(&path, "required field")]);
    }
    let optional = [
        "/customer/customer_number",
        "/customer/mobile_number",
        "/customer/email",
        "/reference_number",
        "/payout_reference",
        "/invoice_delivery_date",
        "/invoice_headline",
        "/invoice_body_text",
        "/your_contact",
        "/your_reference",
        "/our_reference",
        "/debt_description",
    ];
    check(&[], &optional.map(|field| (field, Value::Null)), &[]);
}

#[test]
fn dates_come_in_both_forms_of_the_examples() {
    let due = |text: &str| [("/invoice_due_date", json!(text))];
    for (text, stored) in [
        ("Wed, 31 Jan 2024 10:11:22 GMT", "2024-01-31T10:11:22Z"),
        ("2026-04-30T00:00:00Z", "2026-04-30T00:00:00Z"),
        ("2025-10-17T10:11:22.123Z", "2025-10-17T10:11:22Z"),
    ] {
        let change = create(API_USER, &[], &due(text)).unwrap();
        let (_, registration) = &change.inserts[0];
        let date = registration.get_datetime("invoice_due_date").unwrap();
        assert_eq!(date.try_to_rfc3339_string().unwrap(), stored, "{text}");
    }
    for text in ["2026-04-30", "2026-04-30T00:00:00", "tomorrow", "Z"] {
        check(
            &[],
            &due(text),
            &[("invoice_due_date", "must be of datetime type")],
        );
    }
}

#[test]
fn a_registration_brings_its_customer_and_one_case() {
    let change = create(API_USER, &[], &[]).unwrap();
    let made: Vec<&str> = change.inserts.iter().map(|(name, _)| *name).collect();
    assert_eq!(made, ["invoice--registrations", "customers", "cases"]);
    let (_, customer) = &change.inserts[1];
    let (_, case) = &change.inserts[2];
    assert_eq!(change.told.get("_case"), case.get("_id"));
    assert_eq!(case.get("customer"), customer.get("_id"));
    assert_eq!(customer.get_str("customer_number").unwrap(), "12345");
    assert_eq!(case.get_str("reference_number").unwrap(), "REF002");
    let debt = case.get_document("debt").unwrap();
    assert_eq!(debt.get_str("invoice_number").unwrap(), "INV-2024-002");
    assert_eq!(debt.get_str("payout_reference").unwrap(), "PAY002");
    assert!(!case.contains_key("local_added_capital_amount"));
}

#[test]
fn an_inactive_creditor_blocks_it_unless_assumed_otherwise() {
    let inactive = [("/creditor", json!(INACTIVE))];
    let allowed = [("amili.invoice.inactive-creditor", "allowed")];
    check(&[], &inactive, &[("creditor", "creditor is not active")]);
    check(&allowed, &inactive, &[]);
}

#[test]
fn the_creditor_exists_and_is_of_the_account() {
    for creditor in [NOTHING, FOREIGN] {
        let problem =
            format!("value '{creditor}' must exist in resource 'creditors', field '_id'.");
        check(
            &[],
            &[("/creditor", json!(creditor))],
            &[("creditor", &problem)],
        );
    }
}

#[test]
fn the_user_of_a_creditor_registers_for_it_alone() {
    assert!(create(CREDITOR_USER, &[], &[]).is_ok());
    let outcome = create(CREDITOR_USER, &[], &[("/creditor", json!(SECOND))]);
    assert!(
        matches!(outcome, Err(Refusal::BeyondRole(_))),
        "{outcome:?}"
    );
}
