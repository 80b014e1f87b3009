//! The newest requests of a space: listed, followed, one by one, forgotten.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::{self, StreamExt};
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::Fault;
use super::described::traffic;
use crate::explain::explain;
use crate::openapi::{Call, Calls};
use crate::platform::journal::{Entry, Filter, Found, Masked, Missing};
use crate::platform::query::Query;
use crate::platform::space::Space;
use crate::platform::spaces::Entered;
use crate::server::Running;

/// Its calls, added to others.
pub(super) fn calls(calls: Calls) -> Calls {
    calls
        .at("/journal", Call::get(list, traffic::journal))
        .at("/journal", Call::delete(clear, traffic::clear))
        .at("/journal/stream", Call::get(stream, traffic::stream))
        .at("/journal/{number}", Call::get(entry, traffic::entry))
}

/// The number of the last event that a client saw before it lost the stream.
const LAST_EVENT: HeaderName = HeaderName::from_static("last-event-id");
/// How often a silent stream shows that it is alive.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// `GET /_mock/journal`: the entries that pass the filters, newest last.
pub(super) async fn list(
    Entered { space, .. }: Entered,
    Extension(running): Extension<Running>,
    query: Query,
) -> Result<Json<Value>, Fault> {
    let found = space.journal().find(&filter(&running, &query)?);
    let masked = space.masked();
    let entries = found.entries.iter().map(|entry| entry.shown(&masked));
    let mut told = json!({ "entries": entries.collect::<Vec<_>>(), "last": found.last });
    if let Some(lost) = lost(&found) {
        told["dropped"] = lost;
    }
    Ok(Json(told))
}

/// What was asked for and is no longer kept.
fn lost(found: &Found) -> Option<Value> {
    let (from, to) = found.dropped?;
    Some(json!({
        "from": from,
        "to": to,
        "text": format!("entries {from} to {to} are no longer kept; they may have passed the filter"),
    }))
}

/// `DELETE /_mock/journal`: forgets every entry.
pub(super) async fn clear(Entered { space, .. }: Entered) -> StatusCode {
    space.journal().clear();
    StatusCode::NO_CONTENT
}

/// `GET /_mock/journal/N`: one entry, and why it was answered so.
pub(super) async fn entry(
    Entered { space, address }: Entered,
    Extension(running): Extension<Running>,
    Path(number): Path<String>,
) -> Result<Json<Value>, Fault> {
    let entry = numbered(&space, &number)?;
    let mut shown = entry.shown(&space.masked());
    if let Some(api) = running.api(entry.draft().api) {
        shown["explanation"] = explain(&entry, &space, &address, api).await;
    }
    Ok(Json(shown))
}

fn numbered(space: &Space, number: &str) -> Result<Arc<Entry>, Fault> {
    let number = number.parse().map_err(|_| {
        let text = format!("'{number}' is no number of an entry");
        Fault::new(StatusCode::BAD_REQUEST, text)
    })?;
    space.journal().entry(number).map_err(|missing| {
        let status = match missing {
            Missing::NotYet { .. } => StatusCode::NOT_FOUND,
            Missing::Dropped { .. } => StatusCode::GONE,
        };
        Fault::new(status, missing.to_string())
    })
}

/// `GET /_mock/journal/stream`: the entries to come, as server-sent events, with the same filters. A client
/// that comes back with `Last-Event-ID`, or asks `since` a number, first gets what it missed.
pub(super) async fn stream(
    Entered { space, .. }: Entered,
    Extension(running): Extension<Running>,
    query: Query,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Fault> {
    let mut filter = filter(&running, &query)?;
    let seen = headers.get(LAST_EVENT).and_then(|id| id.to_str().ok());
    if let Some(seen) = seen.and_then(|id| id.parse().ok()) {
        filter.follow(seen);
    }
    // Listening begins before looking back, so that no entry falls between; one seen twice is left out below.
    let listener = space.journal().listen();
    let found = match filter.since {
        Some(_) => space.journal().find(&filter),
        None => space.journal().nothing(),
    };
    let lost = lost(&found).map(|lost| named("dropped", &lost));
    let masked = space.masked();
    let missed: Vec<Event> = found
        .entries
        .iter()
        .map(|entry| event(entry, &masked))
        .collect();
    let follower = Follower {
        space,
        filter,
        listener,
        last: found.last,
    };
    let events = stream::iter(lost.into_iter().chain(missed))
        .chain(stream::unfold(follower, Follower::next))
        .map(Ok);
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

/// Somebody who listens.
struct Follower {
    space: Arc<Space>,
    filter: Filter,
    listener: Receiver<Arc<Entry>>,
    last: u64,
}

impl Follower {
    async fn next(mut self) -> Option<(Event, Self)> {
        loop {
            match self.listener.recv().await {
                Ok(entry) if entry.number <= self.last && !self.begins_again(&entry) => {}
                Ok(entry) => {
                    self.last = entry.number;
                    if self.filter.takes(&entry) {
                        return Some((event(&entry, &self.space.masked()), self));
                    }
                }
                Err(RecvError::Lagged(missed)) => {
                    let text = format!("{missed} entries came faster than they were read");
                    return Some((named("dropped", &json!({ "text": text })), self));
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// After a reset numbers start at 1 again.
    fn begins_again(&mut self, entry: &Entry) -> bool {
        entry.number == 1
    }
}

fn event(entry: &Entry, masked: &Masked) -> Event {
    named("entry", &entry.shown(masked)).id(entry.number.to_string())
}

fn named(name: &str, value: &Value) -> Event {
    Event::default().event(name).data(value.to_string())
}

fn filter(running: &Running, query: &Query) -> Result<Filter, Fault> {
    Filter::read(query.pairs(), &running.api_names())
        .map_err(|fault| Fault::new(StatusCode::BAD_REQUEST, fault.to_string()))
}
