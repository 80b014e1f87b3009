//! Decisions on new departments, in the built-in world with department 7 of company 42.

use std::sync::Arc;

use serde_json::{Value, json};

use super::decide;
use crate::ams::ids::UserId;
use crate::ams::refusal::Refusal;
use crate::ams::store::Store;
use crate::catalogue::DEFAULT_WORLD;
use crate::platform::ids::Ids;
use crate::platform::moment::{Moment, Trace};

const SETUP: i64 = 1;
const MANAGER: i64 = 2;
const READER: i64 = 3;

fn store() -> Store {
    let mut world: Value = serde_json::from_str(DEFAULT_WORLD).unwrap();
    let departments = world["ams"]["departments"].as_array_mut().unwrap();
    departments.push(json!({ "id": 7, "name": "Other", "parent_id": null, "company_id": 42 }));
    Store::open(&world["ams"]).unwrap()
}

/// The parent and the company of the department decided on, or how the call is refused.
#[track_caller]
fn check(caller: i64, body: Value, expected: Result<(Option<i64>, Option<i64>), &str>) {
    let now = "2025-11-11T12:22:34Z".parse().unwrap();
    let mut moment = Moment::new(now, Ids::from_seed(1), Trace::new(Arc::default()));
    let fields = body.as_object().unwrap().clone();
    let outcome = decide::create(&store(), &mut moment, UserId(caller), Ok(fields));
    let made = outcome.map(|made| {
        (
            made.parent_id.map(|id| id.0),
            made.company_id.map(|id| id.0),
        )
    });
    let told = made.map_err(|refusal| match refusal {
        Refusal::Missing { rule, .. } => rule
            .refused_as
            .map_or("", |refused| refused.error)
            .to_owned(),
        Refusal::Forbidden { rule, .. } => rule.id.to_owned(),
        Refusal::Invalid(problems) => problems.by_field().keys().cloned().collect(),
        other => format!("{other:?}"),
    });
    assert_eq!(told, expected.map_err(str::to_owned), "{body}");
}

#[test]
fn a_parent_is_one_that_the_caller_sees() {
    check(
        MANAGER,
        json!({ "name": "x", "parent_id": 42 }),
        Ok((Some(42), Some(24))),
    );
    check(
        MANAGER,
        json!({ "name": "x", "parent_id": null }),
        Ok((None, Some(24))),
    );
    for parent in [7, 999, 0] {
        check(
            MANAGER,
            json!({ "name": "x", "parent_id": parent }),
            Err("department.002"),
        );
    }
    check(
        SETUP,
        json!({ "name": "x", "parent_id": 7 }),
        Ok((Some(7), None)),
    );
    check(
        SETUP,
        json!({ "name": "x", "parent_id": 999 }),
        Err("department.002"),
    );
}

#[test]
fn the_company_comes_from_the_caller() {
    for sent in [json!(42), json!(999), json!("x"), Value::Null] {
        check(
            MANAGER,
            json!({ "name": "x", "company_id": sent }),
            Ok((None, Some(24))),
        );
    }
    check(
        SETUP,
        json!({ "name": "x", "company_id": 42 }),
        Ok((None, Some(42))),
    );
    check(
        SETUP,
        json!({ "name": "x", "company_id": 999 }),
        Ok((None, None)),
    );
    check(SETUP, json!({ "name": "x" }), Ok((None, None)));
}

#[test]
fn a_name_is_a_text_and_a_parent_an_integer() {
    for name in [Value::Null, json!(""), json!(" "), json!(5)] {
        check(MANAGER, json!({ "name": name }), Err("name"));
    }
    for parent in [json!("1"), json!(1.5), json!([])] {
        check(
            MANAGER,
            json!({ "name": "x", "parent_id": parent }),
            Err("parent_id"),
        );
    }
}

#[test]
fn the_call_takes_its_permission_before_anything_else() {
    check(
        READER,
        json!({ "name": 5, "parent_id": 999 }),
        Err("ams.department.create-permission"),
    );
    check(4, json!({}), Err("ams.user.login-only"));
}
