//! Step 2: departments, their parents and their company.

use serde_json::{Value, json};

use super::{add, coded, id, invalid, kept_department, refused_without_a_trace};
use crate::harness::{Answer, Caller, Mock};

fn create(caller: &Caller, body: Value) -> Answer {
    caller.post("/v2/admin/departments", &body)
}

/// The built-in world with department 7 of company 42 and department 8 of none.
fn with_foreign_department() -> Mock {
    Mock::with_world(|world| {
        for (id, company) in [(7, json!(42)), (8, Value::Null)] {
            let department =
                json!({ "id": id, "name": "Other", "parent_id": null, "company_id": company });
            add(world, "/ams/departments", department);
        }
    })
}

#[test]
fn a_department_may_have_a_parent_and_need_not() {
    let mock = Mock::start();
    for (parent, kept) in [(json!(42), json!(42)), (Value::Null, Value::Null)] {
        let made = id(&create(
            &mock.setup(),
            json!({ "name": "Department name", "parent_id": parent }),
        ));
        assert_eq!(kept_department(&mock, made)["parent_id"], kept);
    }
    let root = id(&create(&mock.setup(), json!({ "name": "Department name" })));
    assert_eq!(kept_department(&mock, root)["parent_id"], Value::Null);
}

#[test]
fn a_hierarchy_can_be_built_below_a_new_department() {
    let mock = Mock::start();
    let mut parent = 42;
    for level in 0..300 {
        let made = id(&create(
            &mock.manager(),
            json!({ "name": format!("Level {level}"), "parent_id": parent }),
        ));
        assert_eq!(kept_department(&mock, made)["parent_id"], parent);
        parent = made;
    }
}

#[test]
fn the_parent_must_exist() {
    let mock = Mock::start();
    for caller in [mock.setup(), mock.manager()] {
        for parent in [999, 0, -1] {
            refused_without_a_trace(
                &mock,
                || {
                    create(
                        &caller,
                        json!({ "name": "Department name", "parent_id": parent }),
                    )
                },
                |answer| {
                    coded(
                        answer,
                        404,
                        "department.002",
                        "ams.department.parent-exists",
                    )
                },
            );
        }
    }
}

#[test]
fn a_parent_of_another_company_is_invisible_to_a_caller_with_one() {
    let mock = with_foreign_department();
    let body = json!({ "name": "Department name", "parent_id": 7 });
    refused_without_a_trace(
        &mock,
        || create(&mock.manager(), body.clone()),
        |answer| {
            coded(
                answer,
                404,
                "department.002",
                "ams.department.parent-exists",
            );
            assert!(
                answer
                    .all("x-mock-assumption")
                    .contains(&"ams.department.foreign-parent")
            );
        },
    );
    create(&mock.setup(), body).expect(201);
}

#[test]
fn a_department_takes_its_company_from_the_caller() {
    let mock = Mock::start();
    for sent in [json!(24), json!(42), json!(999), json!("x"), Value::Null] {
        let made = id(&create(
            &mock.manager(),
            json!({ "name": "Department name", "company_id": sent }),
        ));
        assert_eq!(kept_department(&mock, made)["company_id"], 24, "{sent}");
    }
}

#[test]
fn a_caller_without_a_company_stores_an_existing_one() {
    let mock = Mock::start();
    for (sent, kept) in [
        (json!(42), json!(42)),
        (json!(999), Value::Null),
        (Value::Null, Value::Null),
    ] {
        let made = id(&create(
            &mock.setup(),
            json!({ "name": "Department name", "company_id": sent }),
        ));
        assert_eq!(kept_department(&mock, made)["company_id"], kept, "{sent}");
    }
}

#[test]
fn a_department_needs_a_name_and_its_parent_is_an_integer() {
    let mock = Mock::start();
    for name in [Value::Null, json!(""), json!(5), json!([])] {
        refused_without_a_trace(
            &mock,
            || create(&mock.setup(), json!({ "name": name })),
            |answer| invalid(answer, "name"),
        );
    }
    refused_without_a_trace(
        &mock,
        || create(&mock.setup(), json!({})),
        |answer| invalid(answer, "name"),
    );
    for parent in [json!("x"), json!(1.5), json!([42])] {
        let body = json!({ "name": "Department name", "parent_id": parent });
        refused_without_a_trace(
            &mock,
            || create(&mock.setup(), body),
            |answer| invalid(answer, "parent_id"),
        );
    }
}

#[test]
fn no_department_can_be_its_own_ancestor() {
    let mock = Mock::start();
    // The next id is known, and is still nobody's when the request is judged.
    let next = id(&create(&mock.manager(), json!({ "name": "x" }))) + 1;
    refused_without_a_trace(
        &mock,
        || create(&mock.manager(), json!({ "name": "x", "parent_id": next })),
        |answer| {
            coded(
                answer,
                404,
                "department.002",
                "ams.department.parent-exists",
            )
        },
    );
    let mut state = mock.state();
    state["ams"]["departments"][0]["parent_id"] = json!(2);
    let refused = mock.anybody().put("/_mock/state", &state).expect(400);
    assert!(
        refused.text().contains("its own ancestor"),
        "{}",
        refused.text()
    );
    state["ams"]["departments"][0]["parent_id"] = json!(1);
    mock.anybody().put("/_mock/state", &state).expect(400);
}

#[test]
fn a_chain_of_many_departments_is_a_world_like_any_other() {
    let mock = Mock::start();
    let mut state = mock.state();
    let chain = (1_u64..=20_000).map(|id| {
        let parent = if id == 1 { Value::Null } else { json!(id - 1) };
        json!({ "id": id, "name": "x", "parent_id": parent, "company_id": 24 })
    });
    state["ams"]["departments"] = chain.collect();
    mock.anybody().put("/_mock/state", &state).expect(204);
    let made = id(&create(
        &mock.manager(),
        json!({ "name": "x", "parent_id": 20_000 }),
    ));
    assert_eq!(made, 20_001);
}

#[test]
fn a_department_of_no_company_is_open_to_every_caller() {
    let mock = with_foreign_department();
    let made = id(&create(
        &mock.manager(),
        json!({ "name": "x", "parent_id": 8 }),
    ));
    assert_eq!(kept_department(&mock, made)["company_id"], 24);
}

#[test]
fn an_id_that_is_no_plain_integer_is_no_parent() {
    let mock = Mock::start();
    for parent in [
        json!("42"),
        json!(42.0),
        json!(1e30),
        json!(u64::MAX),
        json!(true),
        json!({}),
        json!(""),
    ] {
        refused_without_a_trace(
            &mock,
            || create(&mock.manager(), json!({ "name": "x", "parent_id": parent })),
            |answer| invalid(answer, "parent_id"),
        );
    }
}
