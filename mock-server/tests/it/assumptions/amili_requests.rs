//! The answers about Amili: what requests may bring or ask for, and accounts.

use serde_json::{Value, json};

use super::{Row, row};
use crate::amili::accounts::{account, partner};
use crate::amili::{
    BAD_REQUEST, FORBIDDEN, NOBODYS_ID, acme, acme_with, all, invalid, plain_creditor, refused,
    refused_without_a_trace, user, with,
};
use crate::harness::{Answer, Mock, asking, list};

fn post(mock: &Mock, body: &Value) -> Answer {
    mock.api_user().post("/creditors", body)
}

fn with_an_id(mock: &Mock) -> Answer {
    post(mock, &acme_with(json!({ "_id": NOBODYS_ID })))
}

fn page_of(mock: &Mock, size: &str) -> Answer {
    let path = asking("/creditors", &[("max_results", size)]);
    mock.api_user().get(&path)
}

fn two(mock: &Mock) -> Answer {
    post(mock, &json!([acme(), plain_creditor("Bolag")]))
}

/// The answer to a creditor of an account that does not exist; a user's is of the same status.
fn for_nobody(mock: &Mock) -> Answer {
    let account = json!({ "account": NOBODYS_ID });
    let answer = post(mock, &with(acme(), account.clone()));
    let user = mock.api_user().post("/users", &with(user(&[]), account));
    assert_eq!(user.status, answer.status, "{}", user.text());
    assert!(all(&mock.api_user(), "creditors").is_empty());
    answer
}

fn without_creditor(mock: &Mock) -> Answer {
    let mut body = account(json!({}));
    let fields = body.as_object_mut().unwrap();
    fields.shift_remove("initial_creditor_data");
    partner(mock).post("/accounts", &body)
}

/// The answer to a user that a partner makes for itself.
fn of_partner(mock: &Mock) -> Answer {
    let partner = partner(mock);
    let own = partner.get("/partners").expect(200).json();
    let body = json!({ "partner": own["_items"][0]["_id"], "name": "Ours" });
    partner.post("/users", &body)
}

pub(super) const ROWS: &[Row] = &[
    row("amili.user.owner", "one-of", |mock| {
        of_partner(mock).expect(201)
    }),
    row("amili.user.owner", "account", |mock| {
        let answer = of_partner(mock);
        invalid(&answer, &[("partner", "unknown field")]);
        answer
    }),
    row("amili.body.own-id", "accepted", |mock| {
        let answer = with_an_id(mock).expect(201);
        assert_eq!(answer.id(), NOBODYS_ID);
        mock.api_user()
            .get(&format!("/creditors/{NOBODYS_ID}"))
            .expect(200);
        answer
    }),
    row("amili.body.own-id", "refused", |mock| {
        let answer = with_an_id(mock);
        invalid(&answer, &[("_id", "field is read-only")]);
        assert!(all(&mock.api_user(), "creditors").is_empty());
        answer
    }),
    row("amili.list.over-limit", "clamped", |mock| {
        for size in ["1000", "100.5"] {
            assert_eq!(
                page_of(mock, size).expect(200).json()["_meta"]["max_results"],
                100
            );
        }
        let answer = page_of(mock, "101").expect(200);
        assert_eq!(answer.json()["_meta"]["max_results"], 100);
        answer
    }),
    row("amili.list.over-limit", "refused", |mock| {
        for size in ["1", "100", "x", "-101", "0"] {
            page_of(mock, size).expect(200);
        }
        refused(&page_of(mock, "1000"), 400, BAD_REQUEST);
        let answer = page_of(mock, "101");
        refused(&answer, 400, BAD_REQUEST);
        answer
    }),
    row("amili.write.bulk", "accepted", |mock| {
        let answer = two(mock).expect(201);
        assert_eq!(list(&answer.json(), "/_items").len(), 2);
        assert_eq!(all(&mock.api_user(), "creditors").len(), 2);
        answer
    }),
    row("amili.write.bulk", "refused", |mock| {
        let single = post(mock, &json!([acme()])).expect(201);
        assert_eq!(single.json().get("_items"), None);
        refused_without_a_trace(
            mock,
            || two(mock),
            |answer| refused(answer, 400, BAD_REQUEST),
        );
        two(mock)
    }),
    row("amili.scope.unknown-account", "422", |mock| {
        let answer = for_nobody(mock);
        let problem =
            format!("value '{NOBODYS_ID}' must exist in resource 'accounts', field '_id'.");
        invalid(&answer, &[("account", &problem)]);
        answer
    }),
    row("amili.scope.unknown-account", "403", |mock| {
        // A new account that brings its own id is no document for an account that does not exist.
        let body = with(account(json!({})), json!({ "_id": NOBODYS_ID }));
        partner(mock).post("/accounts", &body).expect(201);
        let other = with(acme(), json!({ "account": "0123456789abcdef01234568" }));
        let answer = post(mock, &other);
        refused(&answer, 403, FORBIDDEN);
        answer
    }),
    row("amili.account.initial-creditor", "required", |mock| {
        let answer = without_creditor(mock);
        invalid(&answer, &[("initial_creditor_data", "required field")]);
        assert!(all(&partner(mock), "accounts").is_empty());
        answer
    }),
    row("amili.account.initial-creditor", "optional", |mock| {
        let answer = without_creditor(mock).expect(201);
        assert!(all(&partner(mock), "creditors").is_empty());
        let groups = all(&partner(mock), "access--groups");
        let kinds: Vec<_> = groups.iter().map(|group| &group["type"]).collect();
        assert_eq!(kinds, ["account_admin", "api_user"]);
        answer
    }),
];
