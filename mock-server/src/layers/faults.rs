//! What the trace is around: carries out the faults that strike a request.

use std::time::Duration;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, StreamExt};
use jiff::Timestamp;
use serde_json::Value;

use crate::platform::api::Api;
use crate::platform::faults::{Aim, Effect};
use crate::platform::journal::Taken;
use crate::platform::limits::Spent;
use crate::platform::space::Space;
use crate::serving::HangUp;

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");
/// How long a limit without a window asks a client to wait, in seconds.
const RETRY_AFTER: u64 = 1;

/// In an answer: the fault that made it what it is, as a journal tells it.
#[derive(Debug, Clone)]
pub(super) struct Struck {
    pub(super) told: Value,
    /// Whether the answer is no longer the fake's own, so that it is evidence for nothing.
    pub(super) is_forged: bool,
    /// Whether there is an answer, sent or not.
    pub(super) is_answered: bool,
}

/// Around the answer of a fake.
pub(super) async fn faults<F: Future<Output = Response>>(
    api: &'static dyn Api,
    space: &Space,
    asked: &Taken,
    answer: impl FnOnce() -> F,
) -> Response {
    let blow = space.strike(Aim {
        api: api.name(),
        method: &asked.method,
        path: asked.uri.path(),
        key: key(&asked.headers),
    });
    let Some(told) = blow.told() else {
        return answer().await;
    };
    if blow.delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(blow.delay_ms)).await;
    }
    let is_forged = blow.effect.is_some();
    let is_answered = !matches!(blow.effect, Some((Effect::Drop, _)));
    let mut response = match blow.effect {
        Some((effect, spent)) => carry_out(&effect, spent, api, space.now(), answer).await,
        None => answer().await,
    };
    response.extensions_mut().insert(Struck {
        told,
        is_forged,
        is_answered,
    });
    response
}

/// What stands where a key or token does: requests with the same are counted together.
fn key(headers: &HeaderMap) -> &str {
    let found = headers
        .get(API_KEY)
        .or_else(|| headers.get(header::AUTHORIZATION));
    found.and_then(|key| key.to_str().ok()).unwrap_or_default()
}

async fn carry_out<F: Future<Output = Response>>(
    effect: &Effect,
    spent: Option<Spent>,
    api: &dyn Api,
    now: Timestamp,
    answer: impl FnOnce() -> F,
) -> Response {
    match effect {
        Effect::Status { status, body } => forged(*status, body.clone(), api),
        Effect::RateLimit { retry_after, .. } => {
            let mut response = forged(StatusCode::TOO_MANY_REQUESTS.as_u16(), None, api);
            let until_end = spent.map(|spent| spent.ends.saturating_sub(now.as_second()));
            let until_end = until_end.and_then(|seconds| u64::try_from(seconds).ok());
            let wait = retry_after.or(until_end).unwrap_or(RETRY_AFTER);
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, wait.into());
            response
        }
        Effect::Drop => hanging_up(StatusCode::NO_CONTENT.into_response()),
        Effect::LoseAnswer => hanging_up(answer().await),
        Effect::Truncate { keep } => truncated(answer().await, *keep).await,
        Effect::Delay { .. } => answer().await,
    }
}

fn forged(status: u16, body: Option<Value>, api: &dyn Api) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let has_body = ![StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&status);
    match body.or_else(|| has_body.then(|| api.error(status))) {
        Some(body) => (status, Json(body)).into_response(),
        None => status.into_response(),
    }
}

fn hanging_up(mut response: Response) -> Response {
    response.extensions_mut().insert(HangUp);
    response
}

/// The answer with its whole length announced and a part of its body sent, after which the connection ends.
async fn truncated(response: Response, keep: Option<usize>) -> Response {
    let (mut parts, body) = response.into_parts();
    // Every answer of the fakes is in memory already, so that reading it cannot fail.
    let whole = axum::body::to_bytes(body, usize::MAX)
        .await
        .unwrap_or_default();
    let keep = keep.unwrap_or(whole.len() / 2);
    if keep >= whole.len() {
        return Response::from_parts(parts, Body::from(whole));
    }
    parts
        .headers
        .insert(header::CONTENT_LENGTH, whole.len().into());
    parts.extensions.insert(Cut(whole.slice(..keep)));
    Response::from_parts(parts, Body::from(whole))
}

/// In an answer: as much of its body as is sent.
#[derive(Debug, Clone)]
pub(super) struct Cut(Bytes);

/// The body that ends too early.
pub(super) fn cut(response: Response) -> Response {
    let Some(Cut(sent)) = response.extensions().get::<Cut>().cloned() else {
        return response;
    };
    let broken = async {
        // What has been written is sent only while the body lets it wait.
        tokio::task::yield_now().await;
        Err(std::io::Error::other(
            "the body is cut, as a fault asks for",
        ))
    };
    let body = stream::iter([Ok::<Bytes, std::io::Error>(sent)]).chain(stream::once(broken));
    response.map(|_| Body::from_stream(body))
}
