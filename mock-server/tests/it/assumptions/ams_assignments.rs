//! The answers about AMS: departments and groups of users.

use serde_json::json;

use super::ams::{assign, elsewhere, link, too_strong, unknown_group, with_foreign_department};
use super::{Row, row};
use crate::ams::{add_user, kept_user};

pub(super) const ROWS: &[Row] = &[
    row("ams.user-department.mode", "adds", |mock| {
        link(&mock.manager(), json!([1])).expect(200);
        let answer = link(&mock.manager(), json!([2])).expect(200);
        assert_eq!(kept_user(mock, 4)["departments"], json!([1, 2]));
        answer
    }),
    row("ams.user-department.mode", "replaces", |mock| {
        link(&mock.manager(), json!([1])).expect(200);
        let answer = link(&mock.manager(), json!([2])).expect(200);
        assert_eq!(kept_user(mock, 4)["departments"], json!([2]));
        answer
    }),
    row("ams.user-department.empty-list", "accepted", |mock| {
        link(&mock.manager(), json!([])).expect(200)
    }),
    row("ams.user-department.empty-list", "refused", |mock| {
        let answer = link(&mock.manager(), json!([])).expect(422);
        assert!(answer.json()["errors"]["departments"].is_array());
        answer
    }),
    row(
        "ams.user-department.foreign-department",
        "not-found",
        |_| {
            let mock =
                with_foreign_department("ams.user-department.foreign-department", "not-found");
            link(&mock.manager(), json!([7])).expect(404)
        },
    ),
    row("ams.user-department.foreign-department", "allowed", |_| {
        let mock = with_foreign_department("ams.user-department.foreign-department", "allowed");
        link(&mock.manager(), json!([999])).expect(404);
        link(&mock.manager(), json!([7])).expect(200)
    }),
    row("ams.permission.order", "group-first", |mock| {
        let answer = assign(&mock.manager(), 4, json!([3, 999]));
        assert_eq!(answer.text_at("/code"), "permission.group.002");
        answer
    }),
    row("ams.permission.order", "power-first", |mock| {
        let answer = assign(&mock.manager(), 4, json!([3, 999]));
        assert_eq!(answer.text_at("/code"), "permission.011");
        answer
    }),
    row("ams.permission.self-unchanged", "refused", |mock| {
        let answer = assign(&mock.manager(), 2, json!([1, 2]));
        assert_eq!(answer.text_at("/code"), "permission.010");
        answer
    }),
    row("ams.permission.self-unchanged", "allowed", |mock| {
        for changed in [json!([]), json!([1])] {
            assert_eq!(
                assign(&mock.manager(), 2, changed).text_at("/code"),
                "permission.010"
            );
        }
        let answer = assign(&mock.manager(), 2, json!([2, 1])).expect(200);
        assert_eq!(kept_user(mock, 2)["groups"], json!([1, 2]));
        answer
    }),
    row("ams.permission.power-of", "every-group", |mock| {
        assign(&mock.setup(), 4, json!([3])).expect(200);
        assign(&mock.manager(), 4, json!([1, 3])).expect(403)
    }),
    row("ams.permission.power-of", "added-groups", |mock| {
        too_strong(mock).expect(403);
        assign(&mock.setup(), 4, json!([3])).expect(200);
        let answer = assign(&mock.manager(), 4, json!([1, 3])).expect(200);
        assert_eq!(kept_user(mock, 4)["groups"], json!([1, 3]));
        answer
    }),
    row("ams.permission.empty-list", "removes-all", |mock| {
        let answer = assign(&mock.setup(), 3, json!([])).expect(200);
        assert_eq!(kept_user(mock, 3)["groups"], json!([]));
        answer
    }),
    row("ams.permission.empty-list", "refused", |mock| {
        let answer = assign(&mock.setup(), 3, json!([])).expect(422);
        assert_eq!(kept_user(mock, 3)["groups"], json!([1]));
        answer
    }),
    row("ams.permission.foreign-group", "not-found", |mock| {
        let answer = assign(&mock.manager(), 4, json!([4])).expect(404);
        assert_eq!(answer.text_at("/code"), "permission.group.002");
        answer
    }),
    row("ams.permission.foreign-group", "allowed", |mock| {
        unknown_group(mock).expect(404);
        assign(&mock.manager(), 4, json!([4])).expect(200)
    }),
    row("ams.answer.assigned", "ids", |mock| {
        let linked = link(&mock.manager(), json!([1, 2])).expect(200);
        assert_eq!(linked.json(), json!({ "departments": [1, 2] }));
        let assigned = assign(&mock.manager(), 4, json!([1])).expect(200);
        assert_eq!(assigned.json(), json!({ "groups": [1] }));
        assigned
    }),
    row("ams.answer.assigned", "empty", |mock| {
        let linked = link(&mock.manager(), json!([1, 2])).expect(204);
        let assigned = assign(&mock.manager(), 4, json!([1])).expect(204);
        assert!(linked.body.is_empty() && assigned.body.is_empty());
        assert_eq!(kept_user(mock, 4)["groups"], json!([1]));
        assigned
    }),
];

#[test]
fn a_caller_of_no_company_is_bound_by_no_company() {
    let mock = elsewhere("ams.permission.foreign-group", "not-found", |world| {
        add_user(world, 100, Some(42), &[])
    });
    assign(&mock.setup(), 100, json!([4])).expect(200);
}
