//! The answers about Amili's authentication.

use super::{Row, row};
use crate::amili::authentication::{PATH, advance, authenticated, expiring};
use crate::harness::{Answer, Mock};
use serde_json::json;

/// The answer to an authentication, whose one member is this.
#[track_caller]
fn holds(mock: &Mock, field: &str) -> Answer {
    let answer = authenticated(mock).expect(200);
    let body = answer.json();
    assert_eq!(body.as_object().unwrap().len(), 1);
    let token = body[field].as_str().unwrap();
    mock.amili(token).get("/creditors").expect(200);
    answer
}

/// The answer to an authentication, whose token works for so many seconds and no longer.
#[track_caller]
fn lasts(mock: &Mock, seconds: i64) -> Answer {
    let fixed = json!({ "now": "2025-11-11T12:22:34Z" });
    mock.anybody().put("/_mock/clock", &fixed).expect(200);
    let answer = authenticated(mock).expect(200);
    let caller = mock.amili(&answer.text_at("/token"));
    advance(mock, seconds - 1);
    caller.get("/creditors").expect(200);
    advance(mock, 1);
    caller.get("/creditors").expect(401);
    answer
}

/// The answer to a JWT that expires so many seconds after a moment that stands still.
fn ahead(mock: &Mock, seconds: i64) -> Answer {
    let fixed = json!({ "now": "2025-11-11T12:22:34Z" });
    mock.anybody().put("/_mock/clock", &fixed).expect(200);
    mock.amili(&expiring(mock, seconds)).get(PATH)
}

fn post(mock: &Mock) -> Answer {
    let body = json!({ "api_code": "api-code-es256" });
    mock.anybody().post(PATH, &body)
}

pub(super) const ROWS: &[Row] = &[
    row("amili.auth.token-field", "token", |mock| {
        holds(mock, "token")
    }),
    row("amili.auth.token-field", "access_token", |mock| {
        holds(mock, "access_token")
    }),
    row("amili.auth.token-field", "api_key", |mock| {
        holds(mock, "api_key")
    }),
    row("amili.auth.token-field", "x_api_key", |mock| {
        holds(mock, "x_api_key")
    }),
    row("amili.auth.token-lifetime", "one-hour", |mock| {
        lasts(mock, 60 * 60)
    }),
    row("amili.auth.token-lifetime", "ten-minutes", |mock| {
        lasts(mock, 10 * 60)
    }),
    row("amili.auth.token-lifetime", "one-day", |mock| {
        lasts(mock, 24 * 60 * 60)
    }),
    row("amili.auth.token-lifetime", "unlimited", |mock| {
        let answer = authenticated(mock).expect(200);
        advance(mock, 1_000_000_000);
        let caller = mock.amili(&answer.text_at("/token"));
        caller.get("/creditors").expect(200);
        answer
    }),
    row("amili.auth.exp-limit", "ten-minutes", |mock| {
        ahead(mock, 600).expect(200);
        ahead(mock, 601).expect(401)
    }),
    row("amili.auth.exp-limit", "eleven-minutes", |mock| {
        ahead(mock, 660).expect(200);
        ahead(mock, 661).expect(401)
    }),
    row("amili.auth.exp-limit", "unlimited", |mock| {
        ahead(mock, 1_000_000_000).expect(200)
    }),
    row("amili.auth.post-form", "absent", |mock| {
        post(mock).expect(405)
    }),
    row("amili.auth.post-form", "registered-ip", |mock| {
        post(mock).expect(200)
    }),
];
