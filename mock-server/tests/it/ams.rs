//! AMS over HTTP: the guide's bodies, worlds with other callers, and how its refusals look.

mod assignments;
mod departments;
mod groups;
mod keys;
mod links;
mod mails;
mod parallel;
mod surface;
mod users;

use serde_json::{Value, json};

use crate::harness::{Answer, Caller, Mock, list};

/// The permissions of the guide, in its order.
pub(crate) const PERMISSIONS: [&str; 5] = [
    "write_users",
    "write_departments",
    "write_user_department",
    "read_groups",
    "write_permission_user",
];

/// A user that the guide's body makes, under another address.
pub(crate) fn user(email: &str) -> Value {
    json!({ "name": "My Name", "surname": "My Surname", "email": email, "company_id": 24 })
}

/// The permission groups, users and tokens that a test adds to the built-in world.
pub(crate) fn add(world: &mut Value, pointer: &str, record: Value) {
    world
        .pointer_mut(pointer)
        .and_then(Value::as_array_mut)
        .unwrap()
        .push(record);
}

/// Adds a group, and a user of a company who holds it alone, with the token `as-USER`.
pub(crate) fn add_caller(world: &mut Value, id: u64, company: Option<u64>, permissions: &[&str]) {
    add(
        world,
        "/ams/groups",
        json!({ "id": id, "name": format!("Group {id}"), "company_id": null, "permissions": permissions }),
    );
    add_user(world, id, company, &[id]);
}

/// Adds a user who holds these groups, with the token `as-USER`.
pub(crate) fn add_user(world: &mut Value, id: u64, company: Option<u64>, groups: &[u64]) {
    let user = json!({
        "id": id,
        "name": "Some",
        "surname": "Body",
        "email": format!("user{id}@example.com"),
        "company_id": company,
        "mail_otp": 0,
        "service_number": null,
        "profile": { "name": "Some", "surname": "Body" },
        "departments": [],
        "groups": groups,
    });
    add(world, "/ams/users", user);
    add(
        world,
        "/tokens",
        json!({ "token": format!("as-{id}"), "api": "ams", "user": id }),
    );
}

/// One of the five documented calls, valid for a caller of the built-in world who may make it.
#[derive(Debug, Clone)]
pub(crate) struct Documented {
    pub(crate) permission: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) body: Value,
    pub(crate) rule: &'static str,
}

impl Documented {
    pub(crate) fn by(&self, caller: &Caller) -> Answer {
        caller.call(self.method, self.path).json(&self.body).send()
    }
}

pub(crate) fn documented_calls() -> [Documented; 5] {
    let call = |permission, method, path, body, rule| Documented {
        permission,
        method,
        path,
        body,
        rule,
    };
    [
        call(
            "write_users",
            "POST",
            "/v2/admin/users",
            user("my.email@test.net"),
            "ams.user.create-permission",
        ),
        call(
            "write_departments",
            "POST",
            "/v2/admin/departments",
            json!({ "name": "Department name" }),
            "ams.department.create-permission",
        ),
        call(
            "write_user_department",
            "POST",
            "/v2/admin/users/4/department",
            json!({ "departments": [1, 2, 3] }),
            "ams.user-department.permission",
        ),
        call(
            "read_groups",
            "GET",
            "/v2/admin/permission/groups",
            json!({}),
            "ams.group.list-permission",
        ),
        call(
            "write_permission_user",
            "POST",
            "/v2/admin/user/4/groups",
            json!({ "groups": [] }),
            "ams.permission.assign-permission",
        ),
    ]
}

/// A refusal with a code of the guide, in the form and with the status of the default answers.
#[track_caller]
pub(crate) fn coded(answer: &Answer, status: u16, code: &str, rule: &str) {
    assert_eq!(
        (answer.status, answer.rule()),
        (status, Some(rule)),
        "{}",
        answer.text()
    );
    let body = answer.json();
    assert_eq!(body["code"], code);
    assert!(
        body["message"].is_string() && body.as_object().unwrap().len() == 2,
        "{body}"
    );
}

/// A 422 about this field alone.
#[track_caller]
pub(crate) fn invalid(answer: &Answer, field: &str) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    let body = answer.json();
    assert!(body["message"].is_string(), "{body}");
    let fields: Vec<&String> = body["errors"].as_object().unwrap().keys().collect();
    assert_eq!(fields, [field], "{body}");
    assert!(body["errors"][field][0].is_string(), "{body}");
}

/// That a request is refused in this way and leaves the whole space, and its outbox, as they were.
#[track_caller]
pub(crate) fn refused_without_a_trace(
    mock: &Mock,
    call: impl FnOnce() -> Answer,
    check: impl FnOnce(&Answer),
) {
    let before = (mock.state(), mock.outbox());
    let answer = call();
    check(&answer);
    assert_eq!(
        (mock.state(), mock.outbox()),
        before,
        "a refusal changed something: {}",
        answer.text()
    );
}

/// A user as the space keeps it.
#[track_caller]
pub(crate) fn kept_user(mock: &Mock, id: u64) -> Value {
    let state = mock.state();
    let found = list(&state, "/ams/users")
        .iter()
        .find(|user| user["id"] == id);
    found.unwrap_or_else(|| panic!("no user {id}")).clone()
}

#[track_caller]
pub(crate) fn kept_department(mock: &Mock, id: u64) -> Value {
    let state = mock.state();
    let found = list(&state, "/ams/departments")
        .iter()
        .find(|department| department["id"] == id);
    found
        .unwrap_or_else(|| panic!("no department {id}"))
        .clone()
}

/// The integer id that a creation answers.
#[track_caller]
pub(crate) fn id(answer: &Answer) -> u64 {
    let body = answer.clone().expect(201).json();
    body["id"]
        .as_u64()
        .unwrap_or_else(|| panic!("no integer id in {body}"))
}
