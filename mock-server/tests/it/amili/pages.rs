//! `page` and `max_results`: almost anything is forgiven.

use serde_json::json;

use super::reads::{shown, with_creditors};
use super::{BAD_REQUEST, refused};
use crate::harness::{Mock, asking};

#[track_caller]
fn check_page(mock: &Mock, key: &str, value: &str, used: u64) {
    let answer = mock
        .api_user()
        .get(&asking("/creditors", &[(key, value)]))
        .expect(200);
    assert_eq!(answer.json()["_meta"][key], used, "{key}={value}");
    assert_eq!(answer.json()["_meta"]["total"], 3);
}

#[test]
fn page_sizes_that_are_no_use_are_the_default_and_large_ones_the_limit() {
    let mock = with_creditors(&["a", "b", "c"]);
    for useless in ["", "x", "nan", "0", "-1", "0.5"] {
        check_page(&mock, "max_results", useless, 25);
    }
    for (value, used) in [
        ("2.9", 2),
        ("1e0", 1),
        (" 2 ", 2),
        ("100", 100),
        ("101", 100),
        ("1000000", 100),
    ] {
        check_page(&mock, "max_results", value, used);
    }
}

#[test]
fn pages_that_are_no_use_are_the_first() {
    let mock = with_creditors(&["a", "b", "c"]);
    for (value, used) in [
        ("", 1),
        ("x", 1),
        ("2.5", 1),
        ("0", 1),
        ("-2", 2),
        ("+2", 2),
        (" 2 ", 2),
        ("0_2", 2),
    ] {
        check_page(&mock, "page", value, used);
    }
}

#[test]
fn what_crashes_the_framework_is_told_as_a_bad_request() {
    let mock = Mock::start();
    for query in [
        "max_results=inf",
        "page=9223372036854775807",
        "page=99999999999999999999999",
    ] {
        refused(
            &mock.api_user().get(&format!("/creditors?{query}")),
            400,
            BAD_REQUEST,
        );
    }
}

#[test]
fn pages_divide_the_list_and_one_past_the_end_is_empty() {
    let mock = with_creditors(&["a", "b", "c"]);
    let page = |page: &str| {
        mock.api_user().get(&asking(
            "/creditors",
            &[("max_results", "2"), ("page", page)],
        ))
    };
    assert_eq!(shown(&page("1"), "name"), ["a", "b"]);
    assert_eq!(shown(&page("2"), "name"), ["c"]);
    let past = page("99").expect(200);
    assert_eq!(
        past.text(),
        r#"{"_items": [], "_meta": {"page": 99, "max_results": 2, "total": 3}}"#
    );
    assert_eq!(
        (past.header("x-total-count"), past.header("last-modified")),
        (Some("3"), None)
    );
}

#[test]
fn a_page_holds_twenty_five_documents_unless_asked_otherwise() {
    let names: Vec<String> = (0..26).map(|number| number.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mock = with_creditors(&names);
    let page = mock.api_user().get("/creditors").expect(200);
    assert_eq!(shown(&page, "name").len(), 25);
    assert_eq!(
        page.json()["_meta"],
        json!({ "page": 1, "max_results": 25, "total": 26 })
    );
    assert_eq!(
        shown(&mock.api_user().get("/creditors?page=2"), "name"),
        ["25"]
    );
}

#[test]
fn of_a_repeated_parameter_the_first_counts() {
    let mock = with_creditors(&["a", "b"]);
    let answer = mock
        .api_user()
        .get("/creditors?max_results=1&max_results=2");
    assert_eq!(answer.json()["_meta"]["max_results"], 1);
}
