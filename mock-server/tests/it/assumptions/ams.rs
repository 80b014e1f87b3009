//! The answers about AMS: paths, errors, users, departments.

use serde_json::{Value, json};

use super::{Row, row};
use crate::amili::with;
use crate::ams::{add, kept_department, user};
use crate::harness::{Answer, Caller, Mock, answers, world};
use mock_server::Options;

pub(super) const USERS: &str = "/v2/admin/users";
pub(super) const DEPARTMENTS: &str = "/v2/admin/departments";

pub(super) fn post_user(caller: &Caller, changes: Value) -> Answer {
    caller.post(USERS, &with(user("my.email@test.net"), changes))
}

fn nameless(caller: &Caller) -> Answer {
    caller.post(
        USERS,
        &json!({ "email": "my.email@test.net", "company_id": 24 }),
    )
}

pub(super) fn assign(caller: &Caller, user: u64, groups: Value) -> Answer {
    caller.post(
        &format!("/v2/admin/user/{user}/groups"),
        &json!({ "groups": groups }),
    )
}

pub(super) fn link(caller: &Caller, departments: Value) -> Answer {
    caller.post(
        "/v2/admin/users/4/department",
        &json!({ "departments": departments }),
    )
}

pub(super) fn unknown_group(mock: &Mock) -> Answer {
    assign(&mock.manager(), 4, json!([999]))
}

pub(super) fn too_strong(mock: &Mock) -> Answer {
    assign(&mock.manager(), 4, json!([3]))
}

/// A mock under the same answer, in another world.
pub(super) fn elsewhere(id: &str, answer: &str, edit: impl FnOnce(&mut Value)) -> Mock {
    Mock::with(Options {
        world: Some(world(edit)),
        answers: answers(id, answer),
        ..Options::default()
    })
}

/// With department 7 of company 42.
pub(super) fn with_foreign_department(id: &str, answer: &str) -> Mock {
    elsewhere(id, answer, |world| {
        let department = json!({ "id": 7, "name": "Other", "parent_id": null, "company_id": 42 });
        add(world, "/ams/departments", department);
    })
}

/// With companies that have not set the preference.
fn without_preference(answer: &str) -> Mock {
    elsewhere("ams.company.preference-unset", answer, |world| {
        world["ams"]["companies"][0]["preferences"] = json!({});
    })
}

pub(super) fn made_department(mock: &Mock, answer: &Answer) -> Value {
    kept_department(
        mock,
        answer.clone().expect(201).json()["id"].as_u64().unwrap(),
    )
}

