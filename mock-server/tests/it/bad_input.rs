//! What nobody should send: nothing of it crashes the mock, and nothing refused changes anything.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::amili::{acme, plain_creditor};
use crate::ams;
use crate::harness::{Answer, Caller, Mock};

/// The writes of both APIs, with a caller who may make them.
fn writes(mock: &Mock) -> Vec<(Caller, &'static str)> {
    let mut writes = vec![(mock.api_user(), "/creditors"), (mock.api_user(), "/users")];
    for path in [
        "/v2/admin/users",
        "/v2/admin/departments",
        "/v2/admin/users/4/department",
        "/v2/admin/user/4/groups",
    ] {
        writes.push((mock.manager(), path));
    }
    writes
}

/// That every write answers such a body with one of these statuses and changes nothing.
#[track_caller]
fn check_body(mock: &Mock, body: &[u8], statuses: &[u16]) {
    let before = mock.state();
    for (caller, path) in writes(mock) {
        let answer = caller
            .call("POST", path)
            .body("application/json", body)
            .send();
        assert!(
            statuses.contains(&answer.status),
            "{path}: {} {}",
            answer.status,
            answer.text()
        );
        answer.json();
    }
    assert_eq!(mock.state(), before);
}

#[test]
fn malformed_json_is_refused() {
    let mock = Mock::start();
    for text in [
        "",
        "{",
        "}",
        "[",
        "{\"a\"",
        "{\"a\":1,}",
        "nul",
        "'x'",
        "{\"a\":\"\u{1}\"}",
        "{} {}",
    ] {
        check_body(&mock, text.as_bytes(), &[400]);
    }
    check_body(&mock, b"\xff\xfe{\x00}\x00", &[400]);
    check_body(&mock, b"{\"name\": \"\xc3\x28\"}", &[400]);
}

#[test]
fn what_is_no_object_is_refused() {
    let mock = Mock::start();
    for text in [
        "null", "0", "5", "-1", "1.5", "true", "false", "\"\"", "\"x\"", "[]", "[1]", "[null]",
        "[[]]",
    ] {
        check_body(&mock, text.as_bytes(), &[400, 422]);
    }
}

#[test]
fn deep_nesting_is_refused_and_nothing_overflows() {
    let mock = Mock::start();
    for depth in [65, 200, 100_000] {
        let arrays = format!(
            "{{\"payout_details\": {}{}}}",
            "[".repeat(depth),
            "]".repeat(depth)
        );
        check_body(&mock, arrays.as_bytes(), &[400, 422]);
        let objects = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        check_body(&mock, objects.as_bytes(), &[400, 422]);
    }
    let dotted = format!("{{\"{}\": 1}}", "a.".repeat(1000));
    check_body(&mock, dotted.as_bytes(), &[400, 422]);
}

#[test]
fn deep_filters_are_refused_and_nothing_overflows() {
    let mock = Mock::start();
    for open in ["[", "{\"a\":", "{\"$and\":[", "(", "{\"$not\":"] {
        for key in ["where", "sort", "projection"] {
            // As long as a request line may be.
            let answer = mock.api_user().get(&crate::harness::asking(
                "/creditors",
                &[(key, &open.repeat(900))],
            ));
            assert!(
                [200, 400, 414].contains(&answer.status),
                "{key} {open}: {}",
                answer.status
            );
        }
    }
    mock.api_user().get("/creditors").expect(200);
}

#[test]
fn numbers_beyond_every_bound_are_refused() {
    let mock = Mock::start();
    let big = "9".repeat(400);
    for number in [
        big.as_str(),
        "-99999999999999999999",
        "1e999",
        "18446744073709551616",
    ] {
        for field in [
            "name",
            "company_id",
            "parent_id",
            "departments",
            "groups",
            "creditor_number",
        ] {
            check_body(
                &mock,
                format!("{{\"{field}\": {number}}}").as_bytes(),
                &[400, 422],
            );
            check_body(
                &mock,
                format!("{{\"{field}\": [{number}]}}").as_bytes(),
                &[400, 422],
            );
        }
    }
}

