//! Whether a request is sent again, and after how long. Pure: sends nothing, and reads no clock but the
//! one that an answer tells.

use std::time::Duration;

use jiff::fmt::rfc2822;

use super::http::{NoAnswer, Response};

/// How long a target may ask to be left alone; beyond that nobody waits.
const LONGEST: Duration = Duration::from_secs(120);

/// How often a request may be repeated, and the pause before the first time; it doubles from time to time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Retries {
    pub(crate) most: u32,
    pub(crate) first_pause: Duration,
}

impl Retries {
    /// Nothing is sent twice.
    pub(crate) const NONE: Self = Self {
        most: 0,
        first_pause: Duration::ZERO,
    };

    /// The pause before a request that came to this is repeated; none when it is not.
    ///
    /// A write is repeated only where nothing of it was done: the target counted the call as one too many
    /// (429), or was never reached. Whatever else became of it, nobody knows; a second one could be a
    /// second record.
    pub(super) fn pause(
        &self,
        method: &str,
        repeats: u32,
        came_to: &Result<Response, NoAnswer>,
    ) -> Option<Duration> {
        if repeats >= self.most {
            return None;
        }
        let told = match came_to {
            Ok(answer) if answer.status == 429 => retry_after(answer),
            Ok(answer) if is_passing(answer.status) && reads(method) => retry_after(answer),
            Err(error) if error.passing && (reads(method) || !error.sent) => None,
            Ok(_) | Err(_) => return None,
        };
        let doubled = 2_u32.saturating_pow(repeats);
        let pause = told.unwrap_or_else(|| self.first_pause.saturating_mul(doubled));
        (pause <= LONGEST).then_some(pause)
    }
}

/// Whether this method leaves everything as it is.
pub(super) fn reads(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "OPTIONS")
}

/// The method that a target may take a request to have: a header can say another one than the request does.
pub(super) fn effective<'r>(method: &'r str, headers: &'r [(String, String)]) -> &'r str {
    let mut headers = headers.iter();
    let said = headers.find(|(name, _)| name.eq_ignore_ascii_case("x-http-method-override"));
    match said {
        Some((_, said)) if !reads(said) => said,
        Some(_) | None => method,
    }
}

/// A server's fault that may be over in a moment. 501 lasts.
fn is_passing(status: u16) -> bool {
    matches!(status, 500 | 502..=504)
}

/// The header `Retry-After`: seconds, or a date by the clock of whoever answered.
fn retry_after(answer: &Response) -> Option<Duration> {
    let text = answer.header("retry-after")?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let second = |text: &str| {
        rfc2822::parse(text)
            .ok()
            .map(|at| at.timestamp().as_second())
    };
    let ahead = second(text)?.saturating_sub(second(answer.header("date")?)?);
    // What lies behind need not be waited for.
    Some(Duration::from_secs(ahead.try_into().unwrap_or(0)))
}
