//! Bodies about cases, as the pages print them but for what must be unique, and what scenarios start from.

use serde_json::{Value, json};

use crate::client::{Answer, Captured, Client};
use crate::scenarios::amili::{bodies, given};
use crate::scenarios::{with, without};
use crate::verdict::{Answered, Observation, Outcome, Stop};

/// Where cases are registered, where invoices are, and where both are settled.
pub(in crate::scenarios::amili) const CASES: &str = "/case--registrations";
pub(super) const INVOICES: &str = "/invoice--registrations";
pub(super) const PAYMENTS: &str = "/creditor--payments";
pub(super) const CREDITINGS: &str = "/creditor--creditings";

/// The capital of every debt here.
pub(super) const CAPITAL: f64 = 250.0;
/// The amount of every payment here.
pub(super) const AMOUNT: f64 = 100.0;

/// A customer of the kind given, whom nobody has registered yet.
pub(super) fn customer(amili: &Client, kind: &str) -> Value {
    json!({
        "name": amili.unique(),
        "id_number": amili.unique_number(),
        kind: true,
        "address": bodies::address(),
        "mobile_number": "+46709876543",
        "email": amili.unique_email(),
    })
}

/// A debt under an invoice number that nobody has registered yet.
pub(super) fn debt(amili: &Client) -> Value {
    json!({
        "invoice_number": amili.unique(),
        "debt_description": "Consulting fee",
        "invoice_date": "Mon, 16 Jun 2025 00:00:00 GMT",
        "capital_to_claim": CAPITAL,
        "invoice_due_days_after_invoice_date": 10,
    })
}

/// A case registration with one debt.
pub(in crate::scenarios::amili) fn case(
    amili: &Client,
    creditor: &Captured,
) -> Result<Value, Stop> {
    Ok(json!({
        "account": amili.account()?,
        "creditor": creditor,
        "first_action": "debt_collection",
        "currency": "SEK",
        "customer": customer(amili, "is_company"),
        "debts": [debt(amili)],
    }))
}

/// An invoice registration with one line.
pub(super) fn invoice(amili: &Client, creditor: &Captured) -> Result<Value, Stop> {
    Ok(json!({
        "account": amili.account()?,
        "creditor": creditor,
        "invoice_type": "invoice",
        "invoice_number": amili.unique(),
        "reference_number": "REF002",
        "invoice_date": "Tue, 31 Mar 2026 00:00:00 GMT",
        "invoice_due_date": "Thu, 30 Apr 2026 00:00:00 GMT",
        "currency": "SEK",
        "customer": customer(amili, "is_person"),
        "matrix": [{
            "article_description": "Service fee",
            "unit_price": 500.0,
            "number_of_units": 1,
            "total_price_excluding_vat": 500.0,
            "unit_vat_percent": "25%",
        }],
    }))
}

/// A payment of a case.
pub(super) fn payment(amili: &Client, creditor: &Captured, case: &Captured) -> Result<Value, Stop> {
    Ok(dated(crediting(amili, creditor, case)?))
}

fn dated(crediting: Value) -> Value {
    let date = json!("Fri, 04 Jul 2025 16:20:41 GMT");
    with(crediting, "bank_transaction_date", date)
}

