//! The answers about AMS: paths, tokens, the form of errors, the reading of bodies.

use serde_json::{Value, json};

use super::ams::{
    DEPARTMENTS, USERS, assign, elsewhere, link, post_user, too_strong, unknown_group,
};
use super::{Row, row};
use crate::ams::{add_user, kept_user, user};
use crate::harness::{Answer, Mock};

const GROUPS: &str = "/v2/admin/permission/groups";

/// The call of step 3 for the user that a path names so.
fn link_at(mock: &Mock, user: &str) -> Answer {
    mock.manager().post(
        &format!("/v2/admin/users/{user}/department"),
        &json!({ "departments": [1] }),
    )
}

fn no_path(answer: Answer) -> Answer {
    assert_eq!(answer.json(), json!({ "message": "Not Found" }));
    answer.expect(404)
}

fn authorised(mock: &Mock, header: &str, value: &str) -> Answer {
    mock.anybody()
        .call("GET", GROUPS)
        .header(header, value)
        .send()
}

/// A reader names an unknown user, at step 3 and at step 5.
fn without_permission_or_target(mock: &Mock) -> [Answer; 2] {
    let reader = mock.ams("ams-reader");
    let body = json!({ "departments": [1] });
    [
        reader.post("/v2/admin/users/999/department", &body),
        assign(&reader, 999, json!([1])),
    ]
}

/// A malformed list for an unknown user, at step 3 and at step 5, and for oneself.
fn malformed_for_nobody(mock: &Mock) -> [Answer; 3] {
    let body = json!({ "departments": "x" });
    [
        mock.manager().post("/v2/admin/users/999/department", &body),
        assign(&mock.manager(), 999, json!("x")),
        assign(&mock.manager(), 2, json!("x")),
    ]
}

fn sent_as(mock: &Mock, content_type: Option<&str>, body: &str) -> Answer {
    let call = mock.manager().call("POST", DEPARTMENTS);
    match content_type {
        Some(content_type) => call.body(content_type, body).send(),
        None => call.unlabelled(body).send(),
    }
}

fn with_blanks(mock: &Mock) -> Answer {
    post_user(
        &mock.setup(),
        json!({ "name": " My Name ", "service_number": "" }),
    )
}

fn long_name(mock: &Mock) -> Answer {
    post_user(&mock.setup(), json!({ "name": "n".repeat(256) }))
}

