//! How a mock is started from Rust, part by part.

use std::path::Path;

use serde_json::Value;

use super::MockServer;
use crate::catalogue;
use crate::options::{Options, StartError};
use crate::platform::assumption::{Answers, UnknownAnswer};
use crate::platform::bounds::Limits;
use crate::platform::clock::{Clock, ClockError};
use crate::platform::journal::JournalLimits;

/// What a mock starts with; whatever is not said is as the command's defaults.
///
/// ```
/// use mock_server::MockServer;
///
/// let mock = MockServer::builder()
///     .seed(7)
///     .clock("2025-11-11T12:22:34Z")?
///     .assume("amili.write.bulk", "refused")?
///     .start()?;
/// assert_eq!(mock.space("a-test")?.state().records("amili", "accounts").len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Builder {
    options: Options,
    faults: Vec<Value>,
}

impl Builder {
    /// The text of a world file instead of the built-in world.
    #[must_use]
    pub fn world(mut self, text: impl Into<String>) -> Self {
        self.options.world = Some(text.into());
        self
    }

    /// The seed of ids, etags and tokens.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.options.seed = Some(seed);
        self
    }

    /// `real`, or an RFC 3339 instant that stands still until it is advanced.
    ///
    /// # Errors
    /// When the text is neither.
    pub fn clock(mut self, text: &str) -> Result<Self, ClockError> {
        self.options.clock = Clock::parse(text)?;
        Ok(self)
    }

    /// The answer to an undocumented question.
    ///
    /// # Errors
    /// When the assumption or the answer is not known; the error lists what is.
    pub fn assume(mut self, id: &str, answer: &str) -> Result<Self, UnknownAnswer> {
        self.options
            .answers
            .choose(&catalogue::assumptions(), id, answer)?;
        Ok(self)
    }

    /// Answers to undocumented questions.
    #[must_use]
    pub fn answers(mut self, answers: Answers) -> Self {
        self.options.answers = answers;
        self
    }

    /// A fault that each space starts with, in the form of an element of `PUT /_mock/faults`.
    #[must_use]
    pub fn fault(mut self, fault: Value) -> Self {
        self.faults.push(fault);
        self
    }

    /// How much each space's journal keeps.
    #[must_use]
    pub fn journal(mut self, limits: JournalLimits) -> Self {
        self.options.journal = limits;
        self
    }

    /// What the server takes at the most.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.options.limits = limits;
        self
    }

    /// Where the state is kept between runs.
    #[must_use]
    pub fn state_file(mut self, file: &Path) -> Self {
        self.options.state = Some(file.to_owned());
        self
    }

    /// Starts it, on a free loopback port.
    ///
    /// # Errors
    /// When the world, a fault or the state file cannot be used, or no port or thread can be had.
    pub fn start(mut self) -> Result<MockServer, StartError> {
        if !self.faults.is_empty() {
            self.options.faults = Some(Value::from(self.faults).to_string());
        }
        MockServer::with(self.options)
    }
}
