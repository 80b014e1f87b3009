//! Decisions on payments and creditings: the changes to the pages' examples, and what comes of them.

use serde_json::{Value, json};

use crate::amili::creditor_creditings;
use crate::amili::creditor_payments;
use crate::amili::eve::normalise;
use crate::amili::refusal::Refusal;
use crate::amili::scene::{
    ACCOUNT, ACTIVE, API_USER, CASE, CASE_OF_FOREIGN, CASE_OF_SECOND, CREDITOR_USER, INACTIVE,
    NOTHING, SECOND, id, moment, problems, store, with,
};
use crate::amili::settlements::schema::Editions;
use crate::amili::store::{Change, Store};

const PAYMENT: &Editions = &creditor_payments::schema::EDITIONS;
const CREDITING: &Editions = &creditor_creditings::schema::EDITIONS;

/// The examples of docs.amili.se/reference/endpoints/creditor-payment and creditor-crediting.
fn example(editions: &Editions) -> Value {
    let mut body = json!({
        "account": ACCOUNT,
        "creditor": ACTIVE,
        "case": CASE,
        "currency": "SEK",
        "amount": 100.0,
        "origin": "creditor_system",
    });
    if std::ptr::eq(editions.either, PAYMENT.either) {
        body["bank_transaction_date"] = json!("Fri, 04 Jul 2025 16:20:41 GMT");
        body["creditor_payment_reference"] = json!("PAY-REF-001");
    }
    body
}

fn create_in(
    store: &Store,
    caller: &str,
    editions: &Editions,
    answers: &[(&str, &str)],
    changes: &[(&str, Value)],
) -> Result<Change, Refusal> {
    let body = with(example(editions), changes);
    let body = normalise::document(body.as_object().unwrap().clone());
    super::create(store, &mut moment(answers), id(caller), editions, body)
}

/// The fields refused with their problems; none when it is accepted.
#[track_caller]
fn check(
    editions: &Editions,
    answers: &[(&str, &str)],
    changes: &[(&str, Value)],
    expected: &[(&str, &str)],
) {
    let told = problems(&create_in(&store(), API_USER, editions, answers, changes));
    let told: Vec<_> = told.iter().map(|(at, text)| (&**at, &**text)).collect();
    assert_eq!(told, expected, "{answers:?} {changes:?}");
}

#[test]
fn what_the_pages_require_is_asked_for() {
    for editions in [PAYMENT, CREDITING] {
        check(editions, &[], &[], &[]);
        for field in ["/creditor", "/currency", "/amount", "/origin"] {
            check(
                editions,
                &[],
                &[(field, Value::Null)],
                &[(&field[1..], "required field")],
            );
        }
        check(
            editions,
            &[],
            &[("/case", Value::Null)],
            &[
                ("case", "required field"),
                ("invoice_number", "required field"),
            ],
        );
    }
    let dateless = [("/bank_transaction_date", Value::Null)];
    check(
        PAYMENT,
        &[],
        &dateless,
        &[("bank_transaction_date", "required field")],
    );
}

#[test]
fn origin_and_currency_have_one_value_each() {
    for editions in [PAYMENT, CREDITING] {
        for (field, value) in [("/origin", "elsewhere"), ("/currency", "NOK")] {
            let problem = format!("unallowed value {value}");
            check(
                editions,
                &[],
                &[(field, json!(value))],
                &[(&field[1..], &problem)],
            );
        }
    }
}

#[test]
fn a_case_and_an_invoice_number_exclude_each_other() {
    let number = json!(format!("of {ACTIVE}"));
    for editions in [PAYMENT, CREDITING] {
        check(
            editions,
            &[],
            &[("/invoice_number", number.clone())],
            &[
                ("case", "'invoice_number' must not be present with 'case'"),
                (
                    "invoice_number",
                    "'case' must not be present with 'invoice_number'",
                ),
            ],
        );
        let by_number = [("/case", Value::Null), ("/invoice_number", number.clone())];
        check(editions, &[], &by_number, &[]);
    }
}

#[test]
fn an_invoice_number_is_one_of_the_creditors() {
    for number in ["nobody's".to_owned(), format!("of {SECOND}")] {
        let by_number = [("/case", Value::Null), ("/invoice_number", json!(number))];
        let problem = format!(
            "value '{number}' must exist in resource 'cases', field 'debt.invoice_number'."
        );
        check(PAYMENT, &[], &by_number, &[("invoice_number", &problem)]);
    }
}

