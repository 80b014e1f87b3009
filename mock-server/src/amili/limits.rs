//! The documented limits of requests: each key has its own. They are enforced where an assumption says so.

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use jiff::Timestamp;

use super::NAME;
use super::assumptions::RateLimits;
use super::refusal::Refusal;
use crate::platform::assumption::Question;
use crate::platform::limits::{Allowance, Spent};
use crate::platform::moment::Trace;
use crate::platform::space::Space;

const A_MINUTE: Allowance = Allowance {
    requests: 100,
    seconds: 60,
};
const A_SECOND: Allowance = Allowance {
    requests: 10,
    seconds: 1,
};

/// The names are the framework's: the page about limits gives none.
const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// What every answer to a key tells, where the limits are enforced.
pub(super) static TOLD: [HeaderName; 3] = [LIMIT, REMAINING, RESET];

/// What a key has used of both limits.
pub(super) struct Usage {
    minute: Spent,
    second: Spent,
}

impl Usage {
    /// Counts a request. A key that nobody has is limited by nothing but its refusal.
    pub(super) fn count(space: &Space, key: Option<&HeaderValue>) -> Option<Self> {
        let key = key.and_then(|key| key.to_str().ok())?;
        let [minute, second] = space.spend(NAME, key, [A_MINUTE, A_SECOND])?;
        Some(Self { minute, second })
    }

    fn is_exceeded(&self) -> bool {
        self.minute.is_exceeded() || self.second.is_exceeded()
    }

    /// Why the request is one too many, if it is.
    pub(super) fn refusal(&self) -> Option<Refusal> {
        let spent = [&self.minute, &self.second];
        let exceeded = spent.into_iter().find(|spent| spent.is_exceeded())?;
        let Allowance { requests, seconds } = exceeded.allowance;
        Some(Refusal::TooMany(format!(
            "the limit of {requests} requests in {seconds} s for each key is passed"
        )))
    }

    /// Tells the client what is left of the minute.
    pub(super) fn tell(&self, response: &mut Response) {
        let headers = response.headers_mut();
        headers.insert(LIMIT, HeaderValue::from(self.minute.allowance.requests));
        headers.insert(REMAINING, HeaderValue::from(self.minute.remaining()));
        headers.insert(RESET, HeaderValue::from(self.minute.ends));
    }
}

/// Whether an answer to a key holds once more: it tells nothing of the limits, or what it tells of them is what
/// they are. The request is counted if so.
pub(super) fn repeats(
    space: &Space,
    key: Option<&HeaderValue>,
    trace: &Trace,
    now: Timestamp,
) -> bool {
    // Each answer then tells another rest.
    if trace.answer::<RateLimits>() == RateLimits::On {
        return false;
    }
    let Some(key) = key.and_then(|key| key.to_str().ok()) else {
        return false;
    };
    let was_exceeded = trace.assumed.contains(&RateLimits::ASSUMPTION);
    space.spend_if(key, [A_MINUTE, A_SECOND], now, |[minute, second]| {
        let usage = Usage {
            minute: *minute,
            second: *second,
        };
        usage.is_exceeded() == was_exceeded
    })
}
