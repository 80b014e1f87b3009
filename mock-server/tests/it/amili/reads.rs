//! Lists and items: filters, pages, order, headers, single documents.

use serde_json::{Value, json};

use super::{BAD_REQUEST, NOBODYS_ID, NOT_FOUND, acme, acme_with, plain_creditor, refused};
use crate::guide::{Form, form};
use crate::harness::{ACCOUNT, Answer, Caller, Mock, OTHER_ACCOUNT, asking, list};

/// A mock with creditors of these names, made in this order.
pub(super) fn with_creditors(names: &[&str]) -> Mock {
    let mock = Mock::at_guide_time();
    for name in names {
        mock.api_user()
            .post("/creditors", &plain_creditor(name))
            .expect(201);
    }
    mock
}

#[track_caller]
pub(super) fn shown(answer: &Answer, field: &str) -> Vec<Value> {
    let body = answer.clone().expect(200).json();
    list(&body, "/_items")
        .iter()
        .map(|item| item[field].clone())
        .collect()
}

#[track_caller]
fn wanted(caller: &Caller, resource: &str, filter: &Value) -> Answer {
    caller.get(&asking(resource, &[("where", &filter.to_string())]))
}

#[test]
fn groups_are_filtered_by_account_or_by_creditor() {
    let mock = Mock::start();
    let caller = mock.api_user();
    let acme = caller.post("/creditors", &acme()).expect(201).id();
    caller
        .post("/creditors", &acme_with(json!({ "name": "Bolag" })))
        .expect(201);
    let of_account = wanted(&caller, "/access--groups", &json!({ "account": ACCOUNT }));
    let types = [
        "account_admin",
        "api_user",
        "admin",
        "user",
        "admin",
        "user",
    ];
    assert_eq!(shown(&of_account, "type"), types);
    let of_creditor = wanted(&caller, "/access--groups", &json!({ "creditor": acme }));
    assert_eq!(shown(&of_creditor, "type"), ["admin", "user"]);
    assert_eq!(
        of_creditor.json()["_meta"],
        json!({ "page": 1, "max_results": 25, "total": 2 })
    );
    let of_both = wanted(
        &caller,
        "/access--groups",
        &json!({ "creditor": acme, "type": "admin" }),
    );
    assert_eq!(shown(&of_both, "creditor_name"), ["Acme Inc"]);
}

#[test]
fn a_filter_on_what_nobody_has_or_may_see_finds_nothing() {
    let mock = with_creditors(&["a"]);
    for filter in [
        json!({ "account": OTHER_ACCOUNT }),
        json!({ "creditor": NOBODYS_ID }),
        json!({ "type": "Admin" }),
    ] {
        let found = wanted(&mock.api_user(), "/access--groups", &filter).expect(200);
        assert_eq!(
            found.text(),
            r#"{"_items": [], "_meta": {"page": 1, "max_results": 25, "total": 0}}"#
        );
        assert_eq!(
            (found.header("x-total-count"), found.header("last-modified")),
            (Some("0"), None)
        );
    }
}

#[test]
fn a_filter_that_cannot_be_read_is_refused() {
    let mock = Mock::start();
    for text in [
        "{",
        "{name: 'x'}",
        r#"{"name": {"$regex": "^A"}}"#,
        r#"{"name": {"$nothing": 1}}"#,
        "[]",
        "5",
        r#"{"$where": "1"}"#,
    ] {
        let answer = mock
            .api_user()
            .get(&asking("/creditors", &[("where", text)]));
        refused(&answer, 400, BAD_REQUEST);
        assert_eq!(answer.rule(), Some("amili.query.malformed"), "{text}");
    }
}

#[test]
fn lists_show_documents_in_the_order_of_their_making() {
    let mock = with_creditors(&["c", "a", "b"]);
    assert_eq!(
        shown(&mock.api_user().get("/creditors"), "name"),
        ["c", "a", "b"]
    );
    assert_eq!(
        shown(
            &mock.api_user().get("/creditors?where=&sort=&projection="),
            "name"
        ),
        ["c", "a", "b"]
    );
}

#[test]
fn sort_orders_by_a_field_and_descends_after_a_minus() {
    let mock = with_creditors(&["c", "a", "b"]);
    assert_eq!(
        shown(&mock.api_user().get("/creditors?sort=name"), "name"),
        ["a", "b", "c"]
    );
    assert_eq!(
        shown(&mock.api_user().get("/creditors?sort=-name"), "name"),
        ["c", "b", "a"]
    );
    refused(
        &mock.api_user().get("/creditors?sort=name%20desc"),
        400,
        BAD_REQUEST,
    );
}