#[test]
fn a_body_over_a_mebibyte_is_too_large_and_one_below_is_not() {
    let mock = Mock::start();
    let before = mock.state();
    for (caller, path) in writes(&mock) {
        let body = vec![b' '; 1024 * 1024 + 1];
        let answer = caller
            .call("POST", path)
            .body("application/json", body)
            .send()
            .expect(413);
        answer.json();
    }
    assert_eq!(mock.state(), before);
    let mut creditor = plain_creditor("Acme");
    creditor["description"] = json!("x".repeat(1024 * 1024 - 200));
    mock.api_user().post("/creditors", &creditor).expect(201);
    let mut user = ams::user("a@test.net");
    user["colour"] = creditor["description"].clone();
    mock.manager().post("/v2/admin/users", &user).expect(201);
}

#[test]
fn a_body_of_tens_of_thousands_of_keys_or_documents_is_answered() {
    let mock = Mock::start();
    let before = mock.state();
    let keys = |name: &str| -> Value {
        let keys = (0..30_000).map(|number| (format!("{name}{number}"), json!(1)));
        keys.collect()
    };
    let caller = mock.api_user();
    let mut dotted = plain_creditor("Acme");
    dotted["sender_address"] = keys("a.b.c");
    caller.post("/creditors", &dotted).expect(422);
    caller.post("/creditors", &keys("x")).expect(422);
    // What is large is not tried again hundreds of times to find what would be accepted.
    for number in [1, 2] {
        let told = mock.anybody().get(&format!("/_mock/journal/{number}"));
        let told = told.expect(200).text_at("/explanation/without_nearest");
        assert!(told.contains("more than 16 KiB"), "{told}");
    }
    for body in [json!(vec![1; 10_001]), json!("x".repeat(10_001))] {
        let answer = caller.post("/creditors", &body).expect(400);
        let warnings = answer.all("x-mock-warning");
        assert!(warnings[0].contains("10000 documents"), "{warnings:?}");
    }
    assert_eq!(mock.state(), before);
}

#[test]
fn unknown_paths_of_ams_are_not_found_and_other_methods_not_allowed() {
    let mock = Mock::start();
    let refused = |answer: Answer, status: u16| {
        let body = answer.expect(status).json();
        assert!(body["message"].is_string(), "{body}");
    };
    for path in [
        "/v2/admin",
        "/v2/admin/nothing",
        "/v2/admin/users/4/departments",
        "/v2/admin/user/4/group",
    ] {
        refused(mock.manager().get(path), 404);
        refused(
            mock.anybody().call("POST", path).json(&json!({})).send(),
            404,
        );
    }
    for (method, path) in [
        ("GET", "/v2/admin/users"),
        ("DELETE", "/v2/admin/users/4/department"),
        ("POST", "/v2/admin/permission/groups"),
    ] {
        refused(mock.manager().call(method, path).send(), 405);
    }
}

#[test]
fn headers_with_odd_bytes_are_no_key_and_no_content_type() {
    let mock = Mock::start();
    for bytes in [&b"\xff"[..], b"\xc3\xa5", b"amili-api-user\xff", b"\t"] {
        mock.anybody()
            .call("GET", "/creditors")
            .header("x-api-key", bytes)
            .send()
            .expect(401);
        let bearer = [b"Bearer ", bytes].concat();
        let groups = "/v2/admin/permission/groups";
        mock.anybody()
            .call("GET", groups)
            .header("authorization", bearer)
            .send()
            .expect(401);
        let call = mock
            .api_user()
            .call("POST", "/creditors")
            .json(&acme())
            .header("content-type", bytes);
        call.send().expect(400);
        let call = mock
            .api_user()
            .call("GET", "/creditors")
            .header("host", bytes);
        assert!(call.send().status < 500);
    }
}

#[test]
fn a_host_with_odd_bytes_is_not_echoed() {
    let mock = Mock::start();
    let call = mock
        .api_user()
        .call("POST", "/creditors")
        .json(&acme())
        .header("host", b"\xffevil".as_slice());
    assert!(call.send().status < 500);
}

