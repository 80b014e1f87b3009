//! The answers about Amili: how requests are refused that no resource sees, and how lists are asked.

use serde_json::{Value, json};

use super::{Row, row};
use crate::amili::{BAD_REQUEST, NOBODYS_ID, NOT_FOUND, acme, acme_with, groups_of, refused};
use crate::harness::{ACCOUNT, Answer, Caller, Mock, asking};

const UNREADABLE: &str = "{\"name\": ";
const METHOD: &str = "The method is not allowed for the requested URL.";
const TOO_MANY: &str = "Rate limit exceeded";

fn unreadable(mock: &Mock) -> Answer {
    let call = mock.api_user().call("POST", "/creditors");
    call.body("application/json", UNREADABLE).send()
}

fn as_text(mock: &Mock) -> Answer {
    let call = mock.api_user().call("POST", "/creditors");
    call.body("text/plain", acme().to_string()).send()
}

fn no_where(mock: &Mock) -> Answer {
    mock.api_user()
        .get(&asking("/creditors", &[("where", "{")]))
}

fn head_and_options(mock: &Mock) -> (Answer, Answer) {
    let call = |method| mock.api_user().call(method, "/creditors").send();
    (call("HEAD"), call("OPTIONS"))
}

/// The last of so many lists at one instant.
fn reads(caller: &Caller, count: usize) -> Answer {
    let read = || caller.get("/partners");
    (1..count).for_each(|_| assert_ne!(read().status, 500));
    read()
}

fn stop_clock(mock: &Mock, at: &str) {
    let now = json!({ "now": at });
    mock.anybody().put("/_mock/clock", &now).expect(200);
}

fn ids(answer: &Answer) -> Vec<Value> {
    let body = answer.json();
    let items = body["_items"].as_array().unwrap().iter();
    items.map(|item| item["_id"].clone()).collect()
}

fn asked(mock: &Mock, resource: &str, wanted: &Value) -> Answer {
    let path = asking(resource, &[("where", &wanted.to_string())]);
    mock.api_user().get(&path).expect(200)
}

fn active_as_text(mock: &Mock) -> Answer {
    let made = mock.api_user().post("/creditors", &acme()).expect(201);
    let is_it = json!({ "_id": made.id() });
    for wanted in [
        json!({ "is_active": true }),
        json!({ "name": "Acme Inc" }),
        is_it,
    ] {
        assert_eq!(
            asked(mock, "/creditors", &wanted).json()["_meta"]["total"],
            1
        );
    }
    asked(mock, "/creditors", &json!({ "is_active": "true" }))
}

