//! Time as the client knows it: the present moment, and pauses. Injected, so that tests do not wait.

use std::fmt::Debug;
use std::time::{Duration, Instant};

use crate::interrupt::Interrupt;

/// A clock that can be waited by.
pub(crate) trait Time: Debug + Send + Sync {
    fn now(&self) -> Instant;

    /// Lets time pass; an interrupt, where there is one, ends the pause early.
    fn pause(&self, length: Duration, interrupt: Option<&Interrupt>);
}

/// The machine's own.
#[derive(Debug)]
pub(crate) struct MachineTime;

impl Time for MachineTime {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn pause(&self, length: Duration, interrupt: Option<&Interrupt>) {
        match interrupt {
            _ if length.is_zero() => {}
            Some(interrupt) => interrupt.wait(length),
            None => std::thread::sleep(length),
        }
    }
}

/// A time that passes when somebody waits, and keeps how long they did.
#[cfg(test)]
#[derive(Debug)]
pub(crate) struct ToldTime {
    began: Instant,
    pauses: std::sync::Mutex<Vec<Duration>>,
}

#[cfg(test)]
impl ToldTime {
    pub(crate) fn new() -> Self {
        Self {
            began: Instant::now(),
            pauses: std::sync::Mutex::default(),
        }
    }

    /// How long anybody waited each time, without the times when nobody had to.
    pub(crate) fn pauses(&self) -> Vec<Duration> {
        self.pauses.lock().unwrap().clone()
    }

    pub(crate) fn pass(&self, length: Duration) {
        self.pauses.lock().unwrap().push(length);
    }
}

#[cfg(test)]
impl Time for ToldTime {
    fn now(&self) -> Instant {
        self.began + self.pauses().iter().sum::<Duration>()
    }

    fn pause(&self, length: Duration, _interrupt: Option<&Interrupt>) {
        if !length.is_zero() {
            self.pass(length);
        }
    }
}
