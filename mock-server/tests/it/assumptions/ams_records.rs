//! The answers about AMS: what users, departments and groups may hold, and who may see them.

use serde_json::{Value, json};

use super::ams::{
    DEPARTMENTS, USERS, assign, elsewhere, link, made_department, post_user, too_strong,
};
use super::{Row, row};
use crate::amili::with;
use crate::ams::{add, add_user, kept_user, user};
use crate::harness::{Answer, Mock};

const GROUPS: &str = "/v2/admin/permission/groups";

fn address(mock: &Mock, email: &str) -> Answer {
    post_user(&mock.setup(), json!({ "email": email }))
}

fn unplaced(mock: &Mock) -> Answer {
    let mut body = user("my.email@test.net");
    body.as_object_mut().unwrap().shift_remove("company_id");
    mock.setup().post(USERS, &body)
}

/// With user 100 of company 42 and user 101 of none.
fn with_foreign_users(answer: &str) -> Mock {
    elsewhere("ams.user.foreign-user", answer, |world| {
        add_user(world, 100, Some(42), &[]);
        add_user(world, 101, None, &[]);
    })
}

/// With department 8 of no company, and user 101 of none.
fn with_common_department(answer: &str) -> Mock {
    elsewhere("ams.department.of-no-company", answer, |world| {
        let department =
            json!({ "id": 8, "name": "Common", "parent_id": null, "company_id": null });
        add(world, "/ams/departments", department);
        add_user(world, 101, None, &[]);
    })
}

fn named(mock: &Mock, name: &str) -> Answer {
    mock.manager().post(DEPARTMENTS, &json!({ "name": name }))
}

fn filtered(mock: &Mock, filter: &str) -> Answer {
    mock.setup().get(&format!("{GROUPS}?company_id={filter}"))
}

fn ids(answer: &Answer) -> Vec<u64> {
    let body = answer.json();
    let groups = body.as_array().unwrap().iter();
    groups.map(|group| group["id"].as_u64().unwrap()).collect()
}

/// The manager takes group 3 from user 4, who is left with group 1.
fn taken_away(mock: &Mock) -> Answer {
    assign(&mock.setup(), 4, json!([1, 3])).expect(200);
    assign(&mock.manager(), 4, json!([1]))
}