pub(super) const ROWS: &[Row] = &[
    row("amili.auth.refusal-text", "framework", |mock| {
        let answer = mock.anybody().get("/creditors");
        refused(&answer, 401, "Please provide proper credentials");
        answer
    }),
    row("amili.auth.refusal-text", "plain", |mock| {
        refused(&mock.amili("x").get("/users"), 401, "Unauthorized");
        let answer = mock.anybody().get("/creditors");
        refused(&answer, 401, "Unauthorized");
        answer
    }),
    row("amili.body.unreadable", "400", |mock| {
        let answer = unreadable(mock);
        refused(&answer, 400, BAD_REQUEST);
        answer
    }),
    row("amili.body.unreadable", "422", |mock| {
        let answer = unreadable(mock);
        refused(&answer, 422, BAD_REQUEST);
        answer
    }),
    row("amili.body.other-content-type", "400", |mock| {
        as_text(mock).expect(400)
    }),
    row("amili.body.other-content-type", "415", |mock| {
        as_text(mock).expect(415)
    }),
    row("amili.path.malformed-id", "404", |mock| {
        let answer = mock.api_user().get("/creditors/12");
        refused(&answer, 404, NOT_FOUND);
        answer
    }),
    row("amili.path.malformed-id", "400", |mock| {
        mock.api_user()
            .get(&format!("/creditors/{NOBODYS_ID}"))
            .expect(404);
        mock.api_user().get("/nothing").expect(404);
        let answer = mock.api_user().get("/creditors/12");
        refused(&answer, 400, BAD_REQUEST);
        answer
    }),
    row("amili.method.not-offered", "405", |mock| {
        let answer = mock.api_user().call("PATCH", "/users").send();
        refused(&answer, 405, METHOD);
        answer
    }),
    row("amili.method.not-offered", "404", |mock| {
        let answer = mock.api_user().call("PATCH", "/users").send();
        refused(&answer, 404, NOT_FOUND);
        answer
    }),
    row("amili.method.head-and-options", "answered", |mock| {
        let (head, options) = head_and_options(mock);
        assert!(head.body.is_empty() && head.header("x-total-count") == Some("0"));
        assert!(options.header("allow").unwrap().contains("POST"));
        assert!(
            head.all("x-mock-assumption")
                .contains(&"amili.method.head-and-options")
        );
        options.expect(200)
    }),
    row("amili.method.head-and-options", "refused", |mock| {
        let (head, options) = head_and_options(mock);
        head.expect(405);
        options.expect(405)
    }),
    row("amili.rate-limit.enforced", "off", |mock| {
        stop_clock(mock, "2025-11-11T12:22:34Z");
        let answer = reads(&mock.api_user(), 101).expect(200);
        assert_eq!(answer.header("x-ratelimit-limit"), None);
        answer
    }),
    row("amili.rate-limit.enforced", "on", |mock| {
        stop_clock(mock, "2025-11-11T12:22:34Z");
        let caller = mock.api_user();
        let tenth = reads(&caller, 10).expect(200);
        assert_eq!(tenth.header("x-ratelimit-limit"), Some("100"));
        assert_eq!(tenth.header("x-ratelimit-remaining"), Some("90"));
        // The minute ends at 12:23:00.
        assert_eq!(tenth.header("x-ratelimit-reset"), Some("1762863780"));
        let answer = reads(&caller, 1);
        refused(&answer, 429, TOO_MANY);
        // Each key has its own, and a key that nobody has is refused as ever.
        reads(&mock.amili("amili-account-admin"), 10).expect(200);
        reads(&mock.amili("nobody's"), 12).expect(401);
        for second in 35..44 {
            stop_clock(mock, &format!("2025-11-11T12:22:{second}Z"));
            reads(&caller, 1).expect(200);
            reads(&caller, 9);
        }
        stop_clock(mock, "2025-11-11T12:22:50Z");
        let hundredth = reads(&caller, 1);
        assert_eq!(hundredth.header("x-ratelimit-remaining"), Some("0"));
        refused(&hundredth, 429, TOO_MANY);
        stop_clock(mock, "2025-11-11T12:23:00Z");
        reads(&caller, 1).expect(200);
        answer
    }),
    row("amili.query.malformed-status", "400", |mock| {
        no_where(mock).expect(400)
    }),
    row("amili.query.malformed-status", "422", |mock| {
        no_where(mock).expect(422)
    }),
    row("amili.query.value-types", "strict", |mock| {
        let answer = active_as_text(mock);
        assert!(ids(&answer).is_empty());
        answer
    }),
    row("amili.query.value-types", "lenient", |mock| {
        let answer = active_as_text(mock);
        assert_eq!(ids(&answer).len(), 1);
        for found in [
            json!({ "creditor_number": "2000001" }),
            json!({ "$or": [{ "creditor_number": "2000001" }, { "name": "x" }] }),
            json!({ "organization_no": acme()["organization_no"] }),
        ] {
            assert_eq!(ids(&asked(mock, "/creditors", &found)).len(), 1, "{found}");
        }
        let none = json!({ "is_active": "false" });
        assert!(ids(&asked(mock, "/creditors", &none)).is_empty());
        answer
    }),
    row("amili.list.default-order", "oldest-first", |mock| {
        let answer = mock.api_user().get("/access--groups").expect(200);
        assert_eq!(answer.json()["_items"][0]["type"], "account_admin");
        answer
    }),
    row("amili.list.default-order", "newest-first", |mock| {
        let caller = mock.api_user();
        let made = ["A", "B", "C"].map(|name| {
            let body = acme_with(json!({ "name": name }));
            Value::String(caller.post("/creditors", &body).expect(201).id())
        });
        let [first, second, third] = made;
        let page = caller.get("/creditors?max_results=2&page=2").expect(200);
        assert_eq!(ids(&page), std::slice::from_ref(&first));
        let sorted = caller.get("/creditors?sort=name").expect(200);
        assert_eq!(ids(&sorted)[0], first);
        let answer = caller.get("/creditors?max_results=2").expect(200);
        assert_eq!(ids(&answer), [third, second]);
        answer
    }),
    row("amili.access-group.creditor-filter", "own", |mock| {
        let creditor = mock.api_user().post("/creditors", &acme()).expect(201).id();
        let answer = asked(mock, "/access--groups", &json!({ "creditor": creditor }));
        assert_eq!(ids(&answer).len(), 2);
        answer
    }),
    row(
        "amili.access-group.creditor-filter",
        "with-account-level",
        |mock| {
            let caller = mock.api_user();
            let creditor = caller.post("/creditors", &acme()).expect(201).id();
            let other = acme_with(json!({ "name": "Bolag" }));
            let other = caller.post("/creditors", &other).expect(201).id();
            assert_eq!(groups_of(&caller, &other).len(), 4);
            let admins = json!({ "creditor": creditor, "type": "admin" });
            assert_eq!(ids(&asked(mock, "/access--groups", &admins)).len(), 1);
            let nobodys = json!({ "creditor": NOBODYS_ID });
            assert!(ids(&asked(mock, "/access--groups", &nobodys)).is_empty());
            let answer = asked(mock, "/access--groups", &json!({ "creditor": creditor }));
            let body = answer.json();
            let types = body["_items"].as_array().unwrap().iter();
            let types: Vec<_> = types.map(|group| group["type"].as_str().unwrap()).collect();
            assert_eq!(types, ["account_admin", "api_user", "admin", "user"]);
            assert_eq!(body["_items"][0]["account"], ACCOUNT);
            answer
        },
    ),
];
