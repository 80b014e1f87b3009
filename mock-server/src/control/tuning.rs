//! What a test sets or asks: tokens and the clock.

use axum::Json;
use axum::body::Bytes;
use axum::extract::Extension;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};
use serde_json::{Value, json};

use super::Fault;
use crate::platform::clock::Clock;
use crate::platform::space::{self, IssueError};
use crate::platform::spaces::Entered;
use crate::platform::whole;
use crate::server::Running;

/// The body of `POST /_mock/tokens`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenRequest {
    api: String,
    user: Value,
    #[serde(default, deserialize_with = "seconds")]
    expires_in: Option<u32>,
}

fn seconds<'de, D: Deserializer<'de>>(source: D) -> Result<Option<u32>, D::Error> {
    whole::seconds(source).map(Some)
}

/// `POST /_mock/tokens`: a token that acts as a user.
pub(super) async fn issue_token(
    Entered { space, .. }: Entered,
    Extension(running): Extension<Running>,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Fault> {
    let request: TokenRequest = read(
        &body,
        r#"{"api": "amili" or "ams", "user": ID, "expires_in": SECONDS}, the last being optional"#,
    )?;
    let apis = running.api_names();
    if !apis.contains(&request.api.as_str()) {
        let text = format!(
            "no API is called '{}'; there are {}",
            request.api,
            apis.join(", ")
        );
        return Err(Fault::new(StatusCode::BAD_REQUEST, text));
    }
    let issued = space.issue(&request.api, &request.user, request.expires_in);
    let grant = issued.map_err(|error| match error {
        IssueError::NoUser => {
            let text = format!("{} has no user {}", request.api, request.user);
            Fault::new(StatusCode::NOT_FOUND, text)
        }
        IssueError::Full { records } => {
            Fault::new(StatusCode::INSUFFICIENT_STORAGE, space::full(records))
        }
    })?;
    let mut told = json!({ "token": grant.token });
    if let Some(until) = grant.until {
        told["until"] = json!(until);
    }
    Ok((StatusCode::CREATED, Json(told)))
}

/// `GET /_mock/clock`.
pub(super) async fn clock(Entered { space, .. }: Entered) -> Json<Value> {
    Json(space.clock())
}

/// The body of `PUT /_mock/clock`, one of the three.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
enum ClockRequest {
    Now(Timestamp),
    AdvanceSeconds(#[serde(deserialize_with = "whole::seconds")] i64),
    Mode(Mode),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    Real,
}

/// `PUT /_mock/clock`: an instant that stands still, a step, or the machine's clock.
pub(super) async fn set_clock(
    Entered { space, .. }: Entered,
    body: Bytes,
) -> Result<Json<Value>, Fault> {
    let form = r#"{"now": "2025-11-11T12:22:34Z"}, {"advance_seconds": 60} or {"mode": "real"}"#;
    let request: ClockRequest = read(&body, form)?;
    let outcome = space.set_clock(|clock| match request {
        ClockRequest::Now(now) => Clock::fixed(now),
        ClockRequest::AdvanceSeconds(seconds) => clock.advanced(seconds),
        ClockRequest::Mode(Mode::Real) => Ok(Clock::default()),
    });
    match outcome {
        Ok(()) => Ok(Json(space.clock())),
        Err(fault) => Err(Fault::new(StatusCode::BAD_REQUEST, fault.to_string())),
    }
}

/// A body, or a fault that tells what form it must have.
pub(super) fn read<T: DeserializeOwned>(body: &[u8], form: &str) -> Result<T, Fault> {
    serde_json::from_slice(body).map_err(|fault| {
        let text = format!("{fault}; the body must be {form}");
        Fault::new(StatusCode::BAD_REQUEST, text)
    })
}
