//! Writes what a run saw. A file that cannot be written any more fails no run: the recording ends there.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use serde_json::Value;

use super::crowd::{self, Own};
use super::format::{Header, Line, Observed, Outcome, Recorded, Request, Response, SCHEMA};
use super::symbols::{Place, Symbols};
use super::{counterpart, order};
use crate::client::Exchange;
use crate::run::Performed;
use crate::verdict::Verdict;

/// The headers of an answer that say something about the API. All others are of the moment, of the road,
/// or the mock's own.
const HEADERS: [&str; 9] = [
    "allow",
    "content-type",
    "etag",
    "last-modified",
    "location",
    "retry-after",
    "www-authenticate",
    "x-ratelimit-limit",
    "x-total-count",
];

/// The recording of a run. A file that cannot be written any more fails no run: it says so once, and ends.
#[derive(Debug)]
pub(crate) struct RunRecording {
    file: PathBuf,
    recorder: Option<Recorder<BufWriter<File>>>,
}

impl RunRecording {
    /// Makes the file, in which the header line is written.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub(crate) fn begin(file: &Path, target: &str, now: Timestamp) -> io::Result<Self> {
        let named =
            |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", file.display()));
        let out = BufWriter::new(File::create(file).map_err(named)?);
        let recorder = Recorder::begin(out, target, now).map_err(named)?;
        Ok(Self {
            file: file.to_owned(),
            recorder: Some(recorder),
        })
    }

    /// Writes how a scenario went, and beside it what the mock did.
    pub(crate) fn add(&mut self, performed: &Performed, beside: &Performed) {
        let added = self
            .recorder
            .as_mut()
            .map(|recorder| recorder.add(performed, beside));
        if let Some(Err(error)) = added {
            let file = self.file.display();
            // Nothing is left to be done when stderr is closed.
            let _ = writeln!(
                io::stderr(),
                "contract-tests: the recording ends here: {file}: {error}"
            );
            self.recorder = None;
        }
    }
}

/// A recording in the making.
#[derive(Debug)]
pub(super) struct Recorder<W> {
    out: W,
}

impl<W: Write> Recorder<W> {
    /// Begins with the header line.
    pub(super) fn begin(mut out: W, target: &str, time: Timestamp) -> io::Result<Self> {
        let header = Header {
            schema: SCHEMA,
            target: target.to_owned(),
            time,
            tool: env!("CARGO_PKG_VERSION").to_owned(),
        };
        write_line(&mut out, &header)?;
        Ok(Self { out })
    }

    /// Adds a scenario that has been run, and how it went on the mock.
    pub(super) fn add(&mut self, performed: &Performed, beside: &Performed) -> io::Result<()> {
        for line in lines(performed, beside) {
            self.out.write_all(line.as_bytes())?;
            self.out.write_all(b"\n")?;
        }
        self.out.flush()
    }
}

/// The lines that a recording has of a scenario, of which it is known how it went on the mock.
pub fn lines(performed: &Performed, beside: &Performed) -> Vec<String> {
    let Recorded {
        mut exchanges,
        outcome,
    } = recorded(performed);
    counterpart::note(&mut exchanges, beside);
    let exchanges = exchanges
        .into_iter()
        .map(|seen| Line::Exchange(Box::new(seen)));
    let lines = exchanges.chain(outcome.map(Line::Outcome));
    // What is recorded is made of texts, numbers and lists, which can all be written as JSON.
    lines
        .filter_map(|line| serde_json::to_string(&line).ok())
        .collect()
}

