//! How many requests each token has made in the windows of time that run. It knows no API's limits.

use std::collections::BTreeMap;

use jiff::Timestamp;

/// So many requests in every window of so many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    /// The requests that a window lets through.
    pub(crate) requests: u32,
    /// The length of a window; windows begin at the whole multiples of it since 1970.
    pub(crate) seconds: u32,
}

impl Allowance {
    /// The number of the window at an instant, since 1970.
    fn window(self, now: Timestamp) -> i64 {
        now.as_second().div_euclid(i64::from(self.seconds.max(1)))
    }

    /// What one more request in a window will have spent.
    fn spent(self, window: i64, made: u32) -> Spent {
        let seconds = i64::from(self.seconds.max(1));
        Spent {
            allowance: self,
            requests: made.saturating_add(1),
            ends: window.saturating_add(1).saturating_mul(seconds),
        }
    }
}

/// What a token has used of an allowance, the request in hand included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spent {
    /// The allowance.
    pub(crate) allowance: Allowance,
    /// The requests made in the window that runs.
    pub(crate) requests: u32,
    /// The second since 1970 in which the window ends.
    pub(crate) ends: i64,
}

impl Spent {
    /// Whether the request in hand is one too many.
    pub(crate) fn is_exceeded(&self) -> bool {
        self.requests > self.allowance.requests
    }

    /// How many requests the window still lets through.
    pub(crate) fn remaining(&self) -> u32 {
        self.allowance.requests.saturating_sub(self.requests)
    }
}

/// The windows that run, by token: the length of each, its number since 1970 and the requests made in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Windows(BTreeMap<String, Vec<(u32, i64, u32)>>);

/// The most keys whose requests are counted: anybody may come with a key that nobody has.
const MOST_KEYS: usize = 10_000;

impl Windows {
    /// Leaves out keys whose windows have ended, or all keys if there are none such.
    fn forget(&mut self, now: Timestamp) {
        let runs = |&(seconds, window, _): &(u32, i64, u32)| {
            now.as_second().div_euclid(i64::from(seconds.max(1))) == window
        };
        self.0.retain(|_, windows| windows.iter().any(runs));
        if self.0.len() >= MOST_KEYS {
            self.0.clear();
        }
    }

    /// Counts one request of a token against each allowance.
    pub(super) fn spend<const N: usize>(
        &mut self,
        token: &str,
        allowances: [Allowance; N],
        now: Timestamp,
    ) -> [Spent; N] {
        let spent = self.next(token, allowances, now);
        self.note(token, &spent, now);
        spent
    }

    /// The same, if what will have been spent is as expected; says whether.
    pub(super) fn spend_if<const N: usize>(
        &mut self,
        token: &str,
        allowances: [Allowance; N],
        now: Timestamp,
        expected: impl FnOnce(&[Spent; N]) -> bool,
    ) -> bool {
        let spent = self.next(token, allowances, now);
        let is_expected = expected(&spent);
        if is_expected {
            self.note(token, &spent, now);
        }
        is_expected
    }

    /// What one more request of a token will have spent.
    fn next<const N: usize>(
        &self,
        token: &str,
        allowances: [Allowance; N],
        now: Timestamp,
    ) -> [Spent; N] {
        let known = self.0.get(token);
        allowances.map(|allowance| {
            let window = allowance.window(now);
            let mut made = known.into_iter().flatten();
            let made = made.find(|made| (made.0, made.1) == (allowance.seconds, window));
            allowance.spent(window, made.map_or(0, |(.., made)| *made))
        })
    }

    fn note(&mut self, token: &str, spent: &[Spent], now: Timestamp) {
        if self.0.len() >= MOST_KEYS && !self.0.contains_key(token) {
            self.forget(now);
        }
        let windows = match self.0.get_mut(token) {
            Some(known) => known,
            None => self.0.entry(token.to_owned()).or_default(),
        };
        for spent in spent {
            let length = spent.allowance.seconds;
            let counted = (length, spent.allowance.window(now), spent.requests);
            match windows.iter_mut().find(|known| known.0 == length) {
                Some(known) => *known = counted,
                None => windows.push(counted),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_nobody_has_do_not_fill_the_memory() {
        let mut windows = Windows::default();
        let allowance = Allowance {
            requests: 1,
            seconds: 60,
        };
        let at = |second| Timestamp::from_second(second).unwrap();
        for number in 0..3 * MOST_KEYS {
            windows.spend(&number.to_string(), [allowance], at(0));
            assert!(windows.0.len() <= MOST_KEYS);
        }
        windows.spend("kept", [allowance], at(60));
        for number in 0..MOST_KEYS - 1 {
            windows.spend(&number.to_string(), [allowance], at(59));
        }
        windows.spend("one more", [allowance], at(61));
        let kept = windows.spend("kept", [allowance], at(62));
        assert_eq!(kept[0].requests, 2, "windows that run are left alone");
    }
}
