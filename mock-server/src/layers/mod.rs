//! What every request passes through: its space is found, and what decided its answer becomes headers, a
//! log line and an entry of the journal.

mod capture;
mod faults;
mod trace;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::uri::{Authority, Scheme};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use crate::control::Fault;
use crate::platform::bounds::Limits;
use crate::platform::spaces::{Address, Entered, take_name};
use crate::server::Running;
use crate::serving;

pub(crate) use trace::trace;

/// The outermost layer: takes the space's name off the request and enters it.
pub(crate) async fn enter(
    State(running): State<Running>,
    mut request: Request,
    next: Next,
) -> Response {
    if let Err(fault) = check_head(&request, running.limits()) {
        return fault.into_response();
    }
    let (name, prefix) = take_name(&mut request);
    let space = match running.spaces().get(&name) {
        Ok(space) => space,
        Err(fault) => return Fault::new(fault.status(), fault.to_string()).into_response(),
    };
    let base_url = match host(request.headers()) {
        Some(host) => format!("{}://{host}{prefix}", scheme(&request)),
        None => format!("{}{prefix}", running.base_url()),
    };
    let clock = Arc::clone(&space);
    DefaultBodyLimit::max(running.limits().body).apply(&mut request);
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

/// That URL and headers are not longer than they may be: the library reads somewhat more before it refuses.
fn check_head(request: &Request, limits: &Limits) -> Result<(), Fault> {
    let url = request.uri();
    let authority = url.authority().map_or("", Authority::as_str);
    let length = authority.len() + url.path_and_query().map_or(0, |rest| rest.as_str().len());
    if length > limits.url {
        let words = serving::too_long(limits);
        return Err(Fault::new(StatusCode::URI_TOO_LONG, words));
    }
    let headers = request.headers().iter();
    // With the colon, the space and the end of the line.
    let headers = headers.map(|(name, value)| name.as_str().len() + value.len() + 4);
    if length + headers.sum::<usize>() > limits.head {
        let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
        return Err(Fault::new(status, serving::too_large(limits)));
    }
    Ok(())
}

fn http_date(now: Timestamp) -> Option<HeaderValue> {
    let printer = DateTimePrinter::new();
    let text = printer.timestamp_to_rfc9110_string(&now).ok()?;
    HeaderValue::from_str(&text).ok()
}

/// Requests meant for a real host may have come by TLS, which ends before they are here.
fn scheme(request: &Request) -> &Scheme {
    request.extensions().get().unwrap_or(&Scheme::HTTP)
}

fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST)?.to_str().ok()
}
