//! The log: how a line of it looks, and where it goes: to standard error, whenever the server has nothing else
//! to do.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, MakeWriter};
use tracing_subscriber::registry::LookupSpan;

/// As many bytes are written at once even where there is no end of requests.
const MOST: usize = 16 * 1024;

static WAITING: Mutex<Vec<u8>> = Mutex::new(Vec::new());

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
        waiting.extend_from_slice(line);
        if !self.may_wait || waiting.len() >= MOST {
            write_out(&mut waiting);
        }
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
    write_out(&mut waiting());
}

fn write_out(waiting: &mut Vec<u8>) {
    if !waiting.is_empty() {
        // There is nobody to tell that nobody reads the log.
        let _ = io::stderr().write_all(waiting);
        waiting.clear();
    }
}

fn waiting() -> MutexGuard<'static, Vec<u8>> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A line without colours, as the subscriber's own form has it, in a fraction of the time: every request has one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plain;

impl<S, N> FormatEvent<S, N> for Plain
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut line: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let about = event.metadata();
        write_time(&mut line, Timestamp::now())?;
        let level = about.level().as_str();
        line.write_str(match level.len() {
            4 => "  ",
            _ => " ",
        })?;
        line.write_str(level)?;
        line.write_char(' ')?;
        line.write_str(about.target())?;
        line.write_char(':')?;
        let mut fields = Fields {
            line: line.by_ref(),
            outcome: Ok(()),
        };
        event.record(&mut fields);
        fields.outcome?;
        line.write_char('\n')
    }
}

/// The second that was written last, with its text: most lines of a second share it.
static SECOND: Mutex<(i64, String)> = Mutex::new((i64::MIN, String::new()));

fn write_time(line: &mut Writer<'_>, now: Timestamp) -> fmt::Result {
    let mut last = SECOND.lock().unwrap_or_else(PoisonError::into_inner);
    if last.0 != now.as_second() {
        let text = format!("{now:.0}");
        *last = (now.as_second(), text.trim_end_matches('Z').to_owned());
    }
    line.write_str(&last.1)?;
    drop(last);
    write!(line, ".{:06}Z", now.subsec_microsecond().unsigned_abs())
}

/// The fields of an event, each behind a blank.
struct Fields<'a> {
    line: Writer<'a>,
    outcome: fmt::Result,
}

impl Fields<'_> {
    fn add(&mut self, field: &Field, write: impl FnOnce(&mut Writer<'_>) -> fmt::Result) {
        let name = field.name();
        let is_named = name != "message";
        self.outcome = self.outcome.and_then(|()| {
            self.line.write_char(' ')?;
            if is_named {
                self.line.write_str(name)?;
                self.line.write_char('=')?;
            }
            write(&mut self.line)
        });
    }
}

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, text: &str) {
        let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && !b"\"\\".contains(&byte);
        let is_plain = text.bytes().all(is_plain);
        self.add(field, |line| match is_plain {
            true => {
                line.write_char('"')?;
                line.write_str(text)?;
                line.write_char('"')
            }
            false => write!(line, "{text:?}"),
        });
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.add(field, |line| write!(line, "{value:?}"));
    }
}
