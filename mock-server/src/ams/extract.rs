//! What handlers take from a request: the caller and the body. What is malformed becomes a refusal.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde_json::{Map, Value};
use std::convert::Infallible;

use super::NAME;
use super::ids::UserId;
use super::refusal::Refusal;
use crate::platform::moment::{Answered, Trace};
use crate::platform::spaces::Entered;
use crate::server::BODY_LIMIT;

/// The user that the bearer token acts as.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caller(pub(super) UserId);

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Answered<Infallible, Refusal>;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let Some(Entered { space, .. }) = parts.extensions.get::<Entered>() else {
            unreachable!("the outermost layer lets nothing pass without a space");
        };
        let user = bearer(parts).and_then(|token| space.user_of(NAME, token));
        let id = user.as_ref().and_then(Value::as_i64);
        id.map(|id| Self(UserId(id)))
            .ok_or_else(|| space.refuse(Refusal::Unauthenticated))
    }
}

/// The token of an `Authorization: Bearer` header; the scheme's letter case does not count.
fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

/// The user id of a path. Whatever is no id names no user, so that the decision answers `user.002`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target(pub(super) Option<UserId>);

impl<S: Send + Sync> FromRequestParts<S> for Target {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        let id = text.ok().and_then(|Path(text)| text.parse().ok());
        Ok(Self(id.map(UserId)))
    }
}

/// The fields of a JSON body, or why there are none: a 403 comes before a fault of the body.
#[derive(Debug)]
pub(super) struct Body {
    fields: Result<Map<String, Value>, Refusal>,
    /// Whether the content type says JSON.
    labelled: bool,
}

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Infallible;

    async fn from_request(request: Request, state: &S) -> Result<Self, Infallible> {
        let content_type = request.headers().get(header::CONTENT_TYPE);
        let labelled = content_type.is_some_and(|value| {
            let value = value.as_bytes().to_ascii_lowercase();
            value.starts_with(b"application/json")
        });
        let fields = match Bytes::from_request(request, state).await {
            Ok(bytes) => fields(&bytes),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Refusal::TooLarge(BODY_LIMIT))
            }
            Err(rejection) => Err(Refusal::Unreadable(rejection.body_text())),
        };
        Ok(Self { fields, labelled })
    }
}

impl Body {
    /// The fields. A body that does not say that it is JSON is read all the same, and the caller told.
    pub(super) fn read(self, trace: &mut Trace) -> Result<Map<String, Value>, Refusal> {
        if !self.labelled {
            trace.warns("the body should come with Content-Type: application/json".to_owned());
        }
        self.fields
    }
}

fn fields(bytes: &[u8]) -> Result<Map<String, Value>, Refusal> {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Refusal::Unreadable(
            "The body must be a JSON object.".to_owned(),
        )),
        Err(fault) => Err(Refusal::Unreadable(format!(
            "The body is no readable JSON: {fault}."
        ))),
    }
}
