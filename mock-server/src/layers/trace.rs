//! Around each fake: what decided an answer becomes headers, counts, a log line and an entry of the journal. An
//! answer that still holds is given again.

use std::sync::Arc;
use std::time::Instant;

use axum::body::HttpBody;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;

use super::faults::{Struck, cut, faults};
use super::{Place, capture};
use crate::observed::Dressing;
use crate::platform::api::{Api, Fake, answered};
use crate::platform::journal::{Draft, Entry, Given, Taken};
use crate::platform::moment::Trace;
use crate::platform::ready::Asked;
use crate::platform::space::{Arrived, Space};
use crate::platform::spaces::Entered;

const SERVER: HeaderName = HeaderName::from_static("x-mock-server");
const RULE: HeaderName = HeaderName::from_static("x-mock-rule");
const ASSUMPTION: HeaderName = HeaderName::from_static("x-mock-assumption");
const WARNING: HeaderName = HeaderName::from_static("x-mock-warning");
/// Warnings quote the request, which may be long.
const LONGEST_WARNING: usize = 400;

const FAULT: HeaderName = HeaderName::from_static("x-mock-fault");
const JOURNAL: HeaderName = HeaderName::from_static("x-mock-journal");
/// Where a token may stand: every place that one of the fakes looks at.
static TOKEN_PLACES: [HeaderName; 2] =
    [header::AUTHORIZATION, HeaderName::from_static("x-api-key")];

/// An API in its place: what answers for it, and what was observed of the real one.
pub(crate) struct Mounted {
    pub(crate) api: &'static dyn Api,
    pub(crate) fake: Arc<dyn Fake>,
    pub(crate) dressing: Option<Dressing>,
}

/// A request that has come and is not answered yet.
struct Arrival<'a> {
    api: &'static dyn Api,
    place: Place<'a>,
    found: Arrived,
    since: Option<Instant>,
}

impl Mounted {
    /// Answers a request in a space.
    pub(super) async fn answer(&self, place: Place<'_>, request: Request) -> Response {
        let found = found(place.space, self.api.name(), &request);
        let arrival = Arrival {
            api: self.api,
            place,
            since: found.runs.then(Instant::now),
            found,
        };
        let may_repeat = self.may_repeat(&request, &arrival.found);
        if may_repeat && let Some(entry) = arrival.earlier(&request) {
            return arrival.again(&entry);
        }
        let (response, entry) = self.fresh(&arrival, request).await;
        if may_repeat && is_lasting(&entry) {
            arrival.keep(&entry);
        }
        response
    }

    /// Whether the answer to such a request may hold for the next one like it.
    fn may_repeat(&self, request: &Request, found: &Arrived) -> bool {
        let has_token = |name: &&HeaderName| request.headers().contains_key(*name);
        // Of two tokens one may end, and with it the answer, while the other is still its user's.
        let is_sure_of_caller = TOKEN_PLACES.iter().filter(has_token).count() == 1;
        // What fills in observed words and fields may look at the clock.
        self.dressing.is_none()
            && request.method() == Method::GET
            && request.body().is_end_stream()
            && is_sure_of_caller
            && found.caller.is_some()
            && !found.has_faults
    }

    /// The answer that is decided now, with its entry in the journal.
    async fn fresh(&self, arrival: &Arrival<'_>, request: Request) -> (Response, Arc<Entry>) {
        let space = arrival.place.space;
        let entered = arrival.place.entered(&request);
        let (request, taken) = capture::request(request, space.limits().body).await;
        let answer = || self.dressed(entered, &taken, request);
        let mut response = match arrival.found.has_faults {
            true => faults(self.api, space, &taken, answer).await,
            false => answer().await,
        };
        let trace = response.extensions_mut().remove::<Arc<Trace>>();
        let trace = trace.unwrap_or_default();
        let struck = response.extensions_mut().remove::<Struck>();
        write_headers(&trace, response.headers_mut());
        if let Some(fault) = struck.as_ref().and_then(header_of) {
            response.headers_mut().insert(FAULT, fault);
        }
        let (response, given) = capture::response(response).await;
        arrival.told(Arc::new(taken), given, trace, struck, response)
    }

    async fn dressed(&self, entered: Entered, taken: &Taken, request: Request) -> Response {
        let Some(dressing) = &self.dressing else {
            return answered(self.api, self.fake.as_ref(), entered, request).await;
        };
        let space = Arc::clone(&entered.space);
        let response = answered(self.api, self.fake.as_ref(), entered, request).await;
        let Taken { method, uri, .. } = taken;
        dressing.dress(&space, method, uri, response).await
    }
}

/// Whether an answer stays the same for as long as nothing changes.
fn is_lasting(entry: &Entry) -> bool {
    let draft = entry.draft();
    let status = entry.given().map(|given| given.status);
    let is_good =
        status.is_some_and(|status| status.is_success() || status == StatusCode::NOT_MODIFIED);
    is_good && !draft.trace.is_timed
}