pub(super) const ROWS: &[Row] = &[
    row("ams.path.create-user", "users", |mock| {
        mock.setup()
            .post("/v2/admin/user", &user("a@test.net"))
            .expect(404);
        post_user(&mock.setup(), json!({})).expect(201)
    }),
    row("ams.path.create-user", "user", |mock| {
        post_user(&mock.setup(), json!({})).expect(404);
        mock.setup()
            .post("/v2/admin/user", &user("a@test.net"))
            .expect(201)
    }),
    row("ams.path.create-department", "departments", |mock| {
        mock.setup()
            .post("/v2/admin/department", &json!({ "name": "x" }))
            .expect(404);
        mock.setup()
            .post(DEPARTMENTS, &json!({ "name": "x" }))
            .expect(201)
    }),
    row("ams.path.create-department", "department", |mock| {
        mock.setup()
            .post(DEPARTMENTS, &json!({ "name": "x" }))
            .expect(404);
        mock.setup()
            .post("/v2/admin/department", &json!({ "name": "x" }))
            .expect(201)
    }),
    row("ams.errors.body", "flat", |mock| {
        let answer = unknown_group(mock);
        assert_eq!(answer.text_at("/code"), "permission.group.002");
        answer.text_at("/message");
        answer
    }),
    row("ams.errors.body", "nested", |mock| {
        let answer = unknown_group(mock);
        assert_eq!(answer.text_at("/error/code"), "permission.group.002");
        answer.text_at("/error/message");
        answer
    }),
    row("ams.errors.body", "listed", |mock| {
        let answer = unknown_group(mock);
        assert_eq!(answer.text_at("/errors/0/code"), "permission.group.002");
        answer.text_at("/errors/0/message");
        answer
    }),
    row("ams.errors.not-found-status", "404", |mock| {
        unknown_group(mock).expect(404)
    }),
    row("ams.errors.not-found-status", "422", |mock| {
        unknown_group(mock).expect(422)
    }),
    row("ams.errors.not-found-status", "400", |mock| {
        unknown_group(mock).expect(400)
    }),
    row("ams.errors.permission-status", "403", |mock| {
        too_strong(mock).expect(403)
    }),
    row("ams.errors.permission-status", "422", |mock| {
        too_strong(mock).expect(422)
    }),
    row("ams.errors.permission-status", "400", |mock| {
        too_strong(mock).expect(400)
    }),
    row("ams.errors.invalid-status", "422", |mock| {
        mock.setup().post(DEPARTMENTS, &json!({})).expect(422)
    }),
    row("ams.errors.invalid-status", "400", |mock| {
        let answer = mock.setup().post(DEPARTMENTS, &json!({})).expect(400);
        assert!(answer.json()["errors"]["name"].is_array());
        answer
    }),
    row("ams.errors.forbidden-text", "forbidden", |mock| {
        let answer = mock
            .ams("ams-nobody")
            .post(DEPARTMENTS, &json!({}))
            .expect(403);
        assert_eq!(answer.json(), json!({ "message": "Forbidden" }));
        answer
    }),
    row("ams.errors.forbidden-text", "unauthorized-action", |mock| {
        let answer = mock
            .ams("ams-nobody")
            .post(DEPARTMENTS, &json!({}))
            .expect(403);
        assert_eq!(
            answer.json(),
            json!({ "message": "This action is unauthorized." })
        );
        answer
    }),
    row("ams.user.required-fields", "name-surname-email", |mock| {
        let answer = nameless(&mock.setup()).expect(422);
        assert_eq!(answer.json()["errors"].as_object().unwrap().len(), 2);
        answer
    }),
    row("ams.user.required-fields", "email-only", |mock| {
        mock.setup()
            .post(
                USERS,
                &json!({ "name": "x", "surname": "y", "company_id": 24 }),
            )
            .expect(422);
        nameless(&mock.setup()).expect(201)
    }),
    row("ams.user.mail-otp-default", "0", |mock| {
        let answer = post_user(&mock.setup(), json!({})).expect(201);
        assert_eq!(answer.json()["mail_otp"], 0);
        answer
    }),
    row("ams.user.mail-otp-default", "1", |mock| {
        let answer = post_user(&mock.setup(), json!({})).expect(201);
        assert_eq!(answer.json()["mail_otp"], 1);
        answer
    }),
    row("ams.user.mail-otp-forms", "boolean-forms", |mock| {
        post_user(&mock.setup(), json!({ "mail_otp": "1" })).expect(201)
    }),
    row("ams.user.mail-otp-forms", "integers", |mock| {
        post_user(&mock.setup(), json!({ "mail_otp": 1 })).expect(201);
        for form in [json!("1"), json!("0"), json!(false)] {
            post_user(
                &mock.setup(),
                json!({ "email": "b@test.net", "mail_otp": form }),
            )
            .expect(422);
        }
        post_user(
            &mock.setup(),
            json!({ "email": "b@test.net", "mail_otp": true }),
        )
        .expect(422)
    }),
    row("ams.user.email-unique", "unique", |mock| {
        post_user(&mock.setup(), json!({})).expect(201);
        post_user(&mock.setup(), json!({ "email": "MY.email@test.net" })).expect(422)
    }),
    row("ams.user.email-unique", "repeatable", |mock| {
        post_user(&mock.setup(), json!({})).expect(201);
        post_user(&mock.setup(), json!({})).expect(201)
    }),
    row("ams.user.foreign-company-id", "ignored", |mock| {
        let answer = post_user(&mock.manager(), json!({ "company_id": 999 })).expect(201);
        assert_eq!(answer.json()["company_id"], 24);
        answer
    }),
    row("ams.user.foreign-company-id", "refused", |mock| {
        post_user(&mock.manager(), json!({ "company_id": 24 })).expect(201);
        let answer = post_user(
            &mock.manager(),
            json!({ "email": "b@test.net", "company_id": 42 }),
        )
        .expect(422);
        assert!(answer.json()["errors"]["company_id"].is_array());
        answer
    }),
    row("ams.answer.wrapper", "bare", |mock| {
        let answer = post_user(&mock.setup(), json!({})).expect(201);
        assert!(answer.json()["id"].is_u64());
        answer
    }),
    row("ams.answer.wrapper", "data", |mock| {
        let created = post_user(&mock.setup(), json!({})).expect(201);
        assert!(created.json()["data"]["id"].is_u64());
        let linked = link(&mock.manager(), json!([1])).expect(200);
        assert_eq!(linked.json(), json!({ "data": { "departments": [1] } }));
        let listed = mock.setup().get("/v2/admin/permission/groups").expect(200);
        assert!(listed.json()["data"].is_array());
        listed
    }),
    row("ams.company.preference-unset", "no-mail", |_| {
        let mock = without_preference("no-mail");
        let answer = post_user(&mock.setup(), json!({})).expect(201);
        assert!(mock.outbox().is_empty());
        answer
    }),
    row("ams.company.preference-unset", "mail", |_| {
        let mock = without_preference("mail");
        let answer = post_user(&mock.setup(), json!({})).expect(201);
        assert_eq!(mock.outbox().len(), 1);
        answer
    }),
    row("ams.department.foreign-parent", "not-found", |_| {
        let mock = with_foreign_department("ams.department.foreign-parent", "not-found");
        mock.manager()
            .post(DEPARTMENTS, &json!({ "name": "x", "parent_id": 7 }))
            .expect(404)
    }),
    row("ams.department.foreign-parent", "allowed", |_| {
        let mock = with_foreign_department("ams.department.foreign-parent", "allowed");
        mock.manager()
            .post(DEPARTMENTS, &json!({ "name": "x", "parent_id": 999 }))
            .expect(404);
        mock.manager()
            .post(DEPARTMENTS, &json!({ "name": "x", "parent_id": 7 }))
            .expect(201)
    }),
    row(
        "ams.department.company-without-caller-company",
        "stored-if-known",
        |mock| {
            let answer = mock
                .setup()
                .post(DEPARTMENTS, &json!({ "name": "x", "company_id": 42 }));
            assert_eq!(made_department(mock, &answer)["company_id"], 42);
            answer
        },
    ),
    row(
        "ams.department.company-without-caller-company",
        "discarded",
        |mock| {
            let answer = mock
                .setup()
                .post(DEPARTMENTS, &json!({ "name": "x", "company_id": 42 }));
            assert_eq!(made_department(mock, &answer)["company_id"], Value::Null);
            answer
        },
    ),
];