fn fields(answer: &Answer) -> Vec<String> {
    let body = answer.json();
    body["errors"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect()
}

pub(super) const ROWS: &[Row] = &[
    row("ams.path.trailing-slash", "another-path", |mock| {
        let body = json!({ "departments": [1] });
        no_path(mock.manager().post("/v2/admin/users/4/department/", &body));
        no_path(mock.manager().get(&format!("{GROUPS}/")))
    }),
    row("ams.path.trailing-slash", "same-path", |mock| {
        let body = json!({ "departments": [1] });
        let path = "/v2/admin/users/4/department/";
        mock.manager().post(path, &body).expect(200);
        mock.manager().get("/v2/admin/users/").expect(405);
        no_path(mock.manager().get("/v2/admin/user/"));
        let listed = mock.manager().get(&format!("{GROUPS}/?company_id=42"));
        assert_eq!(listed.json(), mock.manager().get(GROUPS).json());
        listed.expect(200)
    }),
    row("ams.path.malformed-id", "user-not-found", |mock| {
        for id in ["x", "04", "+4", "4.0"] {
            assert_eq!(link_at(mock, id).expect(404).text_at("/code"), "user.002");
        }
        let reader = mock.ams("ams-reader");
        reader
            .post("/v2/admin/user/x/groups", &json!({}))
            .expect(403);
        link_at(mock, "-4")
    }),
    row("ams.path.malformed-id", "no-path", |mock| {
        // A number that nobody has is another matter, however large.
        for id in ["999", "0", "99999999999999999999"] {
            assert_eq!(link_at(mock, id).expect(404).text_at("/code"), "user.002");
        }
        let groups = "/v2/admin/user/x/groups";
        no_path(mock.anybody().post(groups, &json!({})));
        no_path(link_at(mock, "04"))
    }),
    row("ams.method.options", "allow", |mock| {
        let answer = mock.anybody().call("OPTIONS", GROUPS).send().expect(200);
        assert_eq!(answer.header("allow"), Some("GET, HEAD"));
        let closed = mock.anybody().call("OPTIONS", "/v2/admin/user").send();
        no_path(closed);
        let answer = mock.anybody().call("OPTIONS", USERS).send().expect(200);
        assert_eq!(answer.header("allow"), Some("POST"));
        assert!(answer.body.is_empty());
        answer
    }),
    row("ams.method.options", "refused", |mock| {
        let answer = mock.anybody().call("OPTIONS", USERS).send().expect(405);
        assert_eq!(answer.header("allow"), Some("POST"));
        answer
    }),
    row("ams.auth.token-place", "bearer", |mock| {
        authorised(mock, "authorization", "Bearer ams-manager").expect(200);
        authorised(mock, "x-api-key", "ams-manager").expect(401);
        authorised(mock, "authorization", "ams-manager").expect(401)
    }),
    row("ams.auth.token-place", "plain", |mock| {
        authorised(mock, "authorization", "ams-manager").expect(200);
        authorised(mock, "x-api-key", "ams-manager").expect(401);
        authorised(mock, "authorization", "Bearer ams-manager").expect(401)
    }),
    row("ams.auth.token-place", "x-api-key", |mock| {
        authorised(mock, "x-api-key", "ams-manager").expect(200);
        authorised(mock, "x-api-key", "amili-api-user").expect(401);
        authorised(mock, "authorization", "Bearer ams-manager").expect(401)
    }),
    row("ams.errors.unauthenticated-text", "full-stop", |mock| {
        let answer = mock.anybody().get(GROUPS).expect(401);
        assert_eq!(answer.json(), json!({ "message": "Unauthenticated." }));
        answer
    }),
    row("ams.errors.unauthenticated-text", "word", |mock| {
        let answer = mock.anybody().get(GROUPS).expect(401);
        assert_eq!(answer.json(), json!({ "message": "Unauthenticated" }));
        answer
    }),
    row("ams.errors.body", "error-key", |mock| {
        let answer = unknown_group(mock).expect(404);
        assert_eq!(answer.text_at("/error"), "permission.group.002");
        answer.text_at("/message");
        answer
    }),
    row("ams.errors.body", "message-key", |mock| {
        let answer = too_strong(mock).expect(403);
        assert_eq!(answer.json(), json!({ "message": "permission.011" }));
        answer
    }),
    row("ams.errors.not-found-status", "by-place", |mock| {
        link_at(mock, "999").expect(404);
        assign(&mock.manager(), 999, json!([1])).expect(404);
        link(&mock.manager(), json!([999])).expect(422);
        let below = json!({ "name": "x", "parent_id": 999 });
        mock.manager().post(DEPARTMENTS, &below).expect(422);
        post_user(&mock.setup(), json!({ "company_id": 999 })).expect(422);
        unknown_group(mock).expect(422)
    }),
    row("ams.errors.invalid-body", "by-field", |mock| {
        let answer = mock.setup().post(USERS, &json!({ "name": 5 })).expect(422);
        assert!(answer.json()["errors"]["name"][0].is_string());
        answer.text_at("/message");
        answer
    }),
    row("ams.errors.invalid-body", "listed", |mock| {
        let answer = mock
            .setup()
            .post(DEPARTMENTS, &json!({ "name": 5 }))
            .expect(422);
        assert_eq!(answer.text_at("/errors/0/field"), "name");
        assert_eq!(
            answer.text_at("/errors/0/message"),
            answer.text_at("/message")
        );
        answer
    }),
    row("ams.errors.invalid-body", "message-only", |mock| {
        let answer = mock.setup().post(DEPARTMENTS, &json!({})).expect(422);
        assert_eq!(
            answer.json(),
            json!({ "message": "The name field is required." })
        );
        answer
    }),
    row(
        "ams.errors.permission-or-target",
        "permission-first",
        |mock| {
            let [linked, assigned] = without_permission_or_target(mock);
            linked.expect(403);
            assigned.expect(403)
        },
    ),
    row("ams.errors.permission-or-target", "target-first", |mock| {
        // Only the user is looked for: no list is read and nobody is told what they may not do.
        let reader = mock.ams("ams-reader");
        assign(&reader, 4, json!("x")).expect(403);
        let [linked, assigned] = without_permission_or_target(mock);
        assert_eq!(linked.expect(404).text_at("/code"), "user.002");
        assert_eq!(assigned.text_at("/code"), "user.002");
        assigned
    }),
    row("ams.errors.body-or-target", "body-first", |mock| {
        let [linked, assigned, own] = malformed_for_nobody(mock);
        linked.expect(422);
        own.expect(422);
        assigned.expect(422)
    }),
    row("ams.errors.body-or-target", "target-first", |mock| {
        assign(&mock.manager(), 4, json!("x")).expect(422);
        let [linked, assigned, own] = malformed_for_nobody(mock);
        assert_eq!(linked.text_at("/code"), "user.002");
        assert_eq!(own.text_at("/code"), "permission.010");
        assert_eq!(assigned.text_at("/code"), "user.002");
        assigned
    }),
    row("ams.body.unreadable", "bad-request", |mock| {
        sent_as(mock, Some("application/json"), "[]").expect(400);
        sent_as(mock, Some("application/json"), "{").expect(400)
    }),
    row("ams.body.unreadable", "as-empty", |mock| {
        for body in ["", "{", "[]", "null", "\u{feff}{}"] {
            let answer = sent_as(mock, Some("application/json"), body).expect(422);
            assert_eq!(fields(&answer), ["name"], "{body}");
        }
        sent_as(mock, Some("application/json"), "5")
    }),
    row("ams.body.content-type", "any", |mock| {
        sent_as(mock, Some("text/plain"), "{\"name\": \"x\"}").expect(201);
        let answer = sent_as(mock, None, "{\"name\": \"x\"}").expect(201);
        assert!(answer.all("x-mock-warning")[0].contains("Content-Type"));
        answer
    }),
    row("ams.body.content-type", "json-only", |mock| {
        for kind in [
            "application/json; charset=utf-8",
            "Application/JSON",
            "application/vnd.api+json",
        ] {
            sent_as(mock, Some(kind), "{\"name\": \"x\"}").expect(201);
        }
        sent_as(mock, None, "{\"name\": \"x\"}").expect(422);
        let answer = sent_as(mock, Some("text/plain"), "{\"name\": \"x\"}").expect(422);
        assert_eq!(fields(&answer), ["name"]);
        answer
    }),
    row("ams.body.unknown-field", "ignored", |mock| {
        let list = json!({ "groups": [], "group": 1 });
        mock.manager()
            .post("/v2/admin/user/4/groups", &list)
            .expect(200);
        let answer = post_user(&mock.setup(), json!({ "colour": 1, "groups": [3] })).expect(201);
        let made = answer.json()["id"].as_u64().unwrap();
        assert_eq!(kept_user(mock, made)["groups"], json!([]));
        answer
    }),
    row("ams.body.unknown-field", "refused", |mock| {
        let named = json!({ "name": "x", "color": 1 });
        mock.manager().post(DEPARTMENTS, &named).expect(422);
        let answer = post_user(&mock.setup(), json!({ "colour": 1 })).expect(422);
        assert_eq!(fields(&answer), ["colour"]);
        answer
    }),
    row("ams.body.id-forms", "integers", |mock| {
        link(&mock.manager(), json!([1.0])).expect(422);
        assign(&mock.manager(), 4, json!(["1"])).expect(422)
    }),
    row("ams.body.id-forms", "numeric-texts", |mock| {
        for wrong in [
            json!(["01"]),
            json!([""]),
            json!(["x"]),
            json!([1.5]),
            json!([true]),
        ] {
            link(&mock.manager(), wrong).expect(422);
        }
        let below = json!({ "name": "x", "parent_id": "42" });
        mock.manager().post(DEPARTMENTS, &below).expect(201);
        assign(&mock.manager(), 4, json!(["1", 2.0])).expect(200);
        assert_eq!(kept_user(mock, 4)["groups"], json!([1, 2]));
        link(&mock.manager(), json!(["1", 1, "+2"])).expect(200)
    }),
    row("ams.body.repeated-ids", "collapsed", |mock| {
        assign(&mock.manager(), 4, json!([1, 1])).expect(200);
        link(&mock.manager(), json!([1, 2, 1])).expect(200)
    }),
    row("ams.body.repeated-ids", "refused", |mock| {
        let answer = link(&mock.manager(), json!([1, 2, 1])).expect(422);
        assert_eq!(fields(&answer), ["departments"]);
        assert_eq!(kept_user(mock, 4)["departments"], json!([]));
        assign(&mock.manager(), 4, json!([1, 1])).expect(422)
    }),
    row("ams.body.blanks", "kept", |mock| {
        post_user(&mock.setup(), json!({ "email": " a@test.net" })).expect(422);
        let answer = with_blanks(mock).expect(201);
        assert_eq!(answer.json()["name"], " My Name ");
        assert_eq!(answer.json()["service_number"], "");
        answer
    }),
    row("ams.body.blanks", "trimmed", |mock| {
        let answer = with_blanks(mock).expect(201);
        assert_eq!(answer.json()["name"], "My Name");
        assert_eq!(answer.json()["service_number"], Value::Null);
        let again = post_user(&mock.setup(), json!({ "email": " my.email@test.net " }));
        assert_eq!(fields(&again.expect(422)), ["email"]);
        answer
    }),
    row("ams.body.longest-text", "255", |mock| {
        for field in ["surname", "service_number"] {
            let long = post_user(&mock.setup(), json!({ field: "å".repeat(256) }));
            assert_eq!(fields(&long.expect(422)), [field]);
        }
        let named = json!({ "name": "å".repeat(256) });
        mock.manager().post(DEPARTMENTS, &named).expect(422);
        // Characters count, not bytes.
        post_user(&mock.setup(), json!({ "name": "å".repeat(255) })).expect(201);
        long_name(mock).expect(422)
    }),
    row("ams.body.longest-text", "unlimited", |mock| {
        long_name(mock).expect(201)
    }),
];

#[test]
fn a_user_without_a_company_is_foreign_to_a_manager_too() {
    let mock = elsewhere("ams.user.foreign-user", "allowed", |world| {
        add_user(world, 100, None, &[])
    });
    assign(&mock.manager(), 100, json!([1])).expect(200);
    mock.manager().post(USERS, &user("a@test.net")).expect(201);
}
