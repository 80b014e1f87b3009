//! Amili over HTTP: bodies that the guide accepts, and how its refusals look.

pub(crate) mod accounts;
pub(crate) mod authentication;
mod bodies;
mod bulk;
pub(crate) mod cases;
mod changes;
mod creditor_numbers;
mod creditors;
mod forms;
mod framework;
mod framework_changes;
mod keys;
mod methods;
mod order;
mod pages;
mod reads;
pub(crate) mod roles;
mod users;

use serde_json::{Map, Value, json};

use crate::guide::{page, printed};
use crate::harness::{ACCOUNT, Answer, Caller, Mock, asking, list};

/// An id in the right form that nothing has.
pub(crate) const NOBODYS_ID: &str = "0123456789abcdef01234567";
pub(crate) const ACTIVATION: [&str; 4] = [
    "payout_details",
    "sender_address",
    "invoice_address",
    "standard_debt_description",
];

pub(crate) const BAD_REQUEST: &str =
    "The browser (or proxy) sent a request that this server could not understand.";
pub(crate) const NOT_FOUND: &str = "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.";
pub(crate) const FORBIDDEN: &str = "You don't have the permission to access the requested resource. It is either read-protected or not readable by the server.";
pub(crate) const CONFLICT: &str = "A conflict happened while processing the request. The resource might have been modified while the request was being processed.";

/// The guide's creditor.
pub(crate) fn acme() -> Value {
    printed(&page("amili-creditor-users-sv"), "creditor_data =")
}

/// The guide's creditor with other members; null takes one away.
pub(crate) fn acme_with(changes: Value) -> Value {
    with(acme(), changes)
}

/// The least that a creditor needs.
pub(crate) fn plain_creditor(name: &str) -> Value {
    json!({ "account": ACCOUNT, "name": name })
}

/// A user with these access groups.
pub(crate) fn user(groups: &[&str]) -> Value {
    let entries = groups.iter().map(|id| json!({ "access_group": id }));
    json!({ "account": ACCOUNT, "name": "Jon Doe", "data_access": entries.collect::<Vec<_>>() })
}

pub(crate) fn with(mut body: Value, changes: Value) -> Value {
    let object = body.as_object_mut().unwrap();
    for (key, value) in changes.as_object().unwrap() {
        if value.is_null() {
            object.shift_remove(key);
        } else {
            object.insert(key.clone(), value.clone());
        }
    }
    body
}

/// `_error` with its code and message, and nothing beside it.
#[track_caller]
pub(crate) fn refused(answer: &Answer, status: u16, message: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    let body =
        format!(r#"{{"_status": "ERR", "_error": {{"code": {status}, "message": "{message}"}}}}"#);
    assert_eq!(answer.text(), body);
    assert_eq!(answer.header("content-type"), Some("application/json"));
}

/// A 422 with exactly these problems, by dotted path as documented and nested as the framework has them.
#[track_caller]
pub(crate) fn invalid(answer: &Answer, problems: &[(&str, &str)]) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    let body = answer.json();
    assert_eq!(
        (&body["_status"], &body["_error"]["code"]),
        (&json!("ERR"), &json!(422))
    );
    let mut details = Map::new();
    let mut issues = json!({});
    for (path, message) in problems {
        details.insert((*path).to_owned(), json!(message));
        let place = path.split('.').fold(&mut issues, |at, part| &mut at[part]);
        *place = json!(message);
    }
    assert_eq!(body["_error"]["details"], Value::Object(details));
    assert_eq!(body["_issues"], issues);
}

/// The documents that a caller sees of a resource, on the first page of a hundred.
#[track_caller]
pub(crate) fn all(caller: &Caller, resource: &str) -> Vec<Value> {
    let path = asking(&format!("/{resource}"), &[("max_results", "100")]);
    list(&caller.get(&path).expect(200).json(), "/_items").to_vec()
}

/// The access groups of a creditor, `admin` before `user`.
#[track_caller]
pub(crate) fn groups_of(caller: &Caller, creditor: &str) -> Vec<String> {
    let wanted = json!({ "creditor": creditor }).to_string();
    let groups = caller
        .get(&asking("/access--groups", &[("where", &wanted)]))
        .expect(200);
    let groups = groups.json();
    let ids = list(&groups, "/_items").iter();
    ids.map(|group| group["_id"].as_str().unwrap().to_owned())
        .collect()
}

/// That a request is refused in this way and leaves the whole space as it was.
#[track_caller]
pub(crate) fn refused_without_a_trace(
    mock: &Mock,
    call: impl FnOnce() -> Answer,
    check: impl FnOnce(&Answer),
) {
    let before = mock.state();
    let answer = call();
    check(&answer);
    assert_eq!(
        mock.state(),
        before,
        "a refusal changed something: {}",
        answer.text()
    );
}
