//! Cases and customers: what registrations make, and what they show.

use serde_json::{Value, json};

use crate::wrong::make::{
    altering, answered, asked, let_through, listed, over_refused, replaced, shown, without,
};
use crate::wrong::server::{Talk, Wrong};

const POST: (&str, &str) = ("POST", "/case--registrations");
const INVOICE: (&str, &str) = ("POST", "/invoice--registrations");

pub(super) fn all() -> Vec<Wrong> {
    [
        active(),
        per_debt(),
        begins(),
        names(),
        ocr(),
        customers(),
        kinds(),
        invoices(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn active() -> Vec<Wrong> {
    const RULE: &str = "amili.case.creditor-active";
    vec![
        let_through(RULE, "never activated", |talk| talk.count("let") == 0),
        Wrong::new(RULE, "while the fields are there", |talk| {
            let refusal = talk.forward();
            if refusal.header("x-mock-rule") != Some(RULE) {
                return refusal;
            }
            let id = talk.body()["creditor"].clone();
            let mut state = talk.state();
            let creditors = state["amili"]["creditors"].as_array_mut().unwrap();
            let creditor = creditors
                .iter_mut()
                .find(|creditor| creditor["_id"] == id)
                .unwrap();
            if creditor.get("payout_details").is_none() {
                return refusal;
            }
            creditor["is_active"] = json!(true);
            talk.put_state(&state);
            talk.alters();
            talk.forward()
        }),
        Wrong::new(RULE, "once it has been active", |talk| {
            let refusal = talk.forward();
            let creditor = talk.body()["creditor"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            if talk.is("PATCH", "/creditors/*") && talk.body()["is_active"] == true {
                talk.remember(talk.part(1), json!(true));
            }
            if refusal.header("x-mock-rule") == Some(RULE) && talk.recall(&creditor).is_some() {
                talk.alters();
                let accepted =
                    crate::wrong::accept::accepted(talk, crate::wrong::accept::Keeping::All);
                return accepted.unwrap_or(refusal);
            }
            refusal
        }),
        over_refused(RULE, "never", POST, 422, |_| true),
    ]
}

fn per_debt() -> Vec<Wrong> {
    const RULE: &str = "amili.case.one-per-debt";
    vec![
        asked(RULE, "the first debt alone", POST, |_, body| {
            if let Some(debts) = body["debts"].as_array_mut() {
                debts.truncate(1);
            }
        }),
        asked(RULE, "two debts at most", POST, |_, body| {
            if let Some(debts) = body["debts"].as_array_mut() {
                debts.truncate(2);
            }
        }),
        asked(RULE, "the same debt each time", POST, |_, body| {
            if let Some(debts) = body["debts"].as_array_mut() {
                let first = debts.first().cloned().unwrap_or_default();
                debts.iter_mut().for_each(|debt| *debt = first.clone());
            }
        }),
        asked(RULE, "one case more", POST, |_, body| {
            if let Some(debts) = body["debts"].as_array_mut()
                && let Some(last) = debts.last().cloned()
            {
                debts.push(last);
            }
        }),
        answered(RULE, "the last case not named", POST, |_, body| {
            if let Some(cases) = body["_cases"].as_array_mut() {
                cases.pop();
            }
        }),
        answered(RULE, "no cases named", POST, |_, body| {
            without(body, "_cases")
        }),
        answered(RULE, "cases in another order", POST, |_, body| {
            if let Some(cases) = body["_cases"].as_array_mut() {
                cases.reverse();
            }
        }),
        answered(RULE, "one case named thrice", POST, |_, body| {
            if let Some(cases) = body["_cases"].as_array_mut() {
                let first = cases.first().cloned().unwrap_or_default();
                cases.iter_mut().for_each(|case| *case = first.clone());
            }
        }),
        shown(RULE, "no debt", "cases", |case| without(case, "debt")),
        shown(RULE, "no invoice number", "cases", |case| {
            case.get_mut("debt")
                .into_iter()
                .for_each(|debt| without(debt, "invoice_number"));
        }),
        shown(RULE, "no registration", "cases", |case| {
            without(case, "case_registration")
        }),
        shown(RULE, "another capital", "cases", |case| {
            replaced(case, "local_added_capital_amount", json!(0.0));
        }),
        shown(RULE, "another creditor", "cases", |case| {
            replaced(case, "creditor", json!("aaaaaaaaaaaaaaaaaaaaaaaa"));
        }),
        listed(RULE, "not all listed", "cases", |items| drop(items.pop())),
    ]
}

fn begins() -> Vec<Wrong> {
    const RULE: &str = "amili.case.begins-initializing";
    vec![
        shown(RULE, "another state", "cases", |case| {
            replaced(case, "state", json!("invoice"))
        }),
        shown(RULE, "another status", "cases", |case| {
            replaced(case, "status", json!("x"))
        }),
        shown(RULE, "another customer status", "cases", |case| {
            replaced(case, "customer_status", json!("x"));
        }),
        shown(RULE, "began otherwise", "cases", |case| {
            if let Some(first) = case.pointer_mut("/state_history/0/state") {
                *first = json!("debt_collection");
            }
        }),
        shown(RULE, "no history", "cases", |case| {
            without(case, "state_history")
        }),
        shown(RULE, "no state", "cases", |case| without(case, "state")),
    ]
}

fn names() -> Vec<Wrong> {
    const RULE: &str = "amili.case.shows-names";
    let lost = |kind, field: &'static str| {
        Wrong::new(RULE, kind, move |talk| {
            let mut answer = talk.forward();
            if talk.part(0) == "cases" && answer.succeeded() {
                altering(talk, &mut answer, |body| {
                    if let Some(items) = body.get_mut("_items").and_then(Value::as_array_mut) {
                        items.iter_mut().for_each(|item| without(item, field));
                    }
                    without(body, field);
                });
            }
            answer
        })
    };
    vec![
        lost("no creditor name", "creditor_name"),
        lost("no customer name", "customer_name"),
        lost("no id number", "customer_id_number"),
        lost("no customer number", "customer_number"),
        shown(RULE, "the customer's for the creditor's", "cases", |case| {
            let name = case["customer_name"].clone();
            replaced(case, "creditor_name", name);
        }),
        shown(RULE, "ids for names", "cases", |case| {
            let id = case["customer"].clone();
            replaced(case, "customer_name", id);
        }),
        Wrong::new(RULE, "alone only", |talk| {
            let mut answer = talk.forward();
            if talk.is("GET", "/cases") {
                altering(talk, &mut answer, |body| {
                    for item in body["_items"].as_array_mut().into_iter().flatten() {
                        without(item, "creditor_name");
                    }
                });
            }
            answer
        }),
    ]
}

fn ocr() -> Vec<Wrong> {
    const RULE: &str = "amili.case.ocr-numbers";
    vec![
        answered(RULE, "no numbers", POST, |_, body| {
            without(body, "_ocr_numbers_ocr")
        }),
        answered(RULE, "no ids", POST, |_, body| {
            without(body, "_ocr_numbers")
        }),
        answered(RULE, "empty", POST, |_, body| {
            replaced(body, "_ocr_numbers", json!([]));
            replaced(body, "_ocr_numbers_ocr", json!([]));
        }),
        answered(RULE, "one id too few", POST, |_, body| {
            if let Some(ids) = body["_ocr_numbers"].as_array_mut() {
                ids.pop();
            }
        }),
        answered(RULE, "as numbers", POST, |_, body| {
            if let Some(texts) = body["_ocr_numbers_ocr"].as_array_mut() {
                texts
                    .iter_mut()
                    .for_each(|text| *text = json!(20251852687013_i64));
            }
        }),
        answered(RULE, "with letters", POST, |_, body| {
            if let Some(texts) = body["_ocr_numbers_ocr"].as_array_mut() {
                texts
                    .iter_mut()
                    .for_each(|text| *text = json!("OCR0000000000000000x"));
            }
        }),
        answered(RULE, "the other way round", POST, |_, body| {
            let (ids, texts) = (body["_ocr_numbers"].take(), body["_ocr_numbers_ocr"].take());
            body["_ocr_numbers"] = texts;
            body["_ocr_numbers_ocr"] = ids;
        }),
    ]
}

fn customers() -> Vec<Wrong> {
    const RULE: &str = "amili.customer.by-registration";
    let gone = |kind, of: &'static str| {
        Wrong::new(RULE, kind, move |talk| {
            if talk.is("GET", "/customers/*") && talk.recall(of).is_some() {
                talk.alters();
                let error = json!({ "code": 404, "message": "x" });
                return crate::wire::Answer::new(
                    404,
                    &json!({ "_status": "ERR", "_error": error }),
                );
            }
            if talk.is("POST", of) {
                talk.remember(of, json!(true));
            }
            talk.forward()
        })
    };
    vec![
        gone("none by cases", "/case--registrations"),
        gone("none by invoices", "/invoice--registrations"),
        shown(RULE, "another name", "customers", |customer| {
            replaced(customer, "name", json!("x"))
        }),
        shown(RULE, "no id number", "customers", |customer| {
            without(customer, "id_number")
        }),
        shown(RULE, "no address", "customers", |customer| {
            without(customer, "address")
        }),
        shown(RULE, "no e-mail address", "customers", |customer| {
            without(customer, "email")
        }),
        shown(RULE, "not active", "customers", |customer| {
            replaced(customer, "is_active", json!(false));
        }),
        shown(RULE, "a person always", "customers", |customer| {
            replaced(customer, "is_person", json!(true));
        }),
        shown(RULE, "never a person", "customers", |customer| {
            replaced(customer, "is_person", json!(false));
        }),
        shown(RULE, "no customer of a case", "cases", |case| {
            without(case, "customer")
        }),
        listed(RULE, "not listed", "customers", |items| items.clear()),
    ]
}

fn kinds() -> Vec<Wrong> {
    const RULE: &str = "amili.customer.one-kind";
    fn both(talk: &Talk<'_>, one: &str, other: &str) -> bool {
        let customer = talk.body()["customer"].clone();
        customer[one] == true && customer[other] == true
    }
    vec![
        let_through(RULE, "person and company", |talk| {
            both(talk, "is_person", "is_company")
        }),
        let_through(RULE, "person and foreign", |talk| {
            both(talk, "is_person", "is_foreign")
        }),
        let_through(RULE, "company and foreign", |talk| {
            both(talk, "is_company", "is_foreign")
        }),
        let_through(RULE, "of cases", |talk| {
            talk.part(0) == "case--registrations"
        }),
        let_through(RULE, "of invoices", |talk| {
            talk.part(0) == "invoice--registrations"
        }),
        over_refused(RULE, "no foreigners", POST, 422, |talk| {
            talk.body()["customer"]["is_foreign"] == true
        }),
        over_refused(RULE, "no invoices of companies", INVOICE, 422, |talk| {
            talk.body()["customer"]["is_company"] == true
        }),
        asked(RULE, "the first kind counts", POST, |_, body| {
            let customer = &mut body["customer"];
            if customer["is_person"] == true {
                without(customer, "is_company");
                without(customer, "is_foreign");
            }
        }),
    ]
}

fn invoices() -> Vec<Wrong> {
    const CASE: &str = "amili.invoice.brings-a-case";
    const DATES: &str = "amili.invoice.iso-dates";
    vec![
        answered(CASE, "not named", INVOICE, |_, body| without(body, "_case")),
        answered(CASE, "in a list", INVOICE, |_, body| {
            body["_case"] = json!([body["_case"]]);
        }),
        answered(CASE, "another named", INVOICE, |_, body| {
            body["_case"] = json!("aaaaaaaaaaaaaaaaaaaaaaaa");
        }),
        answered(CASE, "with OCR numbers", INVOICE, |_, body| {
            body["_ocr_numbers"] = json!([])
        }),
        shown(CASE, "no invoice number", "cases", |case| {
            case.get_mut("debt")
                .into_iter()
                .for_each(|debt| without(debt, "invoice_number"));
        }),
        shown(CASE, "another customer", "cases", |case| {
            replaced(case, "customer_name", json!("x"))
        }),
        shown(CASE, "another creditor", "cases", |case| {
            replaced(case, "creditor", json!("aaaaaaaaaaaaaaaaaaaaaaaa"));
        }),
        listed(CASE, "one too many", "cases", |items| {
            let last = items.last().cloned();
            items.extend(last);
        }),
        listed(CASE, "not listed", "cases", |items| items.clear()),
        over_refused(DATES, "refused", INVOICE, 422, |talk| {
            talk.body()["invoice_date"]
                .as_str()
                .is_some_and(|date| date.ends_with('Z'))
        }),
        over_refused(DATES, "with milliseconds alone", INVOICE, 422, |talk| {
            talk.body()["invoice_due_date"].as_str() == Some("2026-04-30T00:00:00Z")
        }),
        over_refused(DATES, "no other form", INVOICE, 422, |talk| {
            talk.body()["invoice_date"]
                .as_str()
                .is_some_and(|date| date.ends_with("GMT"))
        }),
        shown(DATES, "a day late", "invoice--registrations", |invoice| {
            replaced(
                invoice,
                "invoice_date",
                json!("Wed, 01 Apr 2026 00:00:00 GMT"),
            );
        }),
        shown(DATES, "lost", "invoice--registrations", |invoice| {
            without(invoice, "invoice_date")
        }),
        shown(
            DATES,
            "the due date lost",
            "invoice--registrations",
            |invoice| {
                without(invoice, "invoice_due_date");
            },
        ),
    ]
}