pub(super) const ROWS: &[Row] = &[
    row("ams.user.required-fields", "every-field", |mock| {
        let body = with(
            user("my.email@test.net"),
            json!({ "mail_otp": 0, "service_number": "abc123" }),
        );
        mock.setup().post(USERS, &body).expect(201);
        let answer = post_user(&mock.setup(), json!({ "email": "b@test.net" })).expect(422);
        assert_eq!(answer.json()["errors"].as_object().unwrap().len(), 2);
        answer
    }),
    row("ams.user.email-form", "address", |mock| {
        address(mock, "my.email+tag@test.net").expect(201);
        for wrong in [
            "plain",
            "a@",
            "@b.net",
            "a@b@c.net",
            "a b@test.net",
            "A <a@test.net>",
            "a@[1.2.3.4]",
        ] {
            let answer = address(mock, wrong).expect(422);
            assert!(answer.json()["errors"]["email"].is_array(), "{wrong}");
        }
        address(mock, "a..b@test.net")
    }),
    row("ams.user.email-form", "any-text", |mock| {
        address(mock, "").expect(422);
        address(mock, "plain").expect(201)
    }),
    row("ams.user.email-unique", "per-company", |mock| {
        address(mock, "my.email@test.net").expect(201);
        address(mock, "MY.email@test.net").expect(422);
        let elsewhere = json!({ "company_id": 42 });
        post_user(&mock.setup(), elsewhere.clone()).expect(201);
        post_user(&mock.setup(), elsewhere).expect(422)
    }),
    row("ams.user.email-unique", "letter-case", |mock| {
        address(mock, "my.email@test.net").expect(201);
        address(mock, "MY.email@test.net").expect(201);
        address(mock, "MY.email@test.net").expect(422)
    }),
    row("ams.user.foreign-company-id", "must-exist", |mock| {
        let known = post_user(&mock.manager(), json!({ "company_id": 42 })).expect(201);
        assert_eq!(known.json()["company_id"], 24);
        let other = json!({ "email": "b@test.net", "company_id": 999 });
        let answer = post_user(&mock.manager(), other).expect(404);
        assert_eq!(answer.text_at("/code"), "company.002");
        answer
    }),
    row("ams.user.company-left-out", "invalid", |mock| {
        let answer = unplaced(mock).expect(422);
        assert!(answer.json()["errors"]["company_id"].is_array());
        assert_eq!(answer.rule(), Some("ams.user.company-must-exist"));
        answer
    }),
    row("ams.user.company-left-out", "not-found", |mock| {
        let answer = unplaced(mock).expect(404);
        assert_eq!(answer.text_at("/code"), "company.002");
        answer
    }),
    row("ams.user.foreign-user", "not-found", |_| {
        let mock = with_foreign_users("not-found");
        let body = json!({ "departments": [1] });
        mock.manager()
            .post("/v2/admin/users/100/department", &body)
            .expect(404);
        assert_eq!(
            assign(&mock.manager(), 101, json!([1])).text_at("/code"),
            "user.002"
        );
        assign(&mock.manager(), 100, json!([1])).expect(404)
    }),
    row("ams.user.foreign-user", "allowed", |_| {
        let mock = with_foreign_users("allowed");
        assign(&mock.manager(), 999, json!([1])).expect(404);
        assign(&mock.manager(), 101, json!([1])).expect(200);
        let answer = assign(&mock.manager(), 100, json!([1])).expect(200);
        assert_eq!(kept_user(&mock, 100)["groups"], json!([1]));
        answer
    }),
    row("ams.answer.created-status", "201", |mock| {
        named(mock, "x").expect(201);
        post_user(&mock.setup(), json!({})).expect(201)
    }),
    row("ams.answer.created-status", "200", |mock| {
        named(mock, "x").expect(200);
        post_user(&mock.setup(), json!({})).expect(200)
    }),
    row("ams.answer.created-record", "whole", |mock| {
        let made = named(mock, "x").expect(201).json();
        assert_eq!(
            made,
            json!({ "id": 43, "name": "x", "parent_id": null, "company_id": 24 })
        );
        post_user(&mock.setup(), json!({})).expect(201)
    }),
    row("ams.answer.created-record", "id-only", |mock| {
        assert_eq!(named(mock, "x").expect(201).json(), json!({ "id": 43 }));
        let answer = post_user(&mock.setup(), json!({})).expect(201);
        assert_eq!(answer.json(), json!({ "id": 5 }));
        answer
    }),
    row("ams.department.name", "required", |mock| {
        mock.manager()
            .post(DEPARTMENTS, &json!({ "parent_id": 1 }))
            .expect(422)
    }),
    row("ams.department.name", "optional", |mock| {
        mock.manager()
            .post(DEPARTMENTS, &json!({ "name": 5 }))
            .expect(422);
        mock.manager()
            .post(DEPARTMENTS, &json!({ "parent_id": 1 }))
            .expect(201)
    }),
    row("ams.department.same-name", "allowed", |mock| {
        named(mock, "x").expect(201);
        named(mock, "x").expect(201)
    }),
    row("ams.department.same-name", "refused", |mock| {
        let elsewhere = json!({ "name": "Sales", "company_id": 42 });
        mock.setup().post(DEPARTMENTS, &elsewhere).expect(201);
        let answer = named(mock, "Sales").expect(422);
        assert!(answer.json()["errors"]["name"].is_array());
        answer
    }),
    row("ams.department.of-no-company", "common", |_| {
        let mock = with_common_department("common");
        let below = json!({ "name": "x", "parent_id": 8 });
        let made = mock.manager().post(DEPARTMENTS, &below).expect(201);
        assert_eq!(made_department(&mock, &made)["parent_id"], 8);
        let body = json!({ "departments": [1] });
        mock.setup()
            .post("/v2/admin/users/101/department", &body)
            .expect(200);
        link(&mock.manager(), json!([8, 1])).expect(200)
    }),
    row("ams.department.of-no-company", "apart", |_| {
        let mock = with_common_department("apart");
        let below = json!({ "name": "x", "parent_id": 8 });
        mock.setup().post(DEPARTMENTS, &below).expect(201);
        let body = json!({ "departments": [8] });
        mock.setup()
            .post("/v2/admin/users/101/department", &body)
            .expect(200);
        let body = json!({ "departments": [1] });
        mock.setup()
            .post("/v2/admin/users/101/department", &body)
            .expect(404);
        link(&mock.manager(), json!([8])).expect(404);
        let answer = mock.manager().post(DEPARTMENTS, &below).expect(404);
        assert_eq!(answer.text_at("/code"), "department.002");
        answer
    }),
    row("ams.group.filter", "with-general", |mock| {
        assert_eq!(ids(&filtered(mock, "999").expect(200)), [1, 3]);
        let answer = filtered(mock, "42").expect(200);
        assert_eq!(ids(&answer), [1, 3, 4]);
        answer
    }),
    row("ams.group.filter", "company-only", |mock| {
        assert_eq!(ids(&mock.manager().get(GROUPS)), [1, 2, 3]);
        assert_eq!(ids(&filtered(mock, "999").expect(200)), [0_u64; 0]);
        let answer = filtered(mock, "42").expect(200);
        assert_eq!(ids(&answer), [4]);
        answer
    }),
    row("ams.group.filter-form", "refused", |mock| {
        mock.manager()
            .get(&format!("{GROUPS}?company_id=x"))
            .expect(200);
        let answer = filtered(mock, "x").expect(422);
        assert!(answer.json()["errors"]["company_id"].is_array());
        answer
    }),
    row("ams.group.filter-form", "ignored", |mock| {
        let answer = filtered(mock, "2.5").expect(200);
        assert_eq!(ids(&answer), [1, 2, 3, 4]);
        assert!(answer.all("x-mock-warning")[0].contains("2.5"));
        answer
    }),
    row("ams.group.managed", "of-own-company", |mock| {
        let answer = mock.manager().get(GROUPS).expect(200);
        assert_eq!(answer.json()[0]["editable"], false);
        assert_eq!(answer.json()[1]["deletable"], true);
        answer
    }),
    row("ams.group.managed", "visible", |mock| {
        let answer = mock.manager().get(GROUPS).expect(200);
        for group in answer.json().as_array().unwrap() {
            assert_eq!(
                (&group["editable"], &group["deletable"]),
                (&json!(true), &json!(true))
            );
        }
        answer
    }),
    row("ams.group.flag-type", "booleans", |mock| {
        let answer = mock.manager().get(GROUPS).expect(200);
        assert_eq!(answer.json()[1]["editable"], true);
        answer
    }),
    row("ams.group.flag-type", "integers", |mock| {
        let answer = mock.manager().get(GROUPS).expect(200);
        assert_eq!(answer.json()[0]["deletable"], 0);
        assert_eq!(answer.json()[1]["editable"], 1);
        answer
    }),
    row("ams.permission.removal", "allowed", |mock| {
        let answer = taken_away(mock).expect(200);
        assert_eq!(kept_user(mock, 4)["groups"], json!([1]));
        answer
    }),
    row("ams.permission.removal", "refused", |mock| {
        too_strong(mock).expect(403);
        assign(&mock.manager(), 3, json!([])).expect(200);
        let answer = taken_away(mock).expect(403);
        assert_eq!(answer.text_at("/code"), "permission.011");
        assert_eq!(kept_user(mock, 4)["groups"], json!([1, 3]));
        answer
    }),
    row("ams.permission.group-elsewhere", "allowed", |mock| {
        let answer = assign(&mock.setup(), 4, json!([4])).expect(200);
        assert_eq!(kept_user(mock, 4)["groups"], json!([4]));
        answer
    }),
    row("ams.permission.group-elsewhere", "not-found", |mock| {
        assign(&mock.setup(), 4, json!([2, 3])).expect(200);
        let answer = assign(&mock.setup(), 4, json!([4])).expect(404);
        assert_eq!(answer.text_at("/code"), "permission.group.002");
        answer
    }),
];

#[test]
fn the_company_of_a_department_of_none_stays_none() {
    let mock = with_common_department("common");
    let made = mock
        .setup()
        .post(DEPARTMENTS, &json!({ "name": "x", "parent_id": 1 }));
    assert_eq!(made_department(&mock, &made)["company_id"], Value::Null);
}