#[test]
fn a_projection_leaves_the_fields_named_and_the_automatic_ones() {
    let mock = with_creditors(&["a"]);
    let path = asking("/creditors", &[("projection", r#"{"name": 1}"#)]);
    let page = mock.api_user().get(&path).expect(200).json();
    let item = &list(&page, "/_items")[0];
    let keys: Vec<&String> = item.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["_id", "name", "_updated", "_created", "_etag"]);
    refused(
        &mock
            .api_user()
            .get(&asking("/creditors", &[("projection", "[]")])),
        400,
        BAD_REQUEST,
    );
}

#[test]
fn a_parameter_that_nothing_reads_does_nothing_and_is_told() {
    let mock = with_creditors(&["a", "b"]);
    let answer = mock
        .api_user()
        .get("/creditors?name=a&max_result=1")
        .expect(200);
    assert_eq!(
        answer.json()["_meta"],
        json!({ "page": 1, "max_results": 25, "total": 2 })
    );
    let warnings = answer.all("x-mock-warning");
    assert!(
        warnings[0].contains("'name'") && warnings[1].contains("'max_result'"),
        "{warnings:?}"
    );
    assert!(
        mock.api_user()
            .get("/creditors?page=1")
            .all("x-mock-warning")
            .is_empty()
    );
}

#[test]
fn a_list_tells_its_newest_change_and_an_item_its_etag() {
    let mock = with_creditors(&["a"]);
    mock.anybody()
        .put("/_mock/clock", &json!({ "advance_seconds": 60 }))
        .expect(200);
    let id = mock
        .api_user()
        .post("/creditors", &plain_creditor("b"))
        .expect(201)
        .id();
    let page = mock.api_user().get("/creditors").expect(200);
    assert_eq!(
        page.header("last-modified"),
        Some("Tue, 11 Nov 2025 12:23:34 GMT")
    );
    assert_eq!(
        (page.header("x-total-count"), page.header("etag")),
        (Some("2"), None)
    );
    let item = mock.api_user().get(&format!("/creditors/{id}")).expect(200);
    assert_eq!(
        item.header("last-modified"),
        Some("Tue, 11 Nov 2025 12:23:34 GMT")
    );
    let etag = item.text_at("/_etag");
    assert_eq!(item.header("etag"), Some(format!("\"{etag}\"").as_str()));
    assert_eq!(form(&etag), Form::Hex(40));
}

#[test]
fn an_item_is_the_bare_document_of_its_list() {
    let mock = Mock::start();
    for resource in ["/accounts", "/access--groups", "/users"] {
        for document in list(&mock.api_user().get(resource).expect(200).json(), "/_items") {
            let id = document["_id"].as_str().unwrap();
            assert_eq!(
                &mock
                    .api_user()
                    .get(&format!("{resource}/{id}"))
                    .expect(200)
                    .json(),
                document
            );
        }
    }
    let partner = "/partners/618a851643314ff68dcb8895";
    assert_eq!(
        mock.amili("amili-partner").get(partner).expect(200).json()["name"],
        "Visma.net"
    );
}

#[test]
fn an_item_ignores_what_only_lists_read() {
    let mock = Mock::start();
    let id = mock.api_user().post("/creditors", &acme()).expect(201).id();
    let query = asking(
        &format!("/creditors/{id}"),
        &[
            ("where", "{"),
            ("sort", ","),
            ("page", "x"),
            ("max_results", "inf"),
        ],
    );
    mock.api_user().get(&query).expect(200);
}

#[test]
fn an_id_that_nothing_has_is_not_found() {
    let mock = Mock::start();
    for resource in [
        "creditors",
        "users",
        "access--groups",
        "accounts",
        "partners",
    ] {
        let answer = mock.api_user().get(&format!("/{resource}/{NOBODYS_ID}"));
        refused(&answer, 404, NOT_FOUND);
        assert_eq!(answer.rule(), Some("amili.item.exists"));
    }
}

#[test]
fn an_id_has_exactly_24_lower_case_hex_digits() {
    let mock = Mock::start();
    let id = mock.api_user().post("/creditors", &acme()).expect(201).id();
    for wrong in [
        &id[1..],
        &format!("{id}0"),
        &id.to_uppercase().replace(|c: char| c.is_ascii_digit(), "A"),
        "x",
        "%20",
    ] {
        let answer = mock.api_user().get(&format!("/creditors/{wrong}"));
        refused(&answer, 404, NOT_FOUND);
        assert_eq!(answer.rule(), Some("amili.path.known"), "{wrong}");
    }
}

#[test]
fn a_read_changes_nothing() {
    let mock = with_creditors(&["a"]);
    let before = mock.state();
    for path in [
        "/creditors",
        "/access--groups?page=2",
        "/users",
        "/accounts",
        "/nothing",
        "/creditors?where={",
    ] {
        mock.api_user().get(path);
    }
    assert_eq!(mock.state(), before);
}