/// A payment and a crediting of a case, with where they are written to.
pub(super) fn settlements(
    amili: &Client,
    creditor: &Captured,
    case: &Captured,
) -> Result<[(&'static str, Value); 2], Stop> {
    let crediting = crediting(amili, creditor, case)?;
    let payment = dated(crediting.clone());
    Ok([(PAYMENTS, payment), (CREDITINGS, crediting)])
}

/// A crediting of a case. One edition of the page asks for the account and another refuses it: which of
/// them is in force is no concern of those who only want to credit.
pub(super) fn crediting(
    amili: &Client,
    creditor: &Captured,
    case: &Captured,
) -> Result<Value, Stop> {
    let (other, _) = registered(amili, creditor)?;
    let body = crediting_with_account(amili, creditor, &other)?;
    let answer = amili
        .step("credit another case, to see whether the account may be named")
        .post(CREDITINGS, body)
        .answer()?;
    let body = crediting_with_account(amili, creditor, case)?;
    match answer.status() == 422 && answer.names("account").is_ok() {
        true => Ok(without(body, &["account"])),
        false => Ok(body),
    }
}

/// A crediting of a case that names the account.
pub(super) fn crediting_with_account(
    amili: &Client,
    creditor: &Captured,
    case: &Captured,
) -> Result<Value, Stop> {
    Ok(json!({
        "account": amili.account()?,
        "creditor": creditor,
        "case": case,
        "currency": "SEK",
        "amount": AMOUNT,
        "origin": "creditor_system",
    }))
}

/// The body with another value at a dotted path, or without any where the value is null.
pub(super) fn changed(mut body: Value, path: &str, value: Value) -> Value {
    let pointer = format!("/{}", path.replace('.', "/"));
    if let Some((parent, key)) = pointer.rsplit_once('/') {
        let members = body.pointer_mut(parent).and_then(Value::as_object_mut);
        match (members, value) {
            (Some(members), Value::Null) => drop(members.remove(key)),
            (Some(members), value) => drop(members.insert(key.to_owned(), value)),
            (None, _) => {}
        }
    }
    body
}

/// A case to settle, for a creditor; beside it the body of its registration.
pub(super) fn registered(amili: &Client, creditor: &Captured) -> Result<(Captured, Value), Stop> {
    let body = case(amili, creditor)?;
    let made = amili.step("register a case").post(CASES, &body).expect(201);
    let made = made.and_then(|answer| answer.capture("case", "/_cases/0"));
    Ok((made.map_err(Stop::while_setting_the_scene)?, body))
}

/// What remains of a case.
pub(super) fn remains(amili: &Client, case: &Captured) -> Result<Option<f64>, Stop> {
    let shown = given::read(amili, "/cases", case)?;
    let remaining = shown.at("/local_remaining_capital_amount");
    Ok(remaining.and_then(Value::as_f64))
}

/// A creditor of the caller `other-account`.
pub(super) fn foreign_creditor(amili: &Client) -> Result<Captured, Stop> {
    let other = amili.as_role("other-account")?;
    let account = json!(amili.account_of("other-account")?);
    let body = with(bodies::active_creditor(amili)?, "account", account);
    given::created(&other, "create a creditor elsewhere", "/creditors", &body)
        .map_err(Stop::while_setting_the_scene)
}

/// A creditor that is not active.
pub(super) fn inactive_creditor(amili: &Client) -> Result<Captured, Stop> {
    let body = bodies::inactive_creditor(amili)?;
    given::created(amili, "create an inactive creditor", "/creditors", &body)
        .map_err(Stop::while_setting_the_scene)
}

/// With which status the registration of a case for this creditor is refused.
pub(super) fn refusal_of_case(amili: &Client, step: &str, creditor: &Captured) -> Answered {
    let body = case(amili, creditor)?;
    let answer = amili.step(step).post(CASES, body).answer()?;
    match answer.status() {
        422 => {
            answer.names("creditor")?;
            Ok(Observation::Known("422"))
        }
        403 => Ok(Observation::Known("403")),
        _ => answer.unknown("422 or 403"),
    }
}

/// A 422 that names this field.
pub(super) fn refused(amili: &Client, path: &str, body: &Value, field: &str) -> Outcome {
    let step = format!("write to {path} what is wrong at {field}");
    let answer = amili.step(step).post(path, body).expect_refusal(422)?;
    answer.names(field)
}

/// These steps leave nothing behind for the creditor: no registration, no case, no payment.
pub(super) fn leaving_nothing(
    amili: &Client,
    creditor: &Captured,
    steps: impl FnOnce() -> Outcome,
) -> Outcome {
    let before = totals(amili, creditor)?;
    steps()?;
    let after = totals(amili, creditor)?;
    amili.requires(
        before == after,
        &format!("refused requests that leave nothing behind: {before:?}"),
        &format!("{after:?}"),
    )
}

/// How many documents of each kind the creditor has.
fn totals(amili: &Client, creditor: &Captured) -> Result<Vec<(&'static str, Captured)>, Stop> {
    let resources = [
        CASES,
        INVOICES,
        PAYMENTS,
        CREDITINGS,
        "/cases",
        "/customers",
    ];
    let total = |resource| {
        let list = amili
            .step(format!("count the creditor's {resource}"))
            .get(resource)
            .query("where", json!({ "creditor": creditor }))
            .expect(200)?;
        Ok((resource, list.capture("total", "/_meta/total")?))
    };
    resources.into_iter().map(total).collect()
}

/// The cases of a creditor.
pub(super) fn cases_of(amili: &Client, creditor: &Captured) -> Result<Answer, Stop> {
    amili
        .step("list the cases of the creditor")
        .get("/cases")
        .query("where", json!({ "creditor": creditor }))
        .expect(200)
}
