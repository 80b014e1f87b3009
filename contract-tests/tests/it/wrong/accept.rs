//! The success that a request would have had if the rule that refused it did not hold.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Map, Value, json};

use super::server::Talk;
use crate::wire::{Answer, Request};

/// What becomes of a request that should have been refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeping {
    /// It is only called a success.
    Nothing,
    /// It has its effect.
    All,
}

const ACCOUNT: &str = "6662fb1df4d1eaf404cb08de";
const DATE: &str = "Tue, 11 Nov 2025 12:22:34 GMT";

/// The callers of the world, by API: one of them may do whatever can be done.
const AMILI: [&str; 3] = ["amili-api-user", "amili-other-account", "amili-partner"];
const AMS: [&str; 2] = ["ams-manager", "ams-setup"];

/// A success in place of the refusal; none where there is no such thing.
pub(super) fn accepted(talk: &Talk<'_>, keeping: Keeping) -> Option<Answer> {
    let ams = talk.part(0) == "v2";
    let callers: &[&str] = if ams { &AMS } else { &AMILI };
    if talk.asked.method == "GET" {
        return (keeping == Keeping::Nothing).then(|| read(talk, callers));
    }
    match (ams, keeping) {
        (true, Keeping::Nothing) => Some(assigned(talk)),
        (false, Keeping::Nothing) => Some(written(talk, &fresh_id())),
        (_, Keeping::All) => {
            let mut allowed = callers.iter().map(|token| talk.ask_as(token));
            allowed.find(Answer::succeeded).or_else(|| match ams {
                true => repaired(talk, callers),
                false => kept(talk),
            })
        }
    }
}

/// What somebody else may read, or what a server invents.
fn read(talk: &Talk<'_>, callers: &[&str]) -> Answer {
    if talk.part(0) == "authenticates" {
        let body = json!({ "api": "amili", "user": "6662fb1df4d1eaf404cb08e2" });
        let token = Request::new("POST", "/_mock/tokens", Some(&body));
        return with_status(talk.ask(&token), 200);
    }
    let mut shown = callers.iter().map(|token| talk.ask_as(token));
    if let Some(answer) = shown.find(Answer::succeeded) {
        return answer;
    }
    let path = talk.asked.path.split('?').next().unwrap_or_default();
    let mut shown = callers.iter().map(|token| talk.read_as(token, path));
    shown.find(Answer::succeeded).unwrap_or_else(|| {
        let id = talk.part(1);
        Answer::new(
            200,
            &json!({ "_id": id, "name": "x", "_etag": "0", "_created": DATE, "_updated": DATE }),
        )
    })
}

fn with_status(mut answer: Answer, status: u16) -> Answer {
    answer.status = status;
    answer
}