#[test]
fn a_long_or_odd_query_is_told_in_a_plain_header() {
    let mock = Mock::start();
    for key in [
        "x".repeat(5000),
        "%C3%A5".to_owned(),
        "%0d%0aX-Evil:1".to_owned(),
        "%FF".to_owned(),
        "%00".to_owned(),
    ] {
        for answer in [
            mock.api_user().get(&format!("/creditors?{key}=1")),
            mock.manager()
                .get(&format!("/v2/admin/permission/groups?{key}")),
        ] {
            let answer = answer.expect(200);
            let warnings = answer.all("x-mock-warning");
            assert_eq!(warnings.len(), 1, "{key}");
            assert!(
                warnings[0].len() <= 500 && warnings[0].contains("query key"),
                "{warnings:?}"
            );
            assert_eq!(answer.header("x-evil"), None);
        }
    }
}

const METHODS: &[&str] = &[
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "NONSENSE",
];

/// Paths near and far from the documented ones, with queries.
fn path() -> impl Strategy<Value = String> {
    const SHAPES: &[&str] = &[
        "/creditors",
        "/creditors/{id}",
        "/users",
        "/users/{id}",
        "/access--groups/{id}",
        "/{id}",
        "/{id}/{id}",
        "/v2/admin/users",
        "/v2/admin/departments",
        "/v2/admin/permission/groups",
        "/v2/admin/users/{id}/department",
        "/v2/admin/user/{id}/groups",
        "/v2/admin/{id}",
        "/_spaces/default/{id}",
    ];
    let id = prop_oneof![
        "[0-9]{1,20}",
        "[0-9a-f]{24}",
        Just("6662fb1df4d1eaf404cb08e0".to_owned()),
        "(%[0-9A-F]{2}|[A-Za-z0-9._~-]){0,12}",
    ];
    let query = prop_oneof![
        3 => Just(String::new()),
        1 => "\\?(where|sort|projection|page|max_results|company_id|pretty)=(%[0-9A-F]{2}|[A-Za-z0-9._{}:,-]){0,20}",
    ];
    (proptest::sample::select(SHAPES), id, query)
        .prop_map(|(shape, id, query)| format!("{}{query}", shape.replace("{id}", &id)))
}

/// A field of a documented body, or another, with a value of any kind.
fn field() -> impl Strategy<Value = (String, Value)> {
    const NAMES: &[&str] = &[
        "account",
        "name",
        "is_active",
        "organization_no",
        "sender_address",
        "payout_details",
        "case_config",
        "_id",
        "data_access",
        "surname",
        "email",
        "company_id",
        "mail_otp",
        "parent_id",
        "departments",
        "groups",
        "colour",
    ];
    let value = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-5_i64..50).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!("6662fb1df4d1eaf404cb08de")),
        proptest::collection::vec(0_u64..50, 0..4).prop_map(Value::from),
        Just(json!([{ "access_group": "6662fb1df4d1eaf404cb08e0" }])),
        Just(json!({ "sek": { "bankgiro": "12312312" } })),
        Just(json!({ "city": {} })),
    ];
    (
        proptest::sample::select(NAMES).prop_map(str::to_owned),
        value,
    )
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        3 => proptest::collection::vec(field(), 0..8)
            .prop_map(|fields| fields.into_iter().collect::<Value>().to_string().into_bytes()),
        1 => proptest::collection::vec(any::<u8>(), 0..64),
    ]
}

#[test]
fn no_request_crashes_the_mock_and_none_that_is_refused_changes_anything() {
    let mock = Mock::at_guide_time();
    let callers = [
        mock.api_user(),
        mock.setup(),
        mock.manager(),
        mock.anybody(),
    ];
    let config = ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(method in proptest::sample::select(METHODS), path in path(), body in body(), caller in 0..4_usize)| {
        let before = mock.state();
        let answer = callers[caller].call(method, &path).body("application/json", body).send();
        prop_assert!(answer.status < 500 || answer.status == 501, "{} {}", answer.status, answer.text());
        if answer.status >= 400 || ["GET", "HEAD", "OPTIONS"].contains(&method) {
            prop_assert_eq!(mock.state(), before);
        }
    });
}