impl Arrival<'_> {
    /// The same request's answer, where it still holds.
    fn earlier(&self, request: &Request) -> Option<Arc<Entry>> {
        let space = self.place.space;
        let asked = Asked {
            uri: request.uri(),
            headers: request.headers(),
            caller: self.found.caller.as_ref(),
        };
        let entry = space.ready().find(self.found.version, asked)?;
        let trace = &entry.draft().trace;
        let now = self.found.time;
        let holds = self.api.repeats(space, request.headers(), trace, now);
        holds.then_some(entry)
    }

    /// Keeps an answer for the next such request, if nothing has changed meanwhile.
    fn keep(&self, entry: &Arc<Entry>) {
        let space = self.place.space;
        if space.version() == self.found.version {
            space.ready().keep(self.found.version, Arc::clone(entry));
        }
    }

    /// The answer that was given before, to the same request.
    fn again(&self, entry: &Entry) -> Response {
        let Some(given) = entry.given() else {
            unreachable!("what is kept has been answered");
        };
        let Draft { request, trace, .. } = entry.draft();
        let (request, trace) = (Arc::clone(request), Arc::clone(trace));
        let mut response = capture::again(given);
        self.place.dates.put(&mut response, self.found.time);
        let told = self.told(request, Arc::clone(given), trace, None, response);
        told.0
    }

    /// Counts an answer, logs it and enters it into the journal.
    fn told(
        &self,
        taken: Arc<Taken>,
        given: Arc<Given>,
        trace: Arc<Trace>,
        struck: Option<Struck>,
        response: Response,
    ) -> (Response, Arc<Entry>) {
        let space = self.place.space;
        if !struck.as_ref().is_some_and(|struck| struck.is_forged) {
            space.count(&trace);
            if let Some(coverage) = self.place.running.coverage() {
                let (method, path) = (&taken.method, taken.uri.path());
                coverage.note(self.api.name(), method, path, given.status, &trace);
            }
        }
        self.log(&taken, given.status, &trace);
        let is_answered = struck.as_ref().is_none_or(|struck| struck.is_answered);
        let entry = space.journal().record(Draft {
            time: self.found.time,
            took: self.since.map(|since| since.elapsed()),
            api: self.api.name(),
            caller: self.found.caller.clone(),
            request: taken,
            response: is_answered.then_some(given),
            trace,
            fault: struck.map(|struck| struck.told),
        });
        let mut response = cut(response);
        response.headers_mut().insert(JOURNAL, entry.number.into());
        (response, entry)
    }

    /// The query is left out: it can hold personal data, and keys that somebody put there by mistake.
    fn log(&self, taken: &Taken, status: StatusCode, trace: &Trace) {
        let path = self.found.path.as_deref();
        tracing::info!(
            target: "request",
            space = self.place.space.name,
            method = %taken.method,
            path = path.unwrap_or(taken.uri.path()),
            status = status.as_u16(),
            rule = trace.refused_by.map(|rule| rule.id),
        );
    }
}

fn header_of(struck: &Struck) -> Option<HeaderValue> {
    HeaderValue::from_str(&struck.told["effect"].to_string()).ok()
}

/// What a request finds: the space's clock, and the user of its token, wherever that stands.
fn found(space: &Space, api: &str, request: &Request) -> Arrived {
    let tokens = TOKEN_PLACES.iter().filter_map(|name| {
        let value = request.headers().get(name)?.to_str().ok()?;
        value.rsplit(' ').next()
    });
    space.arrived(api, request.uri().path(), tokens)
}

fn write_headers(trace: &Trace, headers: &mut HeaderMap) {
    headers.insert(SERVER, HeaderValue::from_static(env!("CARGO_PKG_VERSION")));
    if let Some(rule) = trace.refused_by {
        headers.insert(RULE, HeaderValue::from_static(rule.id));
    }
    let assumed = trace.assumed.iter().map(|assumption| assumption.id);
    let mut assumed = assumed.map(HeaderValue::from_static);
    if let (Some(first), header::Entry::Vacant(place)) = (assumed.next(), headers.entry(ASSUMPTION))
    {
        // There may be many, and their place is looked for once.
        let mut all = place.insert_entry(first);
        assumed.for_each(|next| all.append(next));
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

#[cfg(test)]
mod tests {
    use axum::body::Bytes;
    use axum::http::Uri;

    use super::*;
    use crate::platform::ids::Ids;
    use crate::platform::journal::{Journal, JournalLimits};
    use crate::platform::moment::Moment;

    fn check(status: StatusCode, looks_at_the_clock: bool, is_kept: bool) {
        let now = jiff::Timestamp::UNIX_EPOCH;
        let mut moment = Moment::new(now, Ids::from_seed(1), Trace::default());
        if looks_at_the_clock {
            moment.instant();
        }
        let entry = Journal::new(JournalLimits::default()).record(Draft {
            time: now,
            took: None,
            api: "amili",
            caller: None,
            request: Arc::new(Taken {
                method: Method::GET,
                uri: Uri::default(),
                headers: HeaderMap::new(),
                body: Bytes::new(),
                is_cut: false,
            }),
            response: Some(Arc::new(Given {
                status,
                headers: HeaderMap::new(),
                body: Bytes::new(),
            })),
            trace: Arc::new(Trace::clone(&moment)),
            fault: None,
        });
        assert_eq!(is_lasting(&entry), is_kept);
    }

    #[test]
    fn what_is_refused_or_looked_at_the_clock_is_decided_anew_each_time() {
        check(StatusCode::OK, false, true);
        check(StatusCode::NOT_MODIFIED, false, true);
        check(StatusCode::OK, true, false);
        check(StatusCode::UNAUTHORIZED, false, false);
    }
}