fn fresh_id() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("facade{:018x}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The answer to a write of Amili.
fn written(talk: &Talk<'_>, id: &str) -> Answer {
    let mut body = json!({
        "_updated": DATE, "_created": DATE, "_etag": format!("{id}0123456789abcdef"), "_id": id, "_status": "OK",
    });
    match (talk.asked.method.as_str(), talk.part(0)) {
        ("DELETE", _) => return Answer::new(204, &Value::Null),
        ("PATCH", _) => return Answer::new(200, &body),
        (_, "case--registrations") => {
            body["_cases"] = json!([fresh_id()]);
            body["_ocr_numbers"] = json!([fresh_id()]);
            body["_ocr_numbers_ocr"] = json!(["20251852687013699044"]);
        }
        (_, "invoice--registrations") => body["_case"] = json!(fresh_id()),
        (_, "creditor--payments" | "creditor--creditings") => {
            body["_payment_status"] = json!("completed");
        }
        _ => {}
    }
    Answer::new(201, &body)
}

/// The answer to a write of AMS.
fn assigned(talk: &Talk<'_>) -> Answer {
    let mut body = talk.body();
    if talk.part(4).is_empty() {
        if let Some(members) = body.as_object_mut() {
            members.insert("id".to_owned(), json!(777_777));
        }
        return Answer::new(201, &body);
    }
    Answer::new(200, &body)
}

/// Puts what was refused into the mock's state; where that cannot hold it, what comes nearest.
fn kept(talk: &Talk<'_>) -> Option<Answer> {
    let (id, body) = (fresh_id(), talk.body());
    let sent = body.as_object()?;
    match talk.asked.method.as_str() {
        "POST" => {
            let mended = mended(sent);
            let mut tries = [sent.clone(), mended].into_iter();
            let done = tries.any(|document| added(talk, document, &id));
            match done {
                true => Some(written(talk, &id)),
                false => registered(talk, sent),
            }
        }
        "PATCH" => changed(talk, sent, &id).then(|| written(talk, &id)),
        _ => None,
    }
}

/// The document without what a state cannot hold.
fn mended(sent: &Map<String, Value>) -> Map<String, Value> {
    let mut document = sent.clone();
    document.remove("non_swedish_organization_no");
    for (key, value) in [("account", json!(ACCOUNT)), ("data_access", json!([]))] {
        if let Some(member) = document.get_mut(key) {
            *member = value;
        }
    }
    document
}

fn added(talk: &Talk<'_>, mut document: Map<String, Value>, id: &str) -> bool {
    let list = format!("/amili/{}", talk.part(0));
    for (key, value) in [
        ("_id", id),
        ("_etag", id),
        ("_created", DATE),
        ("_updated", DATE),
    ] {
        document.insert(key.to_owned(), json!(value));
    }
    let mut found = false;
    let taken = talk.arrange(|state| {
        if let Some(list) = state.pointer_mut(&list).and_then(Value::as_array_mut) {
            list.push(Value::Object(document));
            found = true;
        }
    });
    taken && found
}

fn changed(talk: &Talk<'_>, sent: &Map<String, Value>, etag: &str) -> bool {
    let (list, target) = (format!("/amili/{}", talk.part(0)), talk.part(1));
    let mut found = false;
    let taken = talk.arrange(|state| {
        let list = state.pointer_mut(&list).and_then(Value::as_array_mut);
        let mut documents = list.into_iter().flatten();
        if let Some(document) = documents.find(|document| document["_id"] == target) {
            for (key, value) in sent
                .iter()
                .filter(|(key, _)| *key != "_id" && *key != "account")
            {
                document[key] = value.clone();
            }
            document["_etag"] = json!(etag);
            found = true;
        }
    });
    taken && found
}

/// A registration for the creditor that was meant, put right.
fn registered(talk: &Talk<'_>, sent: &Map<String, Value>) -> Option<Answer> {
    let mut body = match talk.part(0) {
        "case--registrations" => json!({
            "first_action": "debt_collection",
            "customer": { "name": "x", "id_number": "1", "is_company": true, "address": address() },
            "debts": [{
                "invoice_number": "1", "debt_description": "x", "capital_to_claim": 1.0,
                "invoice_date": DATE, "invoice_due_days_after_invoice_date": 1,
            }],
        }),
        "invoice--registrations" => json!({
            "customer": { "name": "x", "id_number": "1", "is_person": true, "address": address() },
            "invoice_type": "invoice", "invoice_number": "1",
            "invoice_date": DATE, "invoice_due_date": DATE,
            "matrix": [{
                "article_description": "x", "unit_price": 1.0, "number_of_units": 1,
                "total_price_excluding_vat": 1.0, "unit_vat_percent": "25%",
            }],
        }),
        "creditor--payments" => json!({
            "case": sent.get("case")?, "amount": 1.0, "origin": "creditor_system",
            "bank_transaction_date": DATE,
        }),
        "creditor--creditings" => json!({
            "case": sent.get("case")?, "amount": 1.0, "origin": "creditor_system",
        }),
        _ => return None,
    };
    body["account"] = json!(ACCOUNT);
    body["currency"] = json!("SEK");
    body["creditor"] = sent.get("creditor")?.clone();
    let mut request = Request::new("POST", &talk.asked.path, Some(&body));
    request.authorise(AMILI[0]);
    Some(talk.ask(&request)).filter(Answer::succeeded)
}

fn address() -> Value {
    json!({ "address_line_1": "x", "zip_code": "25236", "city": "x", "country": "SE" })
}

/// Does what AMS could do of a request that names what does not exist.
fn repaired(talk: &Talk<'_>, callers: &[&str]) -> Option<Answer> {
    let state = talk.state();
    let known = |list: &str, id: &Value| {
        let records = state["ams"][list].as_array();
        records.is_some_and(|records| records.iter().any(|record| record["id"] == *id))
    };
    let mut asked = talk.asked.clone();
    asked.change(|body| {
        for list in ["departments", "groups"] {
            if let Some(ids) = body.get_mut(list).and_then(Value::as_array_mut) {
                ids.retain(|id| known(list, id));
            }
        }
        if body
            .get("parent_id")
            .is_some_and(|id| !known("departments", id))
        {
            body["parent_id"] = Value::Null;
        }
        if body
            .get("company_id")
            .is_some_and(|id| !known("companies", id))
        {
            body["company_id"] = json!(24);
        }
        if body
            .get("mail_otp")
            .is_some_and(|otp| *otp != 0 && *otp != 1)
        {
            body["mail_otp"] = json!(1);
        }
    });
    let mut answers = callers.iter().map(|token| {
        asked.authorise(token);
        talk.ask(&asked)
    });
    answers.find(Answer::succeeded)
}
