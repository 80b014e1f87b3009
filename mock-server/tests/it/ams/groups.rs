//! Step 4: which permission groups a caller sees, and what it may do with each.

use serde_json::{Value, json};

use super::add_caller;
use crate::harness::{Caller, Mock};

const PATH: &str = "/v2/admin/permission/groups";

#[track_caller]
fn seen(caller: &Caller, path: &str) -> Vec<u64> {
    let groups = caller.get(path).expect(200).json();
    groups
        .as_array()
        .unwrap()
        .iter()
        .map(|group| group["id"].as_u64().unwrap())
        .collect()
}

/// The built-in world with a reader of company 42, as user 100.
fn with_reader_of_42() -> Mock {
    Mock::with_world(|world| add_caller(world, 100, Some(42), &["read_groups"]))
}

#[test]
fn a_caller_with_a_company_sees_the_general_groups_and_those_of_its_company() {
    let mock = with_reader_of_42();
    assert_eq!(seen(&mock.ams("ams-reader"), PATH), [1, 2, 3, 100]);
    assert_eq!(seen(&mock.manager(), PATH), [1, 2, 3, 100]);
    assert_eq!(seen(&mock.ams("as-100"), PATH), [1, 3, 4, 100]);
}

#[test]
fn the_filter_of_a_caller_with_a_company_is_ignored() {
    let mock = Mock::start();
    for value in ["24", "42", "999", "x", ""] {
        assert_eq!(
            seen(&mock.manager(), &format!("{PATH}?company_id={value}")),
            [1, 2, 3]
        );
    }
}

#[test]
fn a_caller_without_a_company_sees_all_or_those_of_the_company_asked_for() {
    let mock = Mock::start();
    assert_eq!(seen(&mock.setup(), PATH), [1, 2, 3, 4]);
    assert_eq!(
        seen(&mock.setup(), &format!("{PATH}?company_id=24")),
        [1, 2, 3]
    );
    assert_eq!(
        seen(&mock.setup(), &format!("{PATH}?company_id=42")),
        [1, 3, 4]
    );
    assert_eq!(
        seen(&mock.setup(), &format!("{PATH}?company_id=999")),
        [1, 3]
    );
}

#[test]
fn a_group_shows_its_name_its_company_and_what_the_caller_may_manage() {
    let mock = Mock::start();
    let group = |id: u64, name: &str, company: Value, managed: bool| json!({ "id": id, "name": name, "company_id": company, "editable": managed, "deletable": managed });
    let expected = json!([
        group(1, "Standard User", Value::Null, false),
        group(2, "Power User", json!(24), true),
        group(3, "Admin", Value::Null, false),
    ]);
    assert_eq!(mock.manager().get(PATH).expect(200).json(), expected);
    let all = mock.setup().get(PATH).expect(200).json();
    for shown in all.as_array().unwrap() {
        assert_eq!(
            (&shown["editable"], &shown["deletable"]),
            (&json!(true), &json!(true)),
            "{shown}"
        );
    }
}

#[test]
fn a_query_key_that_nothing_reads_is_told() {
    let mock = Mock::start();
    let answer = mock.manager().get(&format!("{PATH}?page=2")).expect(200);
    assert!(answer.all("x-mock-warning")[0].contains("'page'"));
}
