//! What handlers take from a request: the caller, an id, the body. What is malformed becomes a refusal.

use std::convert::Infallible;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Multipart, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use bson::Bson;
use bson::oid::ObjectId;

use super::NAME;
use super::eve::{body, hex};
use super::refusal::Refusal;
use crate::platform::bounds::Limits;
use crate::platform::moment::Answered;
use crate::platform::spaces::Entered;

/// The header that holds the key.
pub(super) const KEY: &str = "x-api-key";

/// The answer to a request of which a part cannot be taken.
pub(super) type Rejection = Answered<Infallible, Refusal>;

/// The refusal in a rejection, for a handler that judges it in its own time.
pub(super) fn refusal_of(rejection: Rejection) -> Refusal {
    match rejection.outcome {
        Err(refusal) => refusal,
    }
}

fn reject(parts: &Parts, refusal: Refusal) -> Rejection {
    reject_in(parts.extensions.get::<Entered>(), refusal)
}

fn reject_in(entered: Option<&Entered>, refusal: Refusal) -> Rejection {
    match entered {
        Some(entered) => entered.space.refuse(refusal),
        None => Answered::bare(refusal),
    }
}

/// The user that the key in `X-API-Key` acts as.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caller(pub(super) ObjectId);

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Rejection> {
        let key = parts.headers.get(KEY).and_then(|key| key.to_str().ok());
        let entered = parts.extensions.get::<Entered>();
        let user = entered
            .zip(key)
            .and_then(|(entered, key)| entered.space.user_of(NAME, key));
        let id = user.as_ref().and_then(|user| user.as_str());
        id.and_then(hex::id).map(Self).ok_or_else(|| {
            let ended = entered
                .zip(key)
                .and_then(|(entered, key)| entered.space.token_ended(NAME, key));
            reject(
                parts,
                ended.map_or(Refusal::Unauthenticated, Refusal::TokenEnded),
            )
        })
    }
}

/// The id in a path. The framework has no route for anything but 24 lower-case hex digits, so that
/// this comes before the key in a handler's list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Id(pub(super) ObjectId);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        let text = Path::<String>::from_request_parts(parts, state).await;
        let lower = |text: &String| !text.bytes().any(|byte| byte.is_ascii_uppercase());
        text.ok()
            .filter(|Path(text)| lower(text))
            .and_then(|Path(text)| hex::id(&text))
            .map(Self)
            .ok_or_else(|| reject(parts, Refusal::MalformedId))
    }
}

/// The value of a body.
#[derive(Debug)]
pub(super) struct Body(pub(super) Bson);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Rejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejection> {
        let entered = request.extensions().get::<Entered>().cloned();
        let limits = entered
            .as_ref()
            .map_or_else(Limits::default, |entered| *entered.space.limits());
        let kind = Kind::of(request.headers());
        let named = request.headers().get(header::CONTENT_TYPE).cloned();
        let read = match Bytes::from_request(request, state).await {
            Ok(bytes) => match kind {
                Ok(kind) => kind.read(named, bytes, limits.nesting).await,
                Err(refusal) => Err(refusal),
            },
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Refusal::TooLarge(limits.body))
            }
            Err(rejection) => Err(Refusal::UnreadableBody(rejection.body_text())),
        };
        read.map(Self)
            .map_err(|refusal| reject_in(entered.as_ref(), refusal))
    }
}

/// How a body is written.
enum Kind {
    Json,
    Form,
    Multipart,
}

impl Kind {
    /// The framework compares the content type letter by letter, without its parameters.
    fn of(headers: &HeaderMap) -> Result<Self, Refusal> {
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok());
        match kind.and_then(|kind| kind.split(';').next()).map(str::trim) {
            Some("application/json") => Ok(Self::Json),
            Some("application/x-www-form-urlencoded") => Ok(Self::Form),
            Some("multipart/form-data") => Ok(Self::Multipart),
            _ => Err(Refusal::ContentType),
        }
    }

    async fn read(
        self,
        named: Option<HeaderValue>,
        bytes: Bytes,
        deepest: usize,
    ) -> Result<Bson, Refusal> {
        let (fields, without_any) = match self {
            Self::Json => {
                return body::read_within(&bytes, deepest)
                    .map_err(|fault| Refusal::UnreadableBody(fault.0));
            }
            Self::Form => (
                form_urlencoded::parse(&bytes).into_owned().collect(),
                "No form-urlencoded data supplied",
            ),
            Self::Multipart => (
                parts_of(named, bytes).await,
                "No multipart/form-data supplied",
            ),
        };
        body::form(fields)
            .map(Bson::Document)
            .ok_or(Refusal::EmptyForm(without_any))
    }
}

/// The fields of a form in parts. What is no field, a file or a broken part, is as good as absent.
async fn parts_of(named: Option<HeaderValue>, bytes: Bytes) -> Vec<(String, String)> {
    let mut request = Request::new(bytes.into());
    if let Some(named) = named {
        request.headers_mut().insert(header::CONTENT_TYPE, named);
    }
    // The body has been read within the limit already.
    DefaultBodyLimit::disable().apply(&mut request);
    let mut fields = Vec::new();
    let Ok(mut form) = Multipart::from_request(request, &()).await else {
        return fields;
    };
    while let Ok(Some(field)) = form.next_field().await {
        let name = field.name().map(str::to_owned);
        let is_file = field.file_name().is_some();
        if let (Some(name), false, Ok(text)) = (name, is_file, field.text().await) {
            fields.push((name, text));
        }
    }
    fields
}
