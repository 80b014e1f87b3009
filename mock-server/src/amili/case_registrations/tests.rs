//! Decisions on case registrations: the changes to the page's example, and what comes of it.

use serde_json::{Value, json};

use super::decide;
use crate::amili::eve::normalise;
use crate::amili::refusal::Refusal;
use crate::amili::scene::{
    ACTIVE, API_USER, CREDITOR_USER, FOREIGN, INACTIVE, NOTHING, OTHER_ACCOUNT, SECOND,
    case_registration, id, moment, problems, store, with,
};
use crate::amili::store::Change;

fn create(
    caller: &str,
    answers: &[(&str, &str)],
    changes: &[(&str, Value)],
) -> Result<Change, Refusal> {
    let body = with(case_registration(), changes);
    let body = normalise::document(body.as_object().unwrap().clone());
    decide::create(&store(), &mut moment(answers), id(caller), body)
}

/// The fields refused with their problems; none when the registration is accepted.
#[track_caller]
fn check(changes: &[(&str, Value)], expected: &[(&str, &str)]) {
    check_assuming(&[], changes, expected);
}

#[track_caller]
fn check_assuming(answers: &[(&str, &str)], changes: &[(&str, Value)], expected: &[(&str, &str)]) {
    let told = problems(&create(API_USER, answers, changes));
    let told: Vec<_> = told.iter().map(|(at, text)| (&**at, &**text)).collect();
    assert_eq!(told, expected, "{changes:?}");
}

fn debt(number: &str) -> Value {
    with(
        case_registration()["debts"][0].clone(),
        &[("/invoice_number", json!(number))],
    )
}

#[test]
fn every_documented_field_that_is_required_is_asked_for() {
    for field in [
        "/account",
        "/creditor",
        "/first_action",
        "/currency",
        "/customer",
        "/customer/name",
        "/debts",
        "/debts/0/invoice_number",
        "/debts/0/debt_description",
        "/debts/0/invoice_date",
        "/debts/0/capital_to_claim",
        "/debts/0/invoice_due_days_after_invoice_date",
    ] {
        let path = field[1..].replace('/', ".");
        check(&[(field, Value::Null)], &[(&path, "required field")]);
    }
    check(
        &[("/debts", json!([]))],
        &[("debts", "empty values not allowed")],
    );
}

#[test]
fn fields_have_their_types_and_what_no_page_names_is_unknown() {
    let no_date = "2025-06-16T00:00:00Z";
    for (field, value, problem) in [
        ("/creditor", json!("x"), "must be of objectid type"),
        ("/currency", json!("NOK"), "unallowed value NOK"),
        ("/colour", json!("red"), "unknown field"),
        ("/customer", json!([]), "must be of dict type"),
        (
            "/customer/is_person",
            json!("yes"),
            "must be of boolean type",
        ),
        (
            "/debts/0/invoice_date",
            json!(no_date),
            "must be of datetime type",
        ),
        (
            "/debts/0/capital_to_claim",
            json!("much"),
            "must be of number type",
        ),
        (
            "/debts/0/invoice_due_days_after_invoice_date",
            json!("ten"),
            "must be of integer type",
        ),
    ] {
        let path = field[1..].replace('/', ".");
        check(&[(field, value)], &[(&path, problem)]);
    }
}

#[test]
fn documented_fees_are_taken() {
    check(
        &[
            (
                "/debts/0/fees_included_in_capital_to_claim",
                json!({ "invoice_fee": 50.0 }),
            ),
            (
                "/debts/0/fees_already_claimed",
                json!({ "reminder": { "amount": 60.0, "fee_registration_date": "Mon, 11 Aug 2025 00:00:00 GMT" } }),
            ),
        ],
        &[],
    );
}

#[test]
fn a_creditor_that_is_inactive_unknown_or_anothers_gets_no_case() {
    let missing =
        |id: &str| format!("value '{id}' must exist in resource 'creditors', field '_id'.");
    for (creditor, problem) in [
        (INACTIVE, "creditor is not active".to_owned()),
        (NOTHING, missing(NOTHING)),
        (FOREIGN, missing(FOREIGN)),
    ] {
        check(&[("/creditor", json!(creditor))], &[("creditor", &problem)]);
    }
    for (assumption, creditor) in [
        ("amili.case.inactive-creditor", INACTIVE),
        ("amili.registration.foreign-creditor", FOREIGN),
    ] {
        let outcome = create(
            API_USER,
            &[(assumption, "403")],
            &[("/creditor", json!(creditor))],
        );
        assert!(matches!(outcome, Err(Refusal::Forbidden(_))), "{outcome:?}");
    }
}

