//! Registrations: what they answer, bring and refuse.

use serde_json::{Value, json};

use super::{active, case_registration, check_keys, debt, inactive, invoice_registration};
use crate::amili::{FORBIDDEN, NOBODYS_ID, all, invalid, refused, refused_without_a_trace, with};
use crate::harness::{Mock, OTHER_ACCOUNT, list};

#[test]
fn the_answer_to_a_case_registration_names_cases_and_ocr_numbers() {
    let mock = Mock::at_guide_time();
    let creditor = active(&mock);
    let two = with(
        case_registration(&creditor),
        json!({ "debts": [debt("1"), debt("2")] }),
    );
    let answer = mock.api_user().post("/case--registrations", &two);
    check_keys(&answer, &["_cases", "_ocr_numbers", "_ocr_numbers_ocr"]);
    let location = format!("{}/case--registrations/{}", mock.base_url(), answer.id());
    assert_eq!(answer.header("location"), Some(&*location));
    let body = answer.json();
    for key in ["_cases", "_ocr_numbers"] {
        for id in list(&body, &format!("/{key}")) {
            let id = id.as_str().unwrap();
            assert!(
                id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit()),
                "{id}"
            );
        }
    }
    let digits = list(&body, "/_ocr_numbers_ocr");
    assert_eq!(digits.len(), 2);
    for digits in digits {
        let digits = digits.as_str().unwrap();
        assert!(
            digits.len() == 20 && digits.starts_with("2025315"),
            "{digits}"
        );
    }
    let numbers: Vec<String> = list(&body, "/_cases")
        .iter()
        .map(|case| {
            let path = format!("/cases/{}", case.as_str().unwrap());
            mock.api_user()
                .get(&path)
                .expect(200)
                .text_at("/debt/invoice_number")
        })
        .collect();
    assert_eq!(numbers, ["1", "2"]);
}

#[test]
fn a_registration_reads_back_as_sent() {
    let mock = Mock::start();
    let creditor = active(&mock);
    let body = case_registration(&creditor);
    let id = mock
        .api_user()
        .post("/case--registrations", &body)
        .expect(201)
        .id();
    let read = mock
        .api_user()
        .get(&format!("/case--registrations/{id}"))
        .expect(200)
        .json();
    for (key, value) in body.as_object().unwrap() {
        assert_eq!(&read[key], value, "{key}");
    }
    assert_eq!(all(&mock.api_user(), "case--registrations").len(), 1);
}

#[test]
fn an_inactive_creditor_gets_cases_once_it_is_active() {
    let mock = Mock::start();
    let creditor = inactive(&mock);
    let caller = mock.api_user();
    let register = || caller.post("/case--registrations", &case_registration(&creditor));
    refused_without_a_trace(&mock, register, |answer| {
        invalid(answer, &[("creditor", "creditor is not active")]);
        assert_eq!(answer.rule(), Some("amili.case.creditor-active"));
    });
    let path = format!("/creditors/{creditor}");
    let etag = caller.get(&path).text_at("/_etag");
    let change = caller.call("PATCH", &path).header("if-match", etag);
    change
        .json(&json!({ "is_active": true }))
        .send()
        .expect(200);
    register().expect(201);
}

#[test]
fn a_refused_registration_leaves_nothing_behind() {
    let mock = Mock::start();
    let creditor = active(&mock);
    let post = |changes: Value| {
        let body = with(case_registration(&creditor), changes);
        mock.api_user().post("/case--registrations", &body)
    };
    for (changes, field, problem) in [
        (
            json!({ "debts": [] }),
            "debts",
            "empty values not allowed".to_owned(),
        ),
        (
            json!({ "currency": "NOK" }),
            "currency",
            "unallowed value NOK".to_owned(),
        ),
        (
            json!({ "creditor": NOBODYS_ID }),
            "creditor",
            format!("value '{NOBODYS_ID}' must exist in resource 'creditors', field '_id'."),
        ),
        (
            json!({ "debts": [debt("1"), with(debt("2"), json!({ "capital_to_claim": null }))] }),
            "debts.1.capital_to_claim",
            "required field".to_owned(),
        ),
    ] {
        refused_without_a_trace(
            &mock,
            || post(changes),
            |answer| invalid(answer, &[(field, &problem)]),
        );
    }
    refused_without_a_trace(
        &mock,
        || post(json!({ "account": OTHER_ACCOUNT })),
        |answer| refused(answer, 403, FORBIDDEN),
    );
}

#[test]
fn registrations_in_a_list_are_made_all_or_none() {
    let mock = Mock::start();
    let creditor = active(&mock);
    let good = case_registration(&creditor);
    let bad = with(good.clone(), json!({ "currency": null }));
    let post = |list: Value| mock.api_user().post("/case--registrations", &list);
    refused_without_a_trace(
        &mock,
        || post(json!([good, bad])),
        |answer| {
            assert_eq!(answer.status, 422, "{}", answer.text());
        },
    );
    let answer = post(json!([good, good])).expect(201).json();
    for item in list(&answer, "/_items") {
        assert_eq!(item["_cases"].as_array().unwrap().len(), 1, "{item}");
    }
    assert_eq!(all(&mock.api_user(), "cases").len(), 2);
    assert_eq!(
        all(&mock.api_user(), "customers").len(),
        1,
        "the second finds the first's"
    );
}

#[test]
fn an_unlisted_first_action_or_type_is_taken_with_a_warning() {
    let mock = Mock::start();
    let creditor = active(&mock);
    let warned = |path: &str, body: Value| {
        let answer = mock.api_user().post(path, &body).expect(201);
        !answer.all("x-mock-warning").is_empty()
    };
    let first = |action: &str| {
        with(
            case_registration(&creditor),
            json!({ "first_action": action }),
        )
    };
    assert!(!warned("/case--registrations", first("reminder")));
    assert!(warned("/case--registrations", first("surveillance")));
    let invoice = invoice_registration(&creditor);
    assert!(!warned("/invoice--registrations", invoice.clone()));
    let other = with(invoice, json!({ "invoice_type": "letter" }));
    assert!(warned("/invoice--registrations", other));
}
