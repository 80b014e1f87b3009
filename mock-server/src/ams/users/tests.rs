//! Decisions on users and their departments, in the built-in world with company 42's user 5 and department 7.

use std::sync::Arc;

use serde_json::{Value, json};

use super::decide;
use crate::ams::ids::{Target, UserId};
use crate::ams::refusal::Refusal;
use crate::ams::store::Store;
use crate::catalogue::DEFAULT_WORLD;
use crate::platform::ids::Ids;
use crate::platform::moment::{Moment, Trace};

const SETUP: i64 = 1;
const MANAGER: i64 = 2;
const READER: i64 = 3;
const NOBODY: i64 = 4;
const OF_COMPANY_42: i64 = 5;

fn store() -> Store {
    let mut world: Value = serde_json::from_str(DEFAULT_WORLD).unwrap();
    let section = &mut world["ams"];
    let mut other = section["users"][3].clone();
    other["id"] = json!(OF_COMPANY_42);
    other["company_id"] = json!(42);
    section["users"].as_array_mut().unwrap().push(other);
    section["users"][3]["departments"] = json!([1]);
    let department = json!({ "id": 7, "name": "Other", "parent_id": null, "company_id": 42 });
    section["departments"]
        .as_array_mut()
        .unwrap()
        .push(department);
    Store::open(section).unwrap()
}

fn moment() -> Moment {
    let now = "2025-11-11T12:22:34Z".parse().unwrap();
    Moment::new(now, Ids::from_seed(1), Trace::new(Arc::default()))
}

fn told(refusal: Refusal) -> String {
    match refusal {
        Refusal::Missing { rule, .. } => rule
            .refused_as
            .map_or("", |refused| refused.error)
            .to_owned(),
        Refusal::Forbidden { rule, .. } => rule.id.to_owned(),
        Refusal::Invalid(problems) => problems
            .by_field()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
            .join(" "),
        other => format!("{other:?}"),
    }
}

/// The guide's user with other fields; null counts as absent.
fn body(changes: &Value) -> Value {
    let mut body = json!({ "name": "My Name", "surname": "My Surname", "email": "my.email@test.net", "company_id": 24 });
    for (key, value) in changes.as_object().unwrap() {
        body[key] = value.clone();
    }
    body
}

/// The company and the one-time codes of the user decided on, or how the call is refused.
#[track_caller]
fn check(caller: i64, changes: Value, expected: Result<(i64, u8), &str>) {
    let fields = body(&changes).as_object().unwrap().clone();
    let made = decide::create(&store(), &mut moment(), UserId(caller), Ok(fields));
    let made = made.map(|user| (user.company_id.map_or(0, |id| id.0), user.mail_otp));
    assert_eq!(
        made.map_err(told),
        expected.map_err(str::to_owned),
        "{changes}"
    );
}

#[test]
fn the_company_is_the_callers_or_one_that_exists() {
    for sent in [json!(24), json!(42), json!(999), json!("x"), Value::Null] {
        check(MANAGER, json!({ "company_id": sent }), Ok((24, 0)));
    }
    check(SETUP, json!({ "company_id": 42 }), Ok((42, 0)));
    check(SETUP, json!({ "company_id": 999 }), Err("company.002"));
    check(SETUP, json!({ "company_id": null }), Err("company_id"));
}

#[test]
fn one_time_codes_are_1_or_0() {
    for (sent, kept) in [
        (json!(1), 1),
        (json!(true), 1),
        (json!("1"), 1),
        (json!(0), 0),
        (json!(false), 0),
        (json!("0"), 0),
    ] {
        check(SETUP, json!({ "mail_otp": sent }), Ok((24, kept)));
    }
    for wrong in [json!(2), json!(-1), json!("yes"), json!([])] {
        check(SETUP, json!({ "mail_otp": wrong }), Err("mail_otp"));
    }
}

#[test]
fn name_surname_and_a_new_address_are_needed() {
    for field in ["name", "surname", "email"] {
        for wrong in [Value::Null, json!(""), json!(5)] {
            check(SETUP, json!({ field: wrong }), Err(field));
        }
    }
    check(
        SETUP,
        json!({ "email": "Reader@Example.com" }),
        Err("email"),
    );
    check(
        SETUP,
        json!({ "name": 5, "mail_otp": 2, "service_number": 5 }),
        Err("mail_otp name service_number"),
    );
}

#[test]
fn creation_takes_its_permission_before_anything_else() {
    check(
        READER,
        json!({ "name": 5 }),
        Err("ams.user.create-permission"),
    );
    check(NOBODY, json!({}), Err("ams.user.login-only"));
    check(999, json!({}), Err("Unauthenticated"));
}

/// The departments that a user is in afterwards, or how the call is refused.
#[track_caller]
fn check_link(caller: i64, target: i64, departments: Value, expected: Result<&[i64], &str>) {
    let body = json!({ "departments": departments })
        .as_object()
        .unwrap()
        .clone();
    let link = decide::link(
        &store(),
        &mut moment(),
        UserId(caller),
        Target::Id(UserId(target)),
        Ok(body),
    );
    let held = link.map(|link| {
        assert_eq!(link.user, UserId(target));
        link.departments.iter().map(|id| id.0).collect::<Vec<_>>()
    });
    assert_eq!(
        held.map_err(told),
        expected.map(<[i64]>::to_vec).map_err(str::to_owned)
    );
}

#[test]
fn departments_add_to_those_kept() {
    check_link(MANAGER, NOBODY, json!([2, 3, 2]), Ok(&[1, 2, 3]));
    check_link(MANAGER, NOBODY, json!([1]), Ok(&[1]));
    check_link(MANAGER, NOBODY, json!([]), Ok(&[1]));
    check_link(MANAGER, READER, json!([42]), Ok(&[42]));
}

#[test]
fn the_user_and_every_department_exist_in_one_company() {
    check_link(MANAGER, 999, json!([1]), Err("user.002"));
    check_link(MANAGER, OF_COMPANY_42, json!([7]), Err("user.002"));
    check_link(SETUP, OF_COMPANY_42, json!([7]), Ok(&[7]));
    check_link(MANAGER, NOBODY, json!([2, 999]), Err("department.002"));
    check_link(MANAGER, NOBODY, json!([2, 7]), Err("department.002"));
    check_link(SETUP, NOBODY, json!([7]), Err("department.002"));
    check_link(MANAGER, NOBODY, json!("x"), Err("departments"));
    check_link(
        READER,
        999,
        json!("x"),
        Err("ams.user-department.permission"),
    );
}
