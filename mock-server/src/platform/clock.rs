//! The clock of a space: the machine's, shifted or not, or an instant that stands still.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What a space calls now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock, running, ahead of it by so many seconds.
    Real {
        /// Whole seconds; negative when behind.
        ahead_seconds: i64,
    },
    /// An instant that stands still until it is moved.
    Fixed {
        /// The instant.
        now: Timestamp,
    },
}

impl Default for Clock {
    fn default() -> Self {
        Self::Real { ahead_seconds: 0 }
    }
}

/// Why a clock could not be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// Ids carry the second in 32 unsigned bits.
    #[error("the time must lie between 1970-01-01T00:00:00Z and 2106-02-07T06:28:15Z, not at {0}")]
    OutOfRange(String),
    /// Neither `real` nor an instant.
    #[error("'{0}' is neither 'real' nor an RFC 3339 time such as 2025-11-11T12:22:34Z")]
    Form(String),
}

impl Clock {
    /// Reads `real` or an RFC 3339 instant.
    ///
    /// # Errors
    /// When the text is neither, or the instant lies outside what ids can carry.
    pub fn parse(text: &str) -> Result<Self, ClockError> {
        if text == "real" {
            return Ok(Self::default());
        }
        let now = text
            .parse::<Timestamp>()
            .map_err(|_| ClockError::Form(text.to_owned()))?;
        Self::fixed(now)
    }

    /// A clock that stands still at the machine's present instant.
    pub fn standing() -> Self {
        Self::Fixed {
            now: Timestamp::now(),
        }
    }

    /// A clock that stands still at an instant.
    ///
    /// # Errors
    /// When the instant lies outside what ids can carry.
    pub fn fixed(now: Timestamp) -> Result<Self, ClockError> {
        in_range(now.as_second())?;
        Ok(Self::Fixed { now })
    }

    /// Moved by so many seconds: a fixed one stands at another instant, the machine's runs ahead.
    ///
    /// # Errors
    /// When the clock would leave what ids can carry; it is then as before.
    pub fn advanced(self, seconds: i64) -> Result<Self, ClockError> {
        let second = self.now().as_second().saturating_add(seconds);
        in_range(second)?;
        Ok(match self {
            Self::Fixed { now } => Self::Fixed {
                now: now
                    .checked_add(SignedDuration::from_secs(seconds))
                    .map_err(|_| ClockError::OutOfRange(format!("second {second}")))?,
            },
            Self::Real { ahead_seconds } => Self::Real {
                ahead_seconds: ahead_seconds.saturating_add(seconds),
            },
        })
    }

    /// The present instant.
    pub(crate) fn now(self) -> Timestamp {
        match self {
            Self::Fixed { now } => now,
            Self::Real { ahead_seconds } => {
                let machine = Timestamp::now();
                machine
                    .checked_add(SignedDuration::from_secs(ahead_seconds))
                    .unwrap_or(machine)
            }
        }
    }

    /// The clock at this instant, to be resumed later: a running one is written as where it stands.
    pub(crate) fn noted(self) -> Noted {
        Noted {
            runs: self.runs(),
            now: self.now(),
        }
    }

    /// Whether time passes by itself.
    pub(crate) fn runs(self) -> bool {
        matches!(self, Self::Real { .. })
    }

    /// `real` or `fixed`.
    pub(crate) fn mode(self) -> &'static str {
        match self {
            Self::Fixed { .. } => "fixed",
            Self::Real { .. } => "real",
        }
    }
}

/// A clock at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Noted {
    runs: bool,
    now: Timestamp,
}

impl Noted {
    /// The clock, going on from that instant.
    pub(crate) fn resumed(self) -> Clock {
        if !self.runs {
            return Clock::Fixed { now: self.now };
        }
        let machine = Timestamp::now();
        Clock::Real {
            ahead_seconds: self.now.as_second() - machine.as_second(),
        }
    }
}

fn in_range(second: i64) -> Result<(), ClockError> {
    if (0..=i64::from(u32::MAX)).contains(&second) {
        Ok(())
    } else {
        Err(ClockError::OutOfRange(
            Timestamp::from_second(second)
                .map_or_else(|_| format!("second {second}"), |time| time.to_string()),
        ))
    }
}
