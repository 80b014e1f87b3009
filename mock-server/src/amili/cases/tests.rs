//! How a case begins, and what settling it leaves.

use bson::{Bson, Document, doc};

use crate::amili::scene::{ACCOUNT, ACTIVE, id, moment};
use crate::amili::store::{Change, Store};

#[test]
fn a_case_begins_as_the_page_shows_it() {
    let shared = doc! { "account": id(ACCOUNT), "creditor": id(ACTIVE), "currency": "SEK" };
    let debt = doc! { "invoice_number": "103118", "debt_description": "Services", "capital_to_claim": 300.0, "invoice_due_days_after_invoice_date": 30 };
    let mut change = Change::default();
    let (customer, registration) = (
        id("60e7fdefc90dc3e2ddd6c7ae"),
        id("60e7fdefc90dc3e2ddd6c7ad"),
    );
    super::new(
        &Store::empty(),
        &mut moment(&[]),
        &shared,
        customer,
        &debt,
        Some(registration),
        &mut change,
    );
    let (_, case) = &change.inserts[0];
    let now = case.get("_created").cloned().unwrap();
    for (key, value) in doc! {
        "creditor": id(ACTIVE),
        "customer": customer,
        "customer_status": "initialized",
        "currency": "SEK",
        "state": "initializing",
        "state_history": [{ "state": "initializing", "state_date": now.clone() }],
        "status": "initialized",
        "latest_state_date": now,
        "case_registration": registration,
        "local_added_capital_amount": 300.0,
        "local_remaining_capital_amount": 300.0,
        "total_remaining_capital_amount": 300.0,
    } {
        assert_eq!(case.get(&key), Some(&value), "{key}");
    }
    let shown = case.get_document("debt").unwrap();
    for (key, value) in &debt {
        assert_eq!(shown.get(key), Some(value), "{key}");
    }
    assert_eq!(shown.get_f64("initial_capital").unwrap(), 300.0);
}

/// What is left of a case after one amount; nothing where nobody knows.
#[track_caller]
fn check(remaining: impl Into<Bson>, amount: impl Into<Bson>, left: Option<f64>) {
    let (remaining, amount) = (remaining.into(), amount.into());
    let case = doc! { "local_remaining_capital_amount": remaining.clone(), "total_remaining_capital_amount": remaining };
    let lowered = super::lowered(&mut moment(&[]), &case, &amount);
    let told = |key: &str| {
        lowered
            .as_ref()
            .map(|case: &Document| case.get_f64(key).unwrap())
    };
    assert_eq!(told("local_remaining_capital_amount"), left, "{amount}");
    assert_eq!(told("total_remaining_capital_amount"), left, "{amount}");
}

#[test]
fn capital_falls_by_the_amount_to_nothing_at_the_least() {
    check(250.0, 100.0, Some(150.0));
    check(250, 100, Some(150.0));
    check(250.0, 250.0, Some(0.0));
    check(250.0, 300.0, Some(0.0));
    check(0.3, 0.1, Some(0.2));
    check(Bson::Null, 1.0, None);
}
