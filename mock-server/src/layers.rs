//! What every request passes through: its space is found, and its trace becomes headers and a log line.

use std::sync::Arc;

use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use crate::control::Fault;
use crate::platform::moment::Trace;
use crate::platform::spaces::{Address, Entered, take_name};
use crate::server::Running;

const SERVER: HeaderName = HeaderName::from_static("x-mock-server");
const RULE: HeaderName = HeaderName::from_static("x-mock-rule");
const ASSUMPTION: HeaderName = HeaderName::from_static("x-mock-assumption");
const WARNING: HeaderName = HeaderName::from_static("x-mock-warning");
/// Warnings quote the request, which may be long.
const LONGEST_WARNING: usize = 400;

/// The outermost layer: takes the space's name off the request and enters it.
pub(crate) async fn enter(
    State(running): State<Running>,
    mut request: Request,
    next: Next,
) -> Response {
    let (name, prefix) = take_name(&mut request);
    let space = match running.spaces().get(&name) {
        Ok(space) => space,
        Err(fault) => return Fault::new(fault.status(), fault.to_string()).into_response(),
    };
    let base_url = match host(request.headers()) {
        Some(host) => format!("http://{host}{prefix}"),
        None => format!("{}{prefix}", running.base_url()),
    };
    let clock = Arc::clone(&space);
    request.extensions_mut().insert(Entered {
        space,
        address: Address { base_url },
    });
    let mut response = next.run(request).await;
    // The server would write the machine's time, which no seed and no clock of ours determine.
    if let Some(date) = http_date(clock.now()) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

fn http_date(now: Timestamp) -> Option<HeaderValue> {
    let printer = DateTimePrinter::new();
    let text = printer.timestamp_to_rfc9110_string(&now).ok()?;
    HeaderValue::from_str(&text).ok()
}

fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST)?.to_str().ok()
}

/// Around each fake: turns the trace of an answer into headers, counts and a log line.
pub(crate) async fn trace(entered: Entered, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    // The query can hold personal data, and keys that somebody put there by mistake.
    let uri = request
        .extensions()
        .get::<OriginalUri>()
        .map(|OriginalUri(uri)| uri);
    let path = uri.unwrap_or(request.uri()).path().to_owned();
    let mut response = next.run(request).await;
    let trace = response.extensions_mut().remove::<Arc<Trace>>();
    let trace = trace.unwrap_or_default();
    entered.space.count(&trace);
    let rule = trace.refused_by.map(|rule| rule.id);
    tracing::info!(
        target: "request",
        space = entered.space.name,
        %method,
        path,
        status = response.status().as_u16(),
        rule,
    );
    write_headers(&trace, response.headers_mut());
    response
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
