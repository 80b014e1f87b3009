//! What handlers take from a request: the caller and the body. What is malformed becomes a refusal.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};
use std::convert::Infallible;

use super::NAME;
use super::assumptions::{ContentType, MalformedId, TokenPlace, Unreadable};
use super::ids::{Target, UserId};
use super::refusal::Refusal;
use crate::platform::assumption::Question;
use crate::platform::bounds::{Limits, is_within};
use crate::platform::moment::{Answered, Moment, note};
use crate::platform::space::Space;
use crate::platform::spaces::Entered;

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// The user that the token acts as.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caller(pub(super) UserId);

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let space = space(parts);
        let by = |place| user(space, &parts.headers, place);
        let place = space.answers().to::<TokenPlace>();
        if let Some(user) = by(place) {
            return Ok(Self(user));
        }
        let mut refused = refused(space, Refusal::Unauthenticated);
        // Carried in another way, the token would have been one.
        if TokenPlace::VARIANTS
            .iter()
            .any(|other| by(*other).is_some())
        {
            note::<TokenPlace>(&mut refused);
        }
        Err(refused)
    }
}

/// The user of the token that the headers carry in this way.
fn user(space: &Space, headers: &HeaderMap, place: TokenPlace) -> Option<UserId> {
    let name = match place {
        TokenPlace::Bearer | TokenPlace::Plain => header::AUTHORIZATION,
        TokenPlace::ApiKey => API_KEY,
    };
    let mut values = headers.get_all(name).iter();
    // Of two tokens none is the caller's: which one counts would be anybody's guess.
    let (value, None) = (values.next()?.to_str().ok()?, values.next()) else {
        return None;
    };
    let token = match place {
        TokenPlace::Bearer => bearer(value)?,
        TokenPlace::Plain | TokenPlace::ApiKey => value.trim(),
    };
    let user = space.user_of(NAME, token)?;
    user.as_i64().map(UserId)
}

/// The token after the scheme, whose letter case does not count.
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.trim().split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

impl<S: Send + Sync> FromRequestParts<S> for Target {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        let target = text.map_or(Self::Malformed, |Path(text)| Self::parse(&text));
        let space = space(parts);
        if target != Self::Malformed || space.answers().to::<MalformedId>() != MalformedId::NoPath {
            return Ok(target);
        }
        let mut refused = refused(space, Refusal::UnknownPath);
        note::<MalformedId>(&mut refused);
        Err(refused)
    }
}

/// The space of the request.
fn space(parts: &Parts) -> &Space {
    let Some(Entered { space, .. }) = parts.extensions.get::<Entered>() else {
        unreachable!("the outermost layer lets nothing pass without a space");
    };
    space
}

fn refused(space: &Space, refusal: Refusal) -> Response {
    let refused: Answered<Infallible, Refusal> = space.refuse(refusal);
    refused.into_response()
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
        let labelled = says_json(request.headers());
        let entered = request.extensions().get::<Entered>();
        let limits = entered.map_or_else(Limits::default, |entered| *entered.space.limits());
        let fields = match Bytes::from_request(request, state).await {
            Ok(bytes) => fields(&bytes, limits.nesting),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Refusal::TooLarge(limits.body))
            }
            Err(rejection) => Err(Refusal::Unreadable(rejection.body_text())),
        };
        Ok(Self { fields, labelled })
    }
}

/// `application/json`, or another type of that form.
fn says_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    content_type.is_some_and(|value| {
        let kind = value.split(';').next().unwrap_or_default().trim();
        let kind = kind.to_ascii_lowercase();
        kind.ends_with("/json") || kind.ends_with("+json")
    })
}

impl Body {
    /// The fields. What is no JSON object has some only where the answers in force are lenient.
    pub(super) fn read(self, moment: &mut Moment) -> Result<Map<String, Value>, Refusal> {
        if matches!(self.fields, Err(Refusal::TooLarge(_))) {
            return self.fields;
        }
        if !self.labelled {
            moment.warns("the body should come with Content-Type: application/json".to_owned());
            if moment.assumes::<ContentType>() == ContentType::JsonOnly {
                return Ok(Map::new());
            }
        }
        self.fields
            .or_else(|fault| match moment.assumes::<Unreadable>() {
                Unreadable::BadRequest => Err(fault),
                Unreadable::AsEmpty => Ok(Map::new()),
            })
    }
}

fn fields(bytes: &[u8], deepest: usize) -> Result<Map<String, Value>, Refusal> {
    match serde_json::from_slice(bytes) {
        Ok(value) if !is_within(&value, deepest) => Err(Refusal::Unreadable(format!(
            "The body has more than {deepest} levels (--max-nesting)."
        ))),
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Refusal::Unreadable(
            "The body must be a JSON object.".to_owned(),
        )),
        Err(fault) => Err(Refusal::Unreadable(format!(
            "The body is no readable JSON: {fault}."
        ))),
    }
}
