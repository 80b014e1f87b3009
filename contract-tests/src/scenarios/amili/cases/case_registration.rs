//! Each debt of a registration becomes a case of its own, and the answer names cases and OCR numbers.

use serde_json::{Value, json};

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/case-registration",
    proves: &[
        "amili.case.one-per-debt",
        "amili.case.ocr-numbers",
        "amili.query.where",
        "amili.list.insertion-order",
    ],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let debts = [scene::debt(amili), scene::debt(amili), scene::debt(amili)];
    let body = with(scene::case(amili, &creditor)?, "debts", json!(debts));
    let answer = amili
        .step("register three debts")
        .post(scene::CASES, &body)
        .expect(201)?;
    answer.has_only_keys(
        "",
        &[
            "_updated",
            "_created",
            "_etag",
            "_id",
            "_status",
            "_cases",
            "_ocr_numbers",
            "_ocr_numbers_ocr",
        ],
    )?;
    answer.satisfies("as many cases as debts", |answer| {
        answer["_cases"].as_array().map(Vec::len) == Some(debts.len())
    })?;
    answer.satisfies("OCR numbers of twenty digits, each with an id", |answer| {
        let (ids, texts) = (&answer["_ocr_numbers"], &answer["_ocr_numbers_ocr"]);
        let is_number = |text: &Value| text.as_str().is_some_and(is_ocr_number);
        let texts = texts.as_array().filter(|texts| !texts.is_empty());
        texts.is_some_and(|texts| {
            texts.iter().all(is_number) && ids.as_array().map(Vec::len) == Some(texts.len())
        })
    })?;
    let registration = answer.capture("registration", "/_id")?;
    for (place, debt) in debts.iter().enumerate() {
        let case = answer.capture("case", &format!("/_cases/{place}"))?;
        let shown = given::read(amili, "/cases", &case)?;
        shown.holds("/case_registration", &registration)?;
        shown.holds("/creditor", &creditor)?;
        for field in ["invoice_number", "debt_description", "capital_to_claim"] {
            shown.holds(&format!("/debt/{field}"), &debt[field])?;
        }
        shown.holds("/local_added_capital_amount", scene::CAPITAL)?;
    }
    scene::registered(amili, &given::creditor(amili)?)?;
    let listed = scene::cases_of(amili, &creditor)?;
    listed.holds("/_meta/total", debts.len())?;
    // In the order in which they were made, or the other way round, which is an open question.
    let first = listed.holds("/_items/0/debt/invoice_number", &debts[0]["invoice_number"]);
    first.or_else(|_| {
        let last = &debts[debts.len() - 1]["invoice_number"];
        listed.holds("/_items/0/debt/invoice_number", last)
    })
}

fn is_ocr_number(text: &str) -> bool {
    text.len() == 20 && text.bytes().all(|byte| byte.is_ascii_digit())
}
