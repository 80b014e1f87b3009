//! Registrations, payments and creditings: what they need.

use serde_json::{Value, json};

use crate::wrong::make::{answered, asked, let_through, over_refused, replaced, shown, without};
use crate::wrong::server::{Talk, Wrong};

const PAY: (&str, &str) = ("POST", "/creditor--payments");
const CREDIT: (&str, &str) = ("POST", "/creditor--creditings");

pub(super) fn all() -> Vec<Wrong> {
    [by_resource(), by_field(), settlements(), moments()]
        .into_iter()
        .flatten()
        .collect()
}

/// Rules about all four resources, broken in one of them.
fn by_resource() -> Vec<Wrong> {
    const RULES: [&str; 4] = [
        "amili.registration.account-exists",
        "amili.registration.creditor-exists",
        "amili.registration.creditor-of-account",
        "amili.registration.currency",
    ];
    type When = fn(&Talk<'_>) -> bool;
    const IN: [(&str, When); 4] = [
        ("of cases", |talk| talk.part(0) == "case--registrations"),
        ("of invoices", |talk| {
            talk.part(0) == "invoice--registrations"
        }),
        ("of payments", |talk| talk.part(0) == "creditor--payments"),
        ("of creditings", |talk| {
            talk.part(0) == "creditor--creditings"
        }),
    ];
    let wrongs = RULES.into_iter().flat_map(|rule| {
        IN.into_iter()
            .map(move |(kind, when)| let_through(rule, kind, when))
    });
    wrongs.collect()
}

fn missing(talk: &Talk<'_>, place: &str) -> bool {
    talk.body().pointer(place).is_none()
}

fn by_field() -> Vec<Wrong> {
    const CASE: &str = "amili.case.required-fields";
    const INVOICE: &str = "amili.invoice.required-fields";
    const PAYMENT: &str = "amili.payment.required-fields";
    vec![
        let_through(CASE, "no first action", |talk| {
            missing(talk, "/first_action")
        }),
        let_through(CASE, "no currency", |talk| missing(talk, "/currency")),
        let_through(CASE, "no customer", |talk| missing(talk, "/customer")),
        let_through(CASE, "no customer's name", |talk| {
            missing(talk, "/customer/name")
        }),
        let_through(CASE, "no debts", |talk| missing(talk, "/debts")),
        let_through(CASE, "no debt among them", |talk| {
            talk.body()["debts"] == json!([])
        }),
        let_through(CASE, "no invoice number", |talk| {
            missing(talk, "/debts/0/invoice_number")
        }),
        let_through(CASE, "no capital", |talk| {
            missing(talk, "/debts/0/capital_to_claim")
        }),
        let_through(CASE, "no date", |talk| {
            missing(talk, "/debts/0/invoice_date")
        }),
        let_through(CASE, "the first debt alone judged", |talk| {
            talk.body()["debts"]
                .as_array()
                .is_some_and(|debts| debts.len() > 1)
        }),
        asked(
            CASE,
            "SEK by default",
            ("POST", "/case--registrations"),
            |_, body| {
                if body.get("currency").is_none() {
                    body["currency"] = json!("SEK");
                }
            },
        ),
        let_through(INVOICE, "no type", |talk| missing(talk, "/invoice_type")),
        let_through(INVOICE, "no number", |talk| {
            missing(talk, "/invoice_number")
        }),
        let_through(INVOICE, "no date", |talk| missing(talk, "/invoice_date")),
        let_through(INVOICE, "no due date", |talk| {
            missing(talk, "/invoice_due_date")
        }),
        let_through(INVOICE, "no matrix", |talk| missing(talk, "/matrix")),
        let_through(INVOICE, "no currency", |talk| missing(talk, "/currency")),
        let_through(PAYMENT, "no amount of payments", |talk| {
            talk.part(0) == "creditor--payments" && missing(talk, "/amount")
        }),
        let_through(PAYMENT, "no amount of creditings", |talk| {
            talk.part(0) == "creditor--creditings" && missing(talk, "/amount")
        }),
        let_through(PAYMENT, "no origin", |talk| missing(talk, "/origin")),
        let_through(PAYMENT, "no bank date", |talk| {
            missing(talk, "/bank_transaction_date")
        }),
        let_through(PAYMENT, "neither case nor number", |talk| {
            missing(talk, "/case") && missing(talk, "/invoice_number")
        }),
        over_refused(PAYMENT, "a bank date of creditings", CREDIT, 422, |talk| {
            missing(talk, "/bank_transaction_date")
        }),
    ]
}

fn settlements() -> Vec<Wrong> {
    const EXISTS: &str = "amili.payment.case-exists";
    const ONE: &str = "amili.payment.case-or-invoice-number";
    const RESOLVES: &str = "amili.payment.invoice-number-resolves";
    const ORIGIN: &str = "amili.payment.origin";
    fn pays(talk: &Talk<'_>) -> bool {
        talk.part(0) == "creditor--payments"
    }
    fn credits(talk: &Talk<'_>) -> bool {
        talk.part(0) == "creditor--creditings"
    }
    vec![
        let_through(EXISTS, "of payments", pays),
        let_through(EXISTS, "of creditings", credits),
        let_through(EXISTS, "any id that is taken", |talk| {
            talk.body()["case"] != "ffffffffffffffffffffffff"
        }),
        let_through(ONE, "of payments", pays),
        let_through(ONE, "of creditings", credits),
        let_through(RESOLVES, "of payments", pays),
        let_through(RESOLVES, "of creditings", credits),
        over_refused(RESOLVES, "never", PAY, 422, |talk| {
            !missing(talk, "/invoice_number")
        }),
        over_refused(RESOLVES, "never of creditings", CREDIT, 422, |talk| {
            !missing(talk, "/invoice_number")
        }),
        Wrong::new(RESOLVES, "another case", |talk| {
            // Kept for whatever case comes first.
            let mut answer = talk.forward();
            if talk.asked.method == "GET"
                && (pays(talk) || credits(talk))
                && !talk.part(1).is_empty()
            {
                crate::wrong::make::altering(talk, &mut answer, |payment| {
                    replaced(payment, "case", json!("aaaaaaaaaaaaaaaaaaaaaaaa"));
                });
            }
            answer
        }),
        asked(ONE, "the case counts", PAY, |_, body| {
            if body.get("case").is_some() {
                without(body, "invoice_number");
            }
        }),
        let_through(ORIGIN, "of payments", pays),
        let_through(ORIGIN, "of creditings", credits),
        asked(ORIGIN, "put right in silence", PAY, |_, body| {
            if body.get("origin").is_some() {
                body["origin"] = json!("creditor_system");
            }
        }),
    ]
}

fn moments() -> Vec<Wrong> {
    const NOW: &str = "amili.payment.registered-now";
    const COMPLETED: &str = "amili.payment.completed";
    const OLD: &str = "Tue, 11 Nov 2025 12:22:34 GMT";
    fn date(document: &mut Value, date: &str) {
        replaced(document, "client_registration_date", json!(date));
    }
    vec![
        shown(
            NOW,
            "not shown of payments",
            "creditor--payments",
            |payment| {
                without(payment, "client_registration_date");
            },
        ),
        shown(
            NOW,
            "not shown of creditings",
            "creditor--creditings",
            |payment| {
                without(payment, "client_registration_date");
            },
        ),
        asked(NOW, "long ago", PAY, |_, body| {
            if body.get("client_registration_date").is_none() {
                body["client_registration_date"] = json!(OLD);
            }
        }),
        asked(NOW, "long ago of creditings", CREDIT, |_, body| {
            if body.get("client_registration_date").is_none() {
                body["client_registration_date"] = json!(OLD);
            }
        }),
        asked(NOW, "always now", PAY, |_, body| {
            without(body, "client_registration_date")
        }),
        asked(NOW, "always now of creditings", CREDIT, |_, body| {
            without(body, "client_registration_date");
        }),
        asked(NOW, "the bank's date", PAY, |_, body| {
            if body.get("client_registration_date").is_none() {
                body["client_registration_date"] = body["bank_transaction_date"].clone();
            }
        }),
        shown(NOW, "one date always", "creditor--payments", |payment| {
            date(payment, OLD)
        }),
        answered(COMPLETED, "not told", PAY, |_, body| {
            without(body, "_payment_status")
        }),
        answered(COMPLETED, "not told of creditings", CREDIT, |_, body| {
            without(body, "_payment_status");
        }),
        answered(COMPLETED, "pending", PAY, |_, body| {
            body["_payment_status"] = json!("pending")
        }),
        answered(COMPLETED, "pending creditings", CREDIT, |_, body| {
            body["_payment_status"] = json!("pending");
        }),
        answered(COMPLETED, "in capitals", PAY, |_, body| {
            body["_payment_status"] = json!("COMPLETED")
        }),
        answered(COMPLETED, "elsewhere", PAY, |_, body| {
            body["payment_status"] = body["_payment_status"].take();
        }),
        shown(
            COMPLETED,
            "another amount",
            "creditor--payments",
            |payment| {
                replaced(payment, "amount", json!(1.0));
            },
        ),
    ]
}
