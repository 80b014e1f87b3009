//! Plain HTTP with the manners of a guest: no proxy, no redirects, a deadline, a pace, a budget.
//! Knows no API and no scenario.

use std::sync::Mutex;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use reqwest::blocking;
use reqwest::redirect::Policy;

use crate::verdict::TroubleKind;

/// How much a target may be asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Limits {
    pub(crate) pace: Option<Pace>,
    pub(crate) max_requests: Option<u32>,
    pub(crate) timeout: Duration,
    /// How long the target may take to show what it was told.
    pub(crate) patience: Duration,
}

/// Requests a minute, and how many may come at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pace {
    pub(crate) per_minute: u32,
    pub(crate) burst: u32,
}

/// A client with its limits, shared by all scenarios of a run.
#[derive(Debug)]
pub(crate) struct Http {
    client: blocking::Client,
    limits: Limits,
    bucket: Mutex<Bucket>,
    made: AtomicU32,
}

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    filled: Instant,
}

/// A request before it is sent.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) url: String,
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

/// Why there is no answer.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{text}")]
pub(crate) struct NoAnswer {
    pub(crate) kind: TroubleKind,
    text: String,
}

impl NoAnswer {
    pub(super) fn new(kind: TroubleKind, text: String) -> Self {
        Self { kind, text }
    }
}

impl Http {
    pub(crate) fn new(limits: Limits) -> Result<Self, NoAnswer> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // An error means that the process has a provider already, which serves as well.
            let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        });
        let client = blocking::Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .timeout(limits.timeout)
            .build()
            .map_err(|error| other(chain(&error)))?;
        Ok(Self {
            client,
            limits,
            bucket: Mutex::new(Bucket {
                tokens: limits.pace.map_or(0.0, |pace| f64::from(pace.burst)),
                filled: Instant::now(),
            }),
            made: AtomicU32::new(0),
        })
    }

    /// How long the target may take to show what it was told.
    pub(super) fn patience(&self) -> Duration {
        self.limits.patience
    }

    /// Whether a server on this machine is a copy of the mock.
    pub(crate) fn is_mock(&self, root: &str) -> bool {
        let request = Request {
            method: "GET".to_owned(),
            url: format!("{root}/_mock/info"),
            headers: Vec::new(),
            body: None,
        };
        self.exchange(&request).is_ok_and(|answer| {
            let info: Option<serde_json::Value> = serde_json::from_str(&answer.body).ok();
            answer.status == 200 && info.is_some_and(|info| info.get("control").is_some())
        })
    }

    /// Sends, within the limits.
    pub(super) fn send(&self, request: &Request) -> Result<Response, NoAnswer> {
        self.spend()?;
        self.wait();
        self.exchange(request)
    }

    /// Sends to the control API of a mock, which no limit is about.
    pub(super) fn exchange(&self, request: &Request) -> Result<Response, NoAnswer> {
        let method = reqwest::Method::from_bytes(request.method.as_bytes())
            .map_err(|error| other(error.to_string()))?;
        let mut builder = self.client.request(method, &request.url);
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        if let Some(body) = &request.body {
            builder = builder.body(body.clone());
        }
        let response = builder.send().map_err(|error| unreachable_by(&error))?;
        let status = response.status().as_u16();
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                (name.to_string(), value)
            })
            .collect();
        let body = response.text().map_err(|error| unreachable_by(&error))?;
        Ok(Response {
            status,
            headers,
            body,
        })
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

    fn wait(&self) {
        let Some(pace) = self.limits.pace else { return };
        let pause = match self.bucket.lock() {
            Ok(mut bucket) => bucket.take(pace, Instant::now()),
            Err(poisoned) => poisoned.into_inner().take(pace, Instant::now()),
        };
        std::thread::sleep(pause);
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
pub(super) fn url(base: &str, path: &str, query: &[(String, String)]) -> Result<String, String> {
    let mut url =
        reqwest::Url::parse(&format!("{base}{path}")).map_err(|error| error.to_string())?;
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    Ok(url.into())
}

fn other(text: String) -> NoAnswer {
    NoAnswer {
        kind: TroubleKind::Other,
        text,
    }
}

fn unreachable_by(error: &reqwest::Error) -> NoAnswer {
    NoAnswer {
        kind: TroubleKind::Unreachable,
        text: chain(error),
    }
}

/// The causes in one line; reqwest tells the telling one last.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(&format!(": {inner}"));
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_goes_at_once_and_the_rest_keeps_the_pace() {
        let pace = Pace {
            per_minute: 60,
            burst: 2,
        };
        let start = Instant::now();
        let mut bucket = Bucket {
            tokens: 2.0,
            filled: start,
        };
        let pauses = [0, 0, 0, 0].map(|_| bucket.take(pace, start).as_secs());
        assert_eq!(pauses, [0, 0, 1, 2]);
        // After a rest there is a burst again, and no more than that.
        let later = start + Duration::from_secs(3600);
        let pauses = [0, 0, 0].map(|_| bucket.take(pace, later).as_secs());
        assert_eq!(pauses, [0, 0, 1]);
    }

    #[test]
    fn a_budget_is_kept() {
        let limits = Limits {
            pace: None,
            max_requests: Some(2),
            timeout: Duration::from_secs(1),
            patience: Duration::ZERO,
        };
        let http = Http::new(limits).unwrap();
        assert!(http.spend().is_ok());
        assert!(http.spend().is_ok());
        let error = http.spend().unwrap_err();
        assert!(error.to_string().contains("max_requests = 2"), "{error}");
    }
}