#[test]
fn an_invoice_number_of_several_cases_means_none_or_the_newest() {
    let mut store = store();
    let mut second = (**store.collection("cases").get(id(CASE)).unwrap()).clone();
    second.insert("_id", id(NOTHING));
    let change = Change {
        inserts: vec![("cases", second)],
        ..Change::default()
    };
    store.commit(change);
    let number = json!(format!("of {ACTIVE}"));
    let by_number = [("/case", Value::Null), ("/invoice_number", number)];
    let told = problems(&create_in(&store, API_USER, PAYMENT, &[], &by_number));
    let problem = format!("value 'of {ACTIVE}' is that of several cases");
    assert_eq!(told, [("invoice_number".to_owned(), problem)]);
    let newest = [("amili.payment.ambiguous-invoice-number", "newest")];
    let change = create_in(&store, API_USER, PAYMENT, &newest, &by_number).unwrap();
    let (_, settled) = &change.replacements[0];
    assert_eq!(settled.get_object_id("_id").unwrap(), id(NOTHING));
}

#[test]
fn a_case_exists_and_is_the_creditors() {
    let missing = |id: &str| format!("value '{id}' must exist in resource 'cases', field '_id'.");
    for case in [NOTHING, CASE_OF_FOREIGN, CASE_OF_SECOND] {
        let problem = missing(case);
        check(
            CREDITING,
            &[],
            &[("/case", json!(case))],
            &[("case", &problem)],
        );
    }
    let accepted = [("amili.payment.case-of-other-creditor", "accepted")];
    check(
        CREDITING,
        &accepted,
        &[("/case", json!(CASE_OF_SECOND))],
        &[],
    );
    let problem = missing(CASE_OF_FOREIGN);
    let foreign = [("/case", json!(CASE_OF_FOREIGN))];
    check(CREDITING, &accepted, &foreign, &[("case", &problem)]);
    let by_user = create_in(
        &store(),
        CREDITOR_USER,
        CREDITING,
        &accepted,
        &[("/case", json!(CASE_OF_SECOND))],
    );
    assert!(
        matches!(by_user, Err(Refusal::BeyondRole(_))),
        "{by_user:?}"
    );
}

#[test]
fn the_older_edition_asks_for_the_account_and_knows_no_invoice_number() {
    let older = [("amili.payment.edition", "older")];
    check(PAYMENT, &older, &[], &[]);
    check(
        PAYMENT,
        &older,
        &[("/account", Value::Null)],
        &[("account", "required field")],
    );
    check(
        PAYMENT,
        &older,
        &[("/case", Value::Null), ("/invoice_number", json!("1"))],
        &[
            ("case", "required field"),
            ("invoice_number", "unknown field"),
        ],
    );
}

#[test]
fn the_newer_edition_takes_the_account_from_the_creditor() {
    let newer = [("amili.payment.edition", "newer")];
    check(PAYMENT, &newer, &[], &[("account", "field is read-only")]);
    for answers in [&newer[..], &[]] {
        let bare = [("/account", Value::Null)];
        let change = create_in(&store(), API_USER, CREDITING, answers, &bare).unwrap();
        let (_, made) = &change.inserts[0];
        assert_eq!(made.get_object_id("account").unwrap(), id(ACCOUNT));
        assert_eq!(made.get("client_registration_date"), made.get("_created"));
    }
}

#[test]
fn settling_lowers_what_remains_unless_assumed_otherwise() {
    for editions in [PAYMENT, CREDITING] {
        let change = create_in(&store(), API_USER, editions, &[], &[]).unwrap();
        assert_eq!(change.told.get_str("_payment_status").unwrap(), "completed");
        let (_, case) = &change.replacements[0];
        assert_eq!(
            case.get_f64("local_remaining_capital_amount").unwrap(),
            150.0
        );
        let unchanged = [("amili.payment.remaining-capital", "unchanged")];
        let change = create_in(&store(), API_USER, editions, &unchanged, &[]).unwrap();
        assert!(change.replacements.is_empty());
    }
}

#[test]
fn a_creditor_need_not_be_active_to_be_paid() {
    let outcome = create_in(
        &store(),
        API_USER,
        PAYMENT,
        &[],
        &[("/creditor", json!(INACTIVE))],
    );
    let fields: Vec<_> = problems(&outcome)
        .into_iter()
        .map(|(field, _)| field)
        .collect();
    assert_eq!(fields, ["case"], "the case is another's, and that is all");
}
