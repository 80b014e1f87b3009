//! Plain HTTP with the manners of a guest: no proxy, no redirects, a deadline, a pace, a budget, patience
//! with a target that is busy. Knows no API and no scenario.

mod line;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use self::line::Lines;
use super::retry::{Retries, effective};
use super::time::{MachineTime, Time};
use crate::interrupt::Interrupt;
use crate::verdict::TroubleKind;

/// How much a target may be asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Limits {
    pub(crate) pace: Option<Pace>,
    pub(crate) max_requests: Option<u32>,
    pub(crate) timeout: Duration,
    /// How long the target may take to show what it was told.
    pub(crate) patience: Duration,
    pub(crate) retries: Retries,
}

/// Requests a minute, and how many may come at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pace {
    pub(crate) per_minute: u32,
    pub(crate) burst: u32,
}

/// What a request is sent for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Purpose {
    /// To see what a target does.
    #[default]
    Observing,
    /// To take away what was made: it counts against no budget, and an interrupt does not stop it.
    CleaningUp,
}

/// A client with its limits, shared by all scenarios of a run.
#[derive(Debug)]
pub(crate) struct Http {
    lines: Lines,
    limits: Limits,
    bucket: Mutex<Bucket>,
    made: AtomicU32,
    time: Arc<dyn Time>,
    interrupt: Arc<Interrupt>,
}

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    filled: Instant,
    /// Until when the target wants to be left alone, by all of us.
    quiet_until: Instant,
}

/// A request before it is sent.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) url: reqwest::Url,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<String>,
}

/// An answer as it came.
#[derive(Debug, Clone)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

impl Response {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{text}")]
pub(crate) struct NoAnswer {
    pub(crate) kind: TroubleKind,
    text: String,
    /// Whether the target may have seen the request.
    pub(super) sent: bool,
    /// Whether it may be over in a moment.
    pub(super) passing: bool,
}

impl NoAnswer {
    /// A conversation that never came about.
    pub(super) fn new(kind: TroubleKind, text: String) -> Self {
        Self {
            kind,
            text,
            sent: false,
            passing: false,
        }
    }
}

impl Http {
    pub(crate) fn new(limits: Limits) -> Result<Self, NoAnswer> {
        Self::with(limits, Arc::new(MachineTime))
    }

    /// The same by another clock.
    pub(crate) fn with(limits: Limits, time: Arc<dyn Time>) -> Result<Self, NoAnswer> {
        Ok(Self {
            lines: Lines::new(limits.timeout),
            limits,
            bucket: Mutex::new(Bucket {
                tokens: limits.pace.map_or(0.0, |pace| f64::from(pace.burst)),
                filled: time.now(),
                quiet_until: time.now(),
            }),
            made: AtomicU32::new(0),
            time,
            interrupt: Arc::default(),
        })
    }

