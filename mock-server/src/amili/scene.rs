//! What decision tests about cases start from: the built-in world with creditors, and bodies of the pages' examples.

use std::sync::Arc;

use bson::oid::ObjectId;
use serde_json::{Value, json};

use super::assumptions;
use super::refusal::Refusal;
use super::store::{Change, Store};
use super::world;
use crate::catalogue::DEFAULT_WORLD;
use crate::platform::assumption::Answers;
use crate::platform::ids::Ids;
use crate::platform::moment::{Moment, Trace};

/// The account, its API user, and a user of the active creditor.
pub(super) const ACCOUNT: &str = "6662fb1df4d1eaf404cb08de";
pub(super) const API_USER: &str = "6662fb1df4d1eaf404cb08e2";
pub(super) const CREDITOR_USER: &str = "000000000000000000000d02";
/// Creditors of the account, and one of the other account.
pub(super) const ACTIVE: &str = "000000000000000000000a01";
pub(super) const SECOND: &str = "000000000000000000000a02";
pub(super) const INACTIVE: &str = "000000000000000000000a03";
pub(super) const FOREIGN: &str = "000000000000000000000a04";
pub(super) const OTHER_ACCOUNT: &str = "6662fb1df4d1eaf404cb0900";
/// Cases of the active creditor, the second and the foreign one.
pub(super) const CASE: &str = "000000000000000000000c01";
pub(super) const CASE_OF_SECOND: &str = "000000000000000000000c02";
pub(super) const CASE_OF_FOREIGN: &str = "000000000000000000000c04";
pub(super) const NOTHING: &str = "0123456789abcdef01234567";

const CREATED: &str = "Fri, 04 Jul 2025 13:43:19 GMT";

pub(super) fn store() -> Store {
    let mut world: Value = serde_json::from_str(DEFAULT_WORLD).unwrap();
    let amili = &mut world["amili"];
    let creditor = |id: &str, account: &str, is_active: bool| json!({ "_id": id, "_created": CREATED, "account": account, "name": id, "is_active": is_active });
    amili["creditors"] = json!([
        creditor(ACTIVE, ACCOUNT, true),
        creditor(SECOND, ACCOUNT, true),
        creditor(INACTIVE, ACCOUNT, false),
        creditor(FOREIGN, OTHER_ACCOUNT, true),
    ]);
    let group = "000000000000000000000b01";
    let add = |list: &mut Value, document: Value| list.as_array_mut().unwrap().push(document);
    add(
        &mut amili["access--groups"],
        json!({ "_id": group, "_created": CREATED, "account": ACCOUNT, "creditor": ACTIVE, "name": "user", "type": "user" }),
    );
    add(
        &mut amili["users"],
        json!({ "_id": CREDITOR_USER, "_created": CREATED, "account": ACCOUNT, "name": "u", "data_access": [{ "access_group": group }] }),
    );
    let customer = |id: &str, account: &str, creditor: &str| json!({ "_id": id, "_created": CREATED, "account": account, "creditor": creditor, "name": "Jane Doe", "id_number": "202501012385", "is_person": true, "is_active": true });
    let case = |id: &str, account: &str, creditor: &str, customer: &str| json!({ "_id": id, "_created": CREATED, "account": account, "creditor": creditor, "customer": customer, "state": "initializing", "debt": { "invoice_number": format!("of {creditor}") }, "local_remaining_capital_amount": 250.0, "total_remaining_capital_amount": 250.0 });
    let (jane, known, theirs) = (
        "000000000000000000000e01",
        "000000000000000000000e02",
        "000000000000000000000e04",
    );
    amili["customers"] = json!([
        customer(jane, ACCOUNT, ACTIVE),
        customer(known, ACCOUNT, SECOND),
        customer(theirs, OTHER_ACCOUNT, FOREIGN)
    ]);
    amili["cases"] = json!([
        case(CASE, ACCOUNT, ACTIVE, jane),
        case(CASE_OF_SECOND, ACCOUNT, SECOND, known),
        case(CASE_OF_FOREIGN, OTHER_ACCOUNT, FOREIGN, theirs)
    ]);
    world::open(amili).unwrap()
}

pub(super) fn moment(answers: &[(&str, &str)]) -> Moment {
    let mut chosen = Answers::default();
    for (id, answer) in answers {
        chosen.choose(assumptions::ALL, id, answer).unwrap();
    }
    let now = "2025-07-04T13:43:19Z".parse().unwrap();
    Moment::new(now, Ids::from_seed(1), Trace::new(Arc::new(chosen)))
}

pub(super) fn id(text: &str) -> ObjectId {
    ObjectId::parse_str(text).unwrap()
}

/// The case registration of docs.amili.se/reference/endpoints/case-registration.
pub(super) fn case_registration() -> Value {
    json!({
        "account": ACCOUNT,
        "creditor": ACTIVE,
        "first_action": "debt_collection",
        "currency": "SEK",
        "customer": {
            "name": "Jane Doe",
            "id_number": "202501012385",
            "address": { "address_line_1": "Business Street 456", "zip_code": "54321", "city": "Gothenburg" },
            "mobile_number": "+46709876543",
            "email": "jane.doe@domain.se",
        },
        "debts": [{
            "invoice_number": "778899",
            "debt_description": "Consulting fee",
            "invoice_date": "Mon, 16 Jun 2025 00:00:00 GMT",
            "capital_to_claim": 250.0,
            "invoice_due_days_after_invoice_date": 10,
        }],
    })
}

/// A body with other values at these JSON pointers; null takes one away.
pub(super) fn with(mut body: Value, changes: &[(&str, Value)]) -> Value {
    for (pointer, value) in changes {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = body.pointer_mut(parent).unwrap();
        match (parent.as_array_mut(), value) {
            (Some(list), value) => list.insert(key.parse().unwrap(), value.clone()),
            (None, Value::Null) => drop(parent.as_object_mut().unwrap().shift_remove(key)),
            (None, value) => parent[key] = value.clone(),
        }
    }
    body
}

/// The fields refused with their problems; none when the change is accepted.
#[track_caller]
pub(super) fn problems(outcome: &Result<Change, Refusal>) -> Vec<(String, String)> {
    match outcome {
        Ok(_) => Vec::new(),
        Err(Refusal::Invalid { issues, .. }) => {
            let details = issues.to_details();
            let told = details.into_iter();
            told.map(|(path, text)| (path, text.as_str().unwrap().to_owned()))
                .collect()
        }
        Err(other) => panic!("{other:?}"),
    }
}