#[test]
fn an_account_out_of_scope_is_refused_before_the_fields_are() {
    let outcome = create(
        API_USER,
        &[],
        &[
            ("/account", json!(OTHER_ACCOUNT)),
            ("/currency", Value::Null),
        ],
    );
    assert!(
        matches!(outcome, Err(Refusal::ForeignOwner(_))),
        "{outcome:?}"
    );
}

#[test]
fn the_user_of_a_creditor_handles_its_cases_and_no_others() {
    let by_user = |creditor: &str| create(CREDITOR_USER, &[], &[("/creditor", json!(creditor))]);
    assert!(by_user(ACTIVE).is_ok());
    let outcome = by_user(SECOND);
    assert!(
        matches!(outcome, Err(Refusal::BeyondRole(_))),
        "{outcome:?}"
    );
}

#[test]
fn a_customer_is_of_one_kind() {
    let both = [
        ("/customer/is_person", json!(true)),
        ("/customer/is_company", json!(true)),
    ];
    check(
        &both,
        &[
            (
                "customer.is_company",
                "'is_person' must not be present with 'is_company'",
            ),
            (
                "customer.is_person",
                "'is_company' must not be present with 'is_person'",
            ),
        ],
    );
    check(
        &[
            ("/customer/is_person", json!(false)),
            ("/customer/is_company", json!(true)),
        ],
        &[],
    );
    let asked = [
        ("customer.is_company", "required field"),
        ("customer.is_foreign", "required field"),
        ("customer.is_person", "required field"),
    ];
    check_assuming(&[("amili.customer.kind-unsaid", "refused")], &[], &asked);
}

#[test]
fn a_customer_has_an_id_number_and_an_address() {
    let bare = [
        ("/customer/id_number", Value::Null),
        ("/customer/address", Value::Null),
    ];
    check(
        &bare,
        &[
            ("customer.address", "required field"),
            ("customer.id_number", "required field"),
        ],
    );
    check_assuming(
        &[("amili.customer.identity-required", "optional")],
        &bare,
        &[],
    );
}

#[test]
fn each_debt_becomes_a_case_and_the_answer_names_it() {
    let two = [("/debts/1", debt("2")), ("/debts/2", debt("3"))];
    let change = create(API_USER, &[], &two).unwrap();
    let made: Vec<&str> = change.inserts.iter().map(|(name, _)| *name).collect();
    // The customer is that of the world.
    assert_eq!(made, ["case--registrations", "cases", "cases", "cases"]);
    let ids = change.inserts[1..]
        .iter()
        .map(|(_, case)| case.get("_id").unwrap());
    assert!(change.told.get_array("_cases").unwrap().iter().eq(ids));
    for (_, case) in &change.inserts[1..] {
        assert_eq!(
            case.get_object_id("case_registration").unwrap(),
            change.created_id()
        );
    }
    for key in ["_ocr_numbers", "_ocr_numbers_ocr"] {
        assert_eq!(change.told.get_array(key).unwrap().len(), 3, "{key}");
    }
    let one = create(
        API_USER,
        &[("amili.case.ocr-numbers-per", "registration")],
        &two,
    )
    .unwrap();
    assert_eq!(one.told.get_array("_ocr_numbers").unwrap().len(), 1);
}

#[test]
fn an_invoice_number_may_come_twice_unless_assumed_otherwise() {
    let known = [("/debts/0/invoice_number", json!(format!("of {ACTIVE}")))];
    let of_another = [("/debts/0/invoice_number", json!(format!("of {SECOND}")))];
    let repeated = [("/debts/1", debt("778899"))];
    let refused = [("amili.case.duplicate-invoice-number", "refused")];
    check(&known, &[]);
    check(&repeated, &[]);
    check_assuming(&refused, &of_another, &[]);
    check_assuming(
        &refused,
        &known,
        &[(
            "debts.0.invoice_number",
            &format!("value 'of {ACTIVE}' is not unique"),
        )],
    );
    check_assuming(
        &refused,
        &repeated,
        &[("debts.1.invoice_number", "value '778899' is not unique")],
    );
}
