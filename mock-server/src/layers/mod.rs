//! What every request passes through: its space is found, and who answers it there; what decided its answer
//! becomes headers, a log line and an entry of the journal.

mod capture;
mod faults;
mod trace;

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::uri::{Authority, Scheme};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use tower::Service;

use crate::control::{self, Fault};
use crate::platform::bounds::Limits;
use crate::platform::paths::is_below;
use crate::platform::space::Space;
use crate::platform::spaces::{Address, Entered, take_name};
use crate::server::Running;
use crate::serving;

pub(crate) use trace::Mounted;

/// Everything that answers requests.
pub(crate) struct Front {
    running: Running,
    control: Router,
    fakes: Vec<Mounted>,
    dates: Dates,
}

impl Front {
    /// The control API, and fakes of which the last answers what lies below no other's prefix.
    pub(crate) fn new(running: Running, control: Router, mut fakes: Vec<Mounted>) -> Self {
        fakes.sort_by_key(|mounted| std::cmp::Reverse(mounted.api.prefix().len()));
        Self {
            running,
            control,
            fakes,
            dates: Dates::default(),
        }
    }

    /// Takes the space's name off a request and has it answered there.
    pub(crate) async fn answer(&self, mut request: Request) -> Response {
        let running = &self.running;
        if let Err(fault) = check_head(&request, running.limits()) {
            return fault.into_response();
        }
        let (name, prefix) = take_name(&mut request);
        let space = match running.spaces().get(&name) {
            Ok(space) => space,
            Err(fault) => return Fault::new(fault.status(), fault.to_string()).into_response(),
        };
        let place = Place {
            running,
            space: &space,
            prefix: &prefix,
            dates: &self.dates,
        };
        let path = request.uri().path();
        let mut fakes = self.fakes.iter();
        let mounted = fakes.find(|fake| is_below(fake.api.prefix(), path));
        let mut response = match mounted {
            _ if is_below(control::PREFIX, path) => {
                self.steered(place.entered(&request), request).await
            }
            Some(mounted) => mounted.answer(place, request).await,
            None => StatusCode::NOT_FOUND.into_response(),
        };
        if !response.headers().contains_key(header::DATE) {
            self.dates.put(&mut response, space.now());
        }
        response
    }

    async fn steered(&self, entered: Entered, mut request: Request) -> Response {
        DefaultBodyLimit::max(self.running.limits().body).apply(&mut request);
        request.extensions_mut().insert(self.running.clone());
        request.extensions_mut().insert(entered);
        let Ok(response) = self.control.clone().call(request).await;
        response
    }
}

/// Where a request goes.
#[derive(Clone, Copy)]
struct Place<'a> {
    running: &'a Running,
    space: &'a Arc<Space>,
    /// What stood before the path.
    prefix: &'a str,
    dates: &'a Dates,
}

impl Place<'_> {
    /// What a request finds there that names its host as this one does.
    fn entered(&self, request: &Request) -> Entered {
        let base_url = match host(request.headers()) {
            Some(host) => format!("{}://{host}{}", scheme(request), self.prefix),
            None => format!("{}{}", self.running.base_url(), self.prefix),
        };
        Entered {
            space: Arc::clone(self.space),
            address: Address {
                base_url: base_url.into(),
            },
        }
    }
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

/// Dates as headers have them. The last one is kept: most requests of a second share it.
#[derive(Default)]
struct Dates(Mutex<Option<(i64, HeaderValue)>>);

impl Dates {
    /// Writes the date. The server would write the machine's time, which no seed and no clock of ours determine.
    fn put(&self, response: &mut Response, now: Timestamp) {
        if let Some(date) = self.at(now) {
            response.headers_mut().insert(header::DATE, date);
        }
    }

    fn at(&self, now: Timestamp) -> Option<HeaderValue> {
        let second = now.as_second();
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, date)) = last.as_ref().filter(|(of, _)| *of == second) {
            return Some(date.clone());
        }
        let text = DateTimePrinter::new().timestamp_to_rfc9110_string(&now);
        let date = HeaderValue::from_str(&text.ok()?).ok()?;
        *last = Some((second, date.clone()));
        Some(date)
    }
}

/// Requests meant for a real host may have come by TLS, which ends before they are here.
fn scheme(request: &Request) -> &Scheme {
    request.extensions().get().unwrap_or(&Scheme::HTTP)
}

fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST)?.to_str().ok()
}
