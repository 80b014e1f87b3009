//! How cases and customers are read and found.

use serde_json::{Value, json};

use super::{active, case_of, check_keys, debt, invoice_registration};
use crate::amili::with;
use crate::harness::{ACCOUNT, Caller, Mock, asking, list};

#[test]
fn a_case_shows_its_debt_its_names_and_no_account() {
    let mock = Mock::at_guide_time();
    let creditor = active(&mock);
    let case = case_of(&mock, &creditor);
    let read = mock
        .api_user()
        .get(&format!("/cases/{case}"))
        .expect(200)
        .json();
    let now = "Tue, 11 Nov 2025 12:22:34 GMT";
    for (key, value) in json!({
        "creditor": creditor,
        "creditor_name": "Acme Inc",
        "customer_name": "Jane Doe",
        "customer_id_number": "202501012385",
        "customer_status": "initialized",
        "currency": "SEK",
        "state": "initializing",
        "state_history": [{ "state": "initializing", "state_date": now }],
        "status": "initialized",
        "latest_state_date": now,
        "local_added_capital_amount": 250.0,
        "local_remaining_capital_amount": 250.0,
        "total_remaining_capital_amount": 250.0,
    })
    .as_object()
    .unwrap()
    {
        assert_eq!(&read[key], value, "{key}");
    }
    for (key, value) in debt("778899").as_object().unwrap() {
        assert_eq!(&read["debt"][key], value, "{key}");
    }
    assert_eq!(read.get("account"), None);
    let state = mock.state();
    let kept = &list(&state, "/amili/cases")[0];
    assert_eq!(kept["account"], ACCOUNT, "it is kept all the same");
}

#[test]
fn the_projection_of_the_guide_narrows_a_case() {
    let mock = Mock::start();
    let case = case_of(&mock, &active(&mock));
    let wanted = r#"{"_id":1,"state":1,"status":1,"closed":1,"debt.invoice_number":1}"#;
    let path = asking(&format!("/cases/{case}"), &[("projection", wanted)]);
    let read = mock.api_user().get(&path).expect(200).json();
    assert_eq!(read["debt"], json!({ "invoice_number": "778899" }));
    assert_eq!(
        (&read["state"], &read["status"]),
        (&json!("initializing"), &json!("initialized"))
    );
    assert_eq!(read.get("currency"), None);
}

/// How many cases a filter finds.
#[track_caller]
fn found(caller: &Caller, wanted: &Value) -> u64 {
    let path = asking("/cases", &[("where", &wanted.to_string())]);
    caller.get(&path).expect(200).json()["_meta"]["total"]
        .as_u64()
        .unwrap()
}

#[test]
fn cases_are_found_by_what_they_hold() {
    let mock = Mock::start();
    let (first, second) = (active(&mock), active(&mock));
    let caller = mock.api_user();
    case_of(&mock, &first);
    case_of(&mock, &first);
    case_of(&mock, &second);
    for (wanted, count) in [
        (json!({}), 3),
        (json!({ "creditor": first }), 2),
        (json!({ "creditor": second, "state": "initializing" }), 1),
        (json!({ "debt.invoice_number": "778899" }), 3),
        (json!({ "debt.invoice_number": "1" }), 0),
    ] {
        assert_eq!(found(&caller, &wanted), count, "{wanted}");
    }
}

#[test]
fn a_customer_shows_what_the_page_lists() {
    let mock = Mock::start();
    let creditor = active(&mock);
    let answer = mock
        .api_user()
        .post("/invoice--registrations", &invoice_registration(&creditor));
    check_keys(&answer, &["_case"]);
    let case = answer.text_at("/_case");
    let case = mock.api_user().get(&format!("/cases/{case}")).expect(200);
    let path = format!("/customers/{}", case.text_at("/customer"));
    let mut read = mock.api_user().get(&path).expect(200).json();
    for automatic in ["_id", "_etag", "_created", "_updated"] {
        read.as_object_mut().unwrap().shift_remove(automatic);
    }
    let said = invoice_registration(&creditor)["customer"].clone();
    assert_eq!(read, with(said, json!({ "is_active": true })));
}

/// The names of the customers that a search finds.
fn searched(mock: &Mock, pairs: &[(&str, &str)]) -> Vec<Value> {
    let answer = mock
        .api_user()
        .get(&asking("/customers", pairs))
        .expect(200);
    assert!(
        answer
            .all("x-mock-assumption")
            .contains(&"amili.customer.search")
    );
    let body = answer.json();
    list(&body, "/_items")
        .iter()
        .map(|customer| customer["name"].clone())
        .collect()
}

#[test]
fn customers_are_searched_by_the_parameters_of_their_page() {
    let mock = Mock::start();
    let creditor = active(&mock);
    case_of(&mock, &creditor);
    mock.api_user()
        .post("/invoice--registrations", &invoice_registration(&creditor))
        .expect(201);
    for (key, value) in [
        ("id_number", "202501012385"),
        ("name", "Jane Doe"),
        ("email", "jane.doe@domain.se"),
    ] {
        assert_eq!(searched(&mock, &[(key, value)]), ["Jane Doe"], "{key}");
    }
    assert!(searched(&mock, &[("name", "Jane Doe"), ("email", "x@domain.se")]).is_empty());
    let narrowed = [("name", "Jane Doe"), ("where", r#"{"is_person": false}"#)];
    assert!(searched(&mock, &narrowed).is_empty());
    let ignored = mock.api_user().get("/cases?name=Jane").expect(200);
    assert!(
        !ignored.all("x-mock-warning").is_empty(),
        "other lists have no search"
    );
}