fn write_line(out: &mut impl Write, line: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

/// What was seen of a scenario, with symbols.
pub(crate) fn recorded(performed: &Performed) -> Recorded {
    let mut symbols = Symbols::new(performed.scenario.api());
    let name = performed.scenario.name;
    let mut own = Own::default();
    let exchanges = counted(&performed.exchanges).into_iter();
    let exchanges = exchanges.map(|exchange| {
        own.note(exchange);
        observed(&mut symbols, &own, name, exchange)
    });
    let exchanges = exchanges.collect();
    let (answer, because) = match &performed.verdict {
        Verdict::Answered { answer } => (Some((*answer).to_owned()), None),
        Verdict::NotObservable { because } => (None, Some(symbols.plain(because))),
        Verdict::Broken(failure) | Verdict::UnknownAnswer(failure) => {
            let step = symbols.plain(&failure.step);
            let expected = symbols.plain(&failure.expected);
            (None, Some(format!("at '{step}': expected {expected}")))
        }
        Verdict::InstrumentFailed(trouble) => (None, Some(symbols.plain(&trouble.step))),
        Verdict::Held => (None, None),
    };
    let proves = performed.scenario.proves.iter();
    Recorded {
        exchanges,
        outcome: Some(Outcome {
            answer,
            because,
            proves: proves.map(|id| (*id).to_owned()).collect(),
            scenario: name.to_owned(),
            verdict: performed.verdict.name().to_owned(),
        }),
    }
}

/// A step that asks again until the target has caught up counts once: how often it asked says nothing.
pub(super) fn counted(exchanges: &[Exchange]) -> Vec<&Exchange> {
    let mut kept: Vec<&Exchange> = Vec::new();
    // What is asked about a mock by its control API is nothing that a sandbox could answer.
    let said = exchanges
        .iter()
        .filter(|exchange| !exchange.path.contains("/_mock/"));
    for exchange in said {
        let same = |before: &&Exchange| {
            before.step == exchange.step
                && before.method == "GET"
                && before.method == exchange.method
                && before.path == exchange.path
                && before.caller == exchange.caller
        };
        if kept.last().is_some_and(same) {
            kept.pop();
        }
        kept.push(exchange);
    }
    kept
}

fn observed(symbols: &mut Symbols, own: &Own, scenario: &str, exchange: &Exchange) -> Observed {
    symbols.enter(&exchange.step, &exchange.path, answered_at(exchange));
    Observed {
        caller: symbols.plain(&exchange.caller),
        mock: None,
        request: request(symbols, exchange),
        response: response(symbols, own, exchange),
        scenario: scenario.to_owned(),
        step: symbols.plain(&exchange.step),
    }
}

fn answered_at(exchange: &Exchange) -> Option<Timestamp> {
    let date = header(exchange, "date")?;
    DateTimeParser::new().parse_timestamp(date).ok()
}

pub(super) fn header<'a>(exchange: &'a Exchange, wanted: &str) -> Option<&'a str> {
    let mut headers = exchange.headers.iter();
    let found = headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
    Some(&found.1)
}

fn request(symbols: &mut Symbols, exchange: &Exchange) -> Request {
    let (path, query) = match exchange.path.split_once('?') {
        Some((path, query)) => (path, query),
        None => (exchange.path.as_str(), ""),
    };
    let body = exchange.sent.as_deref().map(|body| {
        let body = parsed(body);
        order::sorted(symbols.value(body, &Place(">".to_owned())))
    });
    let path = symbols.path(path);
    let pairs = form_urlencoded::parse(query.as_bytes());
    let query = pairs.map(|(key, text)| {
        let place = Place(format!(">{key}"));
        // Only conditions and lists are JSON in a query; anything else is text.
        let value = match text.starts_with(['{', '[']) {
            true => parsed(&text),
            false => Value::String(text.into_owned()),
        };
        let value = symbols.asked(&key, value, &place);
        (key.into_owned(), order::sorted(value))
    });
    let query = query.collect();
    let headers = exchange.sent_headers.iter().map(|(name, value)| {
        let name = name.to_ascii_lowercase();
        let place = Place(format!(">{name}"));
        let value = match (name.as_str(), item_of(&exchange.path)) {
            ("if-match" | "if-none-match", Some(id)) => symbols.etag(value, id, &place),
            _ => symbols.text(value, &place),
        };
        (name, value)
    });
    Request {
        body,
        headers: headers.collect(),
        method: exchange.method.clone(),
        path,
        query,
    }
}

fn response(symbols: &mut Symbols, own: &Own, exchange: &Exchange) -> Response {
    let body = Some(exchange.body.as_str()).filter(|body| !body.is_empty());
    let mut body = body.map(parsed);
    let is_crowd = own.is_among_others(exchange)
        && match &mut body {
            Some(body) => crowd::blur(body),
            // HEAD tells how many there are, too.
            None => header(exchange, "x-total-count").is_some(),
        };
    let body = body.map(|body| symbols.value(body, &Place(String::new())));
    let key_order = body.as_ref().map(order::of_keys).unwrap_or_default();
    let headers = HEADERS.iter().filter_map(|name| {
        let value = header(exchange, name)?;
        // An address begins with the target's own, which says nothing.
        let value = match *name {
            "location" => value
                .strip_prefix(exchange.base_url.as_str())
                .unwrap_or(value),
            _ => value,
        };
        if is_crowd && crowd::HEADERS.contains(name) {
            return Some(((*name).to_owned(), crowd::SOME.to_owned()));
        }
        let place = Place(format!(":{name}"));
        let value = match (*name, item_of(&exchange.path)) {
            ("etag", Some(id)) => symbols.etag(value, id, &place),
            _ => symbols.text(value, &place),
        };
        Some(((*name).to_owned(), value))
    });
    let headers: BTreeMap<String, String> = headers.collect();
    Response {
        body: body.map(order::sorted),
        headers,
        key_order,
        status: exchange.status,
    }
}

/// The id at the end of a path.
fn item_of(path: &str) -> Option<&str> {
    let path = path.split('?').next()?;
    let last = path.trim_end_matches('/').rsplit('/').next()?;
    (last.len() == 24).then_some(last)
}

/// A text as JSON, or as itself where it is none.
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}
