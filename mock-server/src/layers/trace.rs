//! The layer around each fake: what decided an answer becomes headers, counts, a log line and an entry of the
//! journal.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Extension, OriginalUri, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use jiff::Timestamp;
use serde_json::Value;

use super::capture;
use super::faults::{Struck, cut, faults};
use crate::platform::api::Api;
use crate::platform::journal::{Draft, Taken};
use crate::platform::moment::Trace;
use crate::platform::space::Space;
use crate::platform::spaces::Entered;
use crate::server::Running;

const SERVER: HeaderName = HeaderName::from_static("x-mock-server");
const RULE: HeaderName = HeaderName::from_static("x-mock-rule");
const ASSUMPTION: HeaderName = HeaderName::from_static("x-mock-assumption");
const WARNING: HeaderName = HeaderName::from_static("x-mock-warning");
/// Warnings quote the request, which may be long.
const LONGEST_WARNING: usize = 400;

const FAULT: HeaderName = HeaderName::from_static("x-mock-fault");
const JOURNAL: HeaderName = HeaderName::from_static("x-mock-journal");
/// Where a token may stand: every place that one of the fakes looks at.
const TOKEN_PLACES: [HeaderName; 2] = [header::AUTHORIZATION, HeaderName::from_static("x-api-key")];

/// A request that has come and is not answered yet.
struct Arrival {
    api: &'static str,
    time: Timestamp,
    since: Option<Instant>,
    caller: Option<Value>,
    request: Taken,
}

/// Around a fake.
pub(crate) async fn trace(
    State(api): State<&'static dyn Api>,
    Entered { space, .. }: Entered,
    Extension(running): Extension<Running>,
    request: Request,
    next: Next,
) -> Response {
    let (time, runs) = space.time();
    let since = runs.then(Instant::now);
    let uri = original_uri(&request);
    let (request, taken) = capture::request(request, uri, space.limits().body).await;
    let arrival = Arrival {
        api: api.name(),
        time,
        since,
        caller: caller(&space, api.name(), &taken.headers),
        request: taken,
    };
    // Not a layer of its own, each of which costs as much as a fifth of an answer that is ready.
    let mut response = faults(api, &space, request, next).await;
    let trace = response.extensions_mut().remove::<Arc<Trace>>();
    let trace = trace.unwrap_or_default();
    let struck = response.extensions_mut().remove::<Struck>();
    if !struck.as_ref().is_some_and(|struck| struck.is_forged) {
        space.count(&trace);
        if let Some(coverage) = running.coverage() {
            let Taken { method, uri, .. } = &arrival.request;
            coverage.note(arrival.api, method, uri.path(), response.status(), &trace);
        }
    }
    write_headers(&trace, response.headers_mut());
    if let Some(fault) = struck.as_ref().and_then(header_of) {
        response.headers_mut().insert(FAULT, fault);
    }
    log(&space, &arrival, &response, &trace);
    let (mut response, given) = capture::response(response).await;
    let is_answered = struck.as_ref().is_none_or(|struck| struck.is_answered);
    let number = space.journal().record(Draft {
        time: arrival.time,
        took: arrival.since.map(|since| since.elapsed()),
        api: arrival.api,
        caller: arrival.caller,
        request: arrival.request,
        response: is_answered.then_some(given),
        trace,
        fault: struck.map(|struck| struck.told),
    });
    response.headers_mut().insert(JOURNAL, number.into());
    cut(response)
}

fn header_of(struck: &Struck) -> Option<HeaderValue> {
    HeaderValue::from_str(&struck.told["effect"].to_string()).ok()
}

/// The address inside the space: a router below a prefix sees only the rest of it.
fn original_uri(request: &Request) -> Uri {
    let original = request.extensions().get::<OriginalUri>();
    original.map_or_else(|| request.uri().clone(), |OriginalUri(uri)| uri.clone())
}

/// The user that the token of a request acts as, wherever it stands.
fn caller(space: &Space, api: &str, headers: &HeaderMap) -> Option<Value> {
    TOKEN_PLACES.iter().find_map(|name| {
        let value = headers.get(name)?.to_str().ok()?;
        let token = value.rsplit(' ').next()?;
        space.user_of(api, token)
    })
}

/// The query is left out: it can hold personal data, and keys that somebody put there by mistake.
fn log(space: &Space, arrival: &Arrival, response: &Response, trace: &Trace) {
    tracing::info!(
        target: "request",
        space = space.name,
        method = %arrival.request.method,
        path = space.without_tokens(arrival.request.uri.path()).as_ref(),
        status = response.status().as_u16(),
        rule = trace.refused_by.map(|rule| rule.id),
    );
}

fn write_headers(trace: &Trace, headers: &mut HeaderMap) {
    headers.insert(SERVER, HeaderValue::from_static(env!("CARGO_PKG_VERSION")));
    if let Some(rule) = trace.refused_by {
        headers.insert(RULE, HeaderValue::from_static(rule.id));
    }
    for assumption in &trace.assumed {
        headers.append(ASSUMPTION, HeaderValue::from_static(assumption.id));
    }
    for warning in &trace.warnings {
        let text: String = warning.chars().take(LONGEST_WARNING).map(visible).collect();
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.append(WARNING, value);
        }
    }
}

/// Headers hold visible ASCII only.
fn visible(letter: char) -> char {
    match letter {
        ' '..='~' => letter,
        _ => '?',
    }
}
