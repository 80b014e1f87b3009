//! What every request passes through: its space is found, and what decided its answer becomes headers, a
//! log line and an entry of the journal.

mod capture;
mod faults;
mod trace;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use crate::control::Fault;
use crate::platform::spaces::{Address, Entered, take_name};
use crate::server::{BODY_LIMIT, Running};

pub(crate) use trace::trace;

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
    DefaultBodyLimit::max(BODY_LIMIT).apply(&mut request);
    request.extensions_mut().insert(running);
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
