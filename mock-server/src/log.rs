//! The log: how a line of it looks, and where it goes: to standard error, whenever the server has nothing else
//! to do.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::Context;

/// As many bytes are written at once even where there is no end of requests.
const MOST: usize = 16 * 1024;

static WAITING: Mutex<Waiting> = Mutex::new(Waiting {
    lines: Vec::new(),
    second: (i64::MIN, String::new()),
});

/// The target of the lines that tell of requests.
const REQUEST: &str = "request";

/// Lines on their way out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lines {
    may_wait: bool,
}

impl Lines {
    /// Of those that tell of requests each waits until there is nothing else to do; others do not.
    pub(crate) fn new() -> Self {
        Self { may_wait: false }
    }
}

impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut waiting = waiting();
        waiting.lines.extend_from_slice(line);
        waiting.added(self.may_wait);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        *self
    }

    fn make_writer_for(&self, about: &Metadata<'_>) -> Self {
        let may_wait = about.target() == REQUEST;
        Self { may_wait }
    }
}

/// Writes what waits.
pub(crate) fn flush() {
    waiting().write_out();
}

fn waiting() -> MutexGuard<'static, Waiting> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The lines that wait to be written.
struct Waiting {
    lines: Vec<u8>,
    /// The second that was written last, with its text: most lines of a second share it.
    second: (i64, String),
}

impl Waiting {
    fn added(&mut self, may_wait: bool) {
        if !may_wait || self.lines.len() >= MOST {
            self.write_out();
        }
    }

    fn write_out(&mut self) {
        if !self.lines.is_empty() {
            // There is nobody to tell that nobody reads the log.
            let _ = io::stderr().write_all(&self.lines);
            self.lines.clear();
        }
    }

    fn add_time(&mut self, now: Timestamp) {
        if self.second.0 != now.as_second() {
            let text = format!("{now:.0}");
            self.second = (now.as_second(), text.trim_end_matches('Z').to_owned());
        }
        add(&mut self.lines, &self.second.1);
        let micros = now.subsec_microsecond().unsigned_abs();
        add_shown(&mut self.lines, format_args!(".{micros:06}Z"));
    }
}

/// Lines without colours, as the subscriber's own form has them, in a fraction of the time: every request has one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plain;

impl<S: Subscriber> Layer<S> for Plain {
    // Nothing that a line shows logs anything itself, which would wait for the lock that is held here.
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let about = event.metadata();
        let mut waiting = waiting();
        waiting.add_time(Timestamp::now());
        let level = about.level().as_str();
        let lines = &mut waiting.lines;
        add(lines, if level.len() == 4 { "  " } else { " " });
        for part in [level, " ", about.target(), ":"] {
            add(lines, part);
        }
        event.record(&mut Fields(lines));
        add(lines, "\n");
        waiting.added(about.target() == REQUEST);
    }
}

fn add(lines: &mut Vec<u8>, text: &str) {
    lines.extend_from_slice(text.as_bytes());
}

fn add_shown(lines: &mut Vec<u8>, shown: fmt::Arguments<'_>) {
    // Into memory, which takes everything.
    let _ = lines.write_fmt(shown);
}

/// Takes the fields of an event, each behind a blank.
struct Fields<'a>(&'a mut Vec<u8>);

impl Fields<'_> {
    fn name(&mut self, field: &Field) {
        add(self.0, " ");
        if field.name() != "message" {
            add(self.0, field.name());
            add(self.0, "=");
        }
    }
}

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, text: &str) {
        let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && !b"\"\\".contains(&byte);
        self.name(field);
        match text.bytes().all(is_plain) {
            true => ["\"", text, "\""]
                .into_iter()
                .for_each(|part| add(self.0, part)),
            false => add_shown(self.0, format_args!("{text:?}")),
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.name(field);
        add_shown(self.0, format_args!("{value:?}"));
    }
}