    pub(crate) fn interrupt(&self) -> &Arc<Interrupt> {
        &self.interrupt
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(super) fn time(&self) -> &dyn Time {
        self.time.as_ref()
    }

    /// Lets time pass; the user's wish to end hastens all but the clean-up.
    pub(super) fn pause(&self, length: Duration, purpose: Purpose) {
        let interrupt = (purpose == Purpose::Observing).then_some(self.interrupt.as_ref());
        self.time.pause(length, interrupt);
    }

    /// Whether a server on this machine is a copy of the mock.
    pub(crate) fn is_mock(&self, root: &str) -> bool {
        let Ok(url) = url(root, "/_mock/info", &[]) else {
            return false;
        };
        let request = Request {
            method: "GET".to_owned(),
            url,
            headers: Vec::new(),
            body: None,
        };
        self.exchange(&request).is_ok_and(|answer| {
            let info: Option<serde_json::Value> = serde_json::from_str(&answer.body).ok();
            answer.status == 200 && info.is_some_and(|info| info.get("control").is_some())
        })
    }

    /// Sends, within the limits, and again where that can do no harm.
    pub(super) fn send(&self, request: &Request, purpose: Purpose) -> Result<Response, NoAnswer> {
        let mut repeats = 0;
        let method = effective(&request.method, &request.headers);
        loop {
            self.admit(purpose)?;
            let came_to = self.exchange(request);
            let retries = self.limits.retries;
            let Some(pause) = retries.pause(method, repeats, &came_to) else {
                return came_to;
            };
            if came_to.as_ref().is_ok_and(|answer| answer.status == 429) {
                self.hush(pause);
            } else {
                self.pause(pause, purpose);
            }
            repeats += 1;
        }
    }

    /// Sends to the control API of a mock, which no limit is about.
    pub(super) fn exchange(&self, request: &Request) -> Result<Response, NoAnswer> {
        self.lines.exchange(request)
    }

    /// Waits for the turn of a request, and counts it.
    fn admit(&self, purpose: Purpose) -> Result<(), NoAnswer> {
        self.heed(purpose)?;
        if purpose == Purpose::Observing {
            self.spend()?;
        }
        self.wait(purpose);
        // Whoever was waiting when the user asked sends nothing any more.
        self.heed(purpose)
    }

    fn heed(&self, purpose: Purpose) -> Result<(), NoAnswer> {
        match purpose {
            Purpose::Observing if self.interrupt.asked() => Err(other("interrupted".to_owned())),
            Purpose::Observing | Purpose::CleaningUp => Ok(()),
        }
    }

    fn spend(&self) -> Result<(), NoAnswer> {
        let made = self.made.fetch_add(1, Ordering::Relaxed);
        match self.limits.max_requests {
            Some(most) if made >= most => Err(other(format!(
                "the limit max_requests = {most} of this target is used up"
            ))),
            _ => Ok(()),
        }
    }

    fn wait(&self, purpose: Purpose) {
        let now = self.time.now();
        let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = self.limits.pace.map(|pace| bucket.take(pace, now));
        let quiet = bucket.quiet_until.saturating_duration_since(now);
        drop(bucket);
        self.pause(turn.unwrap_or_default().max(quiet), purpose);
    }

    /// Lets nobody send for a while: a rate limit is about all of us.
    fn hush(&self, length: Duration) {
        let until = self.time.now() + length;
        let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        bucket.quiet_until = bucket.quiet_until.max(until);
    }
}

impl Bucket {
    /// Takes one token, in advance if need be; gives the time until it would have been there.
    fn take(&mut self, pace: Pace, now: Instant) -> Duration {
        let per_second = f64::from(pace.per_minute.max(1)) / 60.0;
        let gained = now.duration_since(self.filled).as_secs_f64() * per_second;
        self.tokens = (self.tokens + gained).min(f64::from(pace.burst.max(1))) - 1.0;
        self.filled = now;
        Duration::from_secs_f64((-self.tokens).max(0.0) / per_second)
    }
}

/// The URL with its query, encoded.
pub(super) fn url(
    base: &str,
    path: &str,
    query: &[(String, String)],
) -> Result<reqwest::Url, String> {
    let parsed = |text: &str| reqwest::Url::parse(text).map_err(|error| error.to_string());
    let mut url = parsed(&format!("{base}{path}"))?;
    // Whatever a path is made of, it leads to no other host. Behind a base that stands there letter by
    // letter, its first slash has ended the host's name; the base itself need not be read for that.
    let below = url.as_str().strip_prefix(base);
    let same = below.is_some_and(|rest| rest.starts_with('/'));
    if !path.starts_with('/') || !same && url.origin() != parsed(base)?.origin() {
        return Err(format!("'{path}' is no path"));
    }
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    Ok(url)
}

/// The text as a query holds it.
pub(super) fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn other(text: String) -> NoAnswer {
    NoAnswer::new(TroubleKind::Other, text)
}

#[cfg(test)]
mod tests;
