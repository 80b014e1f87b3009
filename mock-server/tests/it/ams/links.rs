//! Step 3: departments of users, all of a request or none of it.

use serde_json::{Value, json};

use super::{add, add_user, coded, invalid, kept_user, refused_without_a_trace};
use crate::harness::{Answer, Caller, Mock};

fn link(caller: &Caller, user: u64, departments: Value) -> Answer {
    caller.post(
        &format!("/v2/admin/users/{user}/department"),
        &json!({ "departments": departments }),
    )
}

#[test]
fn one_or_several_departments_are_linked_in_one_call() {
    let mock = Mock::start();
    assert_eq!(
        link(&mock.manager(), 4, json!([1])).expect(200).json(),
        json!({ "departments": [1] })
    );
    assert_eq!(
        link(&mock.manager(), 3, json!([1, 2, 3]))
            .expect(200)
            .json(),
        json!({ "departments": [1, 2, 3] })
    );
    assert_eq!(kept_user(&mock, 4)["departments"], json!([1]));
    assert_eq!(kept_user(&mock, 3)["departments"], json!([1, 2, 3]));
}

#[test]
fn departments_add_to_those_kept_without_doubles() {
    let mock = Mock::start();
    link(&mock.manager(), 4, json!([2, 2, 1])).expect(200);
    link(&mock.manager(), 4, json!([2, 42])).expect(200);
    assert_eq!(kept_user(&mock, 4)["departments"], json!([1, 2, 42]));
    link(&mock.manager(), 4, json!([])).expect(200);
    assert_eq!(
        kept_user(&mock, 4)["departments"],
        json!([1, 2, 42]),
        "an empty list changes nothing"
    );
}

#[test]
fn the_user_must_exist() {
    let mock = Mock::start();
    for caller in [mock.manager(), mock.setup()] {
        for path in ["999", "0", "x", "-1", "18446744073709551616"] {
            let body = json!({ "departments": [1] });
            refused_without_a_trace(
                &mock,
                || caller.post(&format!("/v2/admin/users/{path}/department"), &body),
                |answer| coded(answer, 404, "user.002", "ams.user-department.user-exists"),
            );
        }
    }
}

#[test]
fn every_department_must_exist_or_none_is_linked() {
    let mock = Mock::start();
    for departments in [
        json!([999]),
        json!([-1]),
        json!([1, 999]),
        json!([999, 1]),
        json!([1, 2, 3, 0]),
    ] {
        refused_without_a_trace(
            &mock,
            || link(&mock.manager(), 4, departments),
            |answer| {
                coded(
                    answer,
                    404,
                    "department.002",
                    "ams.user-department.departments-exist",
                )
            },
        );
    }
}

#[test]
fn the_list_must_be_a_list_of_integers() {
    let mock = Mock::start();
    for wrong in [
        Value::Null,
        json!("1"),
        json!(1),
        json!({}),
        json!(["1"]),
        json!([1.5]),
        json!([[1]]),
    ] {
        refused_without_a_trace(
            &mock,
            || link(&mock.manager(), 4, wrong),
            |answer| invalid(answer, "departments"),
        );
    }
    let empty = || {
        mock.manager()
            .post("/v2/admin/users/4/department", &json!({}))
    };
    refused_without_a_trace(&mock, empty, |answer| invalid(answer, "departments"));
}

/// The built-in world with user 100 and department 7 of company 42.
fn with_company_42() -> Mock {
    Mock::with_world(|world| {
        add_user(world, 100, Some(42), &[]);
        add(
            world,
            "/ams/departments",
            json!({ "id": 7, "name": "Other", "parent_id": null, "company_id": 42 }),
        );
    })
}

#[test]
fn users_of_another_company_are_invisible_to_a_caller_with_one() {
    let mock = with_company_42();
    refused_without_a_trace(
        &mock,
        || link(&mock.manager(), 100, json!([1])),
        |answer| coded(answer, 404, "user.002", "ams.user-department.user-exists"),
    );
    link(&mock.setup(), 100, json!([7])).expect(200);
}

#[test]
fn user_and_departments_are_of_one_company() {
    let mock = with_company_42();
    for (caller, user, department) in [
        (mock.manager(), 4, 7),
        (mock.setup(), 4, 7),
        (mock.setup(), 100, 1),
    ] {
        refused_without_a_trace(
            &mock,
            || link(&caller, user, json!([department])),
            |answer| {
                coded(
                    answer,
                    404,
                    "department.002",
                    "ams.user-department.departments-exist",
                );
                assert!(
                    answer
                        .all("x-mock-assumption")
                        .contains(&"ams.user-department.foreign-department")
                );
            },
        );
    }
}
