//! Decisions on permission groups, in the built-in world.

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

fn store() -> Store {
    let world: Value = serde_json::from_str(DEFAULT_WORLD).unwrap();
    Store::open(&world["ams"]).unwrap()
}

fn moment() -> Moment {
    let now = "2025-11-11T12:22:34Z".parse().unwrap();
    Moment::new(now, Ids::from_seed(1), Trace::new(Arc::default()))
}

/// The code that a refusal carries, or the rule that asks for a permission, or the field at fault.
fn told(refusal: Refusal) -> String {
    match refusal {
        Refusal::Missing { rule, .. } | Refusal::Overreach { rule, .. } => rule
            .refused_as
            .map_or("", |refused| refused.error)
            .to_owned(),
        Refusal::Forbidden { rule, .. } => rule.id.to_owned(),
        Refusal::Invalid(problems) => problems.by_field().keys().cloned().collect(),
        other => format!("{other:?}"),
    }
}

/// The groups that a user holds afterwards, or how the call is refused.
#[track_caller]
fn check(caller: i64, target: i64, groups: Value, expected: Result<&[i64], &str>) {
    let body = json!({ "groups": groups }).as_object().unwrap().clone();
    let outcome = decide::assign(
        &store(),
        &mut moment(),
        UserId(caller),
        Target::Id(UserId(target)),
        Ok(body),
    );
    let held = outcome.map(|assignment| {
        assert_eq!(assignment.user, UserId(target));
        assignment
            .groups
            .iter()
            .map(|group| group.0)
            .collect::<Vec<_>>()
    });
    assert_eq!(
        held.map_err(told),
        expected.map(<[i64]>::to_vec).map_err(str::to_owned)
    );
}

#[test]
fn the_list_replaces_and_repeated_groups_collapse() {
    check(MANAGER, READER, json!([2]), Ok(&[2]));
    check(MANAGER, READER, json!([1, 2]), Ok(&[1, 2]));
    check(MANAGER, READER, json!([2, 1, 2]), Ok(&[1, 2]));
    check(MANAGER, READER, json!([]), Ok(&[]));
}

#[test]
fn nobody_changes_themselves() {
    for groups in [json!([]), json!([1, 2]), json!([3]), json!([999])] {
        check(MANAGER, MANAGER, groups.clone(), Err("permission.010"));
        check(SETUP, SETUP, groups, Err("permission.010"));
    }
}

#[test]
fn nobody_grants_more_than_they_hold() {
    check(MANAGER, NOBODY, json!([3]), Err("permission.011"));
    check(MANAGER, NOBODY, json!([1, 3]), Err("permission.011"));
    check(SETUP, NOBODY, json!([1, 2, 3]), Ok(&[1, 2, 3]));
    check(SETUP, MANAGER, json!([3]), Ok(&[3]));
}

#[test]
fn users_and_groups_exist_and_are_visible() {
    check(MANAGER, 999, json!([1]), Err("user.002"));
    check(MANAGER, 999, json!([999]), Err("user.002"));
    check(MANAGER, NOBODY, json!([999]), Err("permission.group.002"));
    check(
        MANAGER,
        NOBODY,
        json!([3, 999]),
        Err("permission.group.002"),
    );
    check(MANAGER, NOBODY, json!([4]), Err("permission.group.002"));
    check(SETUP, NOBODY, json!([4]), Ok(&[4]));
}

#[test]
fn the_call_takes_its_permission_before_anything_else() {
    check(
        READER,
        999,
        json!("x"),
        Err("ams.permission.assign-permission"),
    );
    check(NOBODY, NOBODY, json!([999]), Err("ams.user.login-only"));
    check(999, NOBODY, json!([]), Err("Unauthenticated"));
}

#[test]
fn the_list_is_one_of_integers() {
    for wrong in [
        Value::Null,
        json!(1),
        json!(["1"]),
        json!([1.5]),
        json!([1.5]),
    ] {
        check(MANAGER, NOBODY, wrong, Err("groups"));
    }
}

/// The groups that a caller sees, each with whether it may manage it.
#[track_caller]
fn check_list(caller: i64, filter: Option<&str>, expected: Result<&[(i64, bool)], &str>) {
    let groups = decide::list(&store(), &mut moment(), UserId(caller), filter);
    let seen = groups.map(|groups| {
        groups
            .iter()
            .map(|group| (group.id.0, group.managed))
            .collect::<Vec<_>>()
    });
    assert_eq!(
        seen.map_err(told),
        expected.map(<[_]>::to_vec).map_err(str::to_owned)
    );
}

#[test]
fn a_caller_sees_the_general_groups_and_those_of_its_company() {
    for filter in [None, Some("24"), Some("42"), Some("x")] {
        check_list(MANAGER, filter, Ok(&[(1, false), (2, true), (3, false)]));
    }
    check_list(
        SETUP,
        None,
        Ok(&[(1, true), (2, true), (3, true), (4, true)]),
    );
    check_list(SETUP, Some("42"), Ok(&[(1, true), (3, true), (4, true)]));
    check_list(NOBODY, None, Err("ams.user.login-only"));
}
