//! Symbols for what differs from run to run: ids, dates, etags, names and numbers that a run or a server
//! makes up. The same thing has the same symbol wherever it stands, named by where it stood first, so that
//! relations stay visible and something new in between renames nothing.

use std::collections::BTreeMap;

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::numbers;
use crate::scenario::Api;

/// How far clocks may differ: a date that lies so far before the first answer or after its own is called now.
const NOW: SignedDuration = SignedDuration::from_secs(5);
/// The member that holds the etag of the object around it.
const ETAG: &str = "_etag";
/// As many digits or more are a number that the server made up: an OCR number.
const MADE_UP: usize = 16;
/// What the names begin with that a run makes up.
const OWN: &[u8] = b"ct-";
/// As many equal letters or more fill a text up to a length.
const FILLING: usize = 64;

/// The symbols of one scenario.
#[derive(Debug)]
pub(super) struct Symbols {
    api: Api,
    known: BTreeMap<String, String>,
    /// The moment of the first answer, by the server's own clock.
    began: Option<Timestamp>,
    /// The moment of the answer in hand.
    now: Option<Timestamp>,
    step: String,
    /// What the path asked for is about.
    path: String,
}

/// Where a value stands: `>` in a request, nothing in an answer.
#[derive(Debug, Clone)]
pub(super) struct Place(pub(super) String);

impl Place {
    fn at(&self, key: &str) -> Self {
        Self(format!("{}/{key}", self.0))
    }
}

impl Symbols {
    /// No symbol yet.
    pub(super) fn new(api: Api) -> Self {
        Self {
            api,
            known: BTreeMap::new(),
            began: None,
            now: None,
            step: String::new(),
            path: String::new(),
        }
    }

    /// Goes on to the next exchange: its step, its path, and the moment of its answer.
    pub(super) fn enter(&mut self, step: &str, path: &str, now: Option<Timestamp>) {
        self.step = self.plain(step);
        path.clone_into(&mut self.path);
        self.now = now;
        self.began = self.began.or(now);
    }

    /// A text that names no new symbol: the name of a step.
    pub(super) fn plain(&self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len());
        for run in runs(text) {
            match (named(run), self.known.get(run)) {
                (Some(name), _) => shown.push_str(&name),
                (None, Some(symbol)) => shown.push_str(symbol),
                (None, None) if kind(run).is_some() => shown.push_str("{{id}}"),
                (None, None) if self.api == Api::Ams && numbers::is_id(&shown, run) => {
                    shown.push_str("{{id}}");
                }
                (None, None) => shown.push_str(run),
            }
        }
        shown
    }

    /// A value with its symbols.
    pub(super) fn value(&mut self, value: Value, place: &Place) -> Value {
        self.member(value, "", place)
    }

    fn member(&mut self, value: Value, key: &str, place: &Place) -> Value {
        match value {
            Value::String(_) => self.asked(key, value, place),
            Value::Number(number) => match self.known_by(key, &number) {
                Some(of) => Value::String(self.symbol(&of, "#", place)),
                None => Value::Number(number),
            },
            Value::Array(items) => {
                let items = items.into_iter().enumerate();
                let items = items.map(|(index, item)| {
                    // What a list holds is what its key says.
                    self.member(item, key, &place.at(&index.to_string()))
                });
                Value::Array(items.collect())
            }
            Value::Object(members) => {
                let id = members.get("_id").and_then(Value::as_str);
                let id = id.map(str::to_owned);
                let members = members.into_iter().map(|(name, member)| {
                    if let (ETAG, Value::String(etag), Some(id)) = (&*name, &member, &id) {
                        let etag = self.etag(etag, id, &place.at(ETAG));
                        return (name, Value::String(etag));
                    }
                    let inner = place.at(&name);
                    let member = self.member(member, &name, &inner);
                    (self.plain(&name), member)
                });
                Value::Object(members.collect::<Map<_, _>>())
            }
            other => other,
        }
    }

    /// A text with its symbols.
    pub(super) fn text(&mut self, text: &str, place: &Place) -> String {
        if let Some(date) = date(text) {
            return self.date(text, date, place);
        }
        let mut shown = String::with_capacity(text.len());
        for run in runs(text) {
            match (named(run), kind(run)) {
                (Some(name), _) => shown.push_str(&name),
                (None, Some(_)) => shown.push_str(&self.symbol(run, "", place)),
                (None, None) => {
                    let symbol = self.told(&shown, run).map(str::to_owned);
                    shown.push_str(symbol.as_deref().unwrap_or(run));
                }
            }
        }
        shown
    }

    /// The symbol of an id of AMS that a text tells after what it is an id of.
    fn told(&self, before: &str, run: &str) -> Option<&str> {
        let thing = numbers::thing_before(before).filter(|_| self.api == Api::Ams)?;
        self.known
            .get(&format!("{thing} {run}"))
            .map(String::as_str)
    }

    /// A text under a key: AMS may be given the number of an id as a text, in a query it always is.
    pub(super) fn asked(&mut self, key: &str, value: Value, place: &Place) -> Value {
        let Value::String(text) = value else {
            return self.value(value, place);
        };
        let number = text.parse::<i64>().ok().filter(|_| self.api == Api::Ams);
        let known = number.and_then(|number| self.known_by(key, &number.into()));
        Value::String(match known {
            Some(of) => self.symbol(&of, "", place),
            None => self.text(&text, place),
        })
    }

    /// The etag of a document. Two documents of the same content may have the same one, which is chance.
    pub(super) fn etag(&mut self, etag: &str, id: &str, place: &Place) -> String {
        let bare = etag.trim_matches('"');
        let key = format!("{bare} of {id}");
        let step = &self.step;
        let known = self.known.entry(key);
        let symbol = known
            .or_insert_with(|| format!("{{{{{step}{}}}}}", place.0))
            .clone();
        etag.replacen(bare, &symbol, 1)
    }

    /// A path with its symbols: AMS has whole numbers as ids there.
    pub(super) fn path(&mut self, path: &str) -> String {
        let parts = path.split('/').enumerate().map(|(number, part)| {
            let place = Place(format!(">path/{number}"));
            let is_number = !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
            if self.api == Api::Ams && is_number {
                let before = path.split('/').nth(number.wrapping_sub(1));
                let thing = numbers::thing(before.unwrap_or_default()).unwrap_or_default();
                self.symbol(&format!("{thing} {part}"), "", &place)
            } else {
                self.text(part, &place)
            }
        });
        parts.collect::<Vec<_>>().join("/")
    }

    /// What a number under this key is known by, if it is an id: in AMS users, departments, groups and
    /// companies have numbers of their own, which meet by chance.
    fn known_by(&self, key: &str, number: &serde_json::Number) -> Option<String> {
        match self.api {
            // An id with a fraction of nothing: `7.0` in the place of `7`.
            Api::Ams if number.as_f64().is_some_and(|number| number.fract() != 0.0) => None,
            Api::Ams => {
                let thing = numbers::of_key(key, &self.path)?;
                Some(format!("{thing} {number}"))
            }
            // The one number that the server counts up.
            Api::Amili => (key == "creditor_number" && number.is_i64()).then(|| number.to_string()),
        }
    }

    /// A date from the scenario's own time is now, however slow it went; any other is known by where it stood
    /// first.
    fn date(&mut self, text: &str, date: Timestamp, place: &Place) -> String {
        let since = |moment: Timestamp| date.duration_since(moment);
        let is_now = self.now.is_some_and(|now| since(now) <= NOW)
            && self.began.is_some_and(|began| since(began) >= -NOW);
        if is_now {
            return "{{now}}".to_owned();
        }
        self.symbol(text, "", place)
    }

    fn symbol(&mut self, raw: &str, mark: &str, place: &Place) -> String {
        let step = &self.step;
        let place = &place.0;
        let known = self.known.entry(raw.to_owned());
        let symbol = known.or_insert_with(|| format!("{{{{{step}{place}}}}}"));
        // A number as an id is told from a text.
        symbol.replacen("{{", &format!("{{{{{mark}"), 1)
    }
}

/// The text in pieces: runs of letters, digits and the dashes of a run's own names, and what lies between.
fn runs(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let length = own_name(rest).unwrap_or_else(|| {
            let is_run = |letter: char| letter.is_ascii_alphanumeric();
            let first = rest.chars().next().is_some_and(is_run);
            let end = rest.find(|letter: char| is_run(letter) != first);
            end.unwrap_or(rest.len())
        });
        let (piece, after) = rest.split_at(length);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// How long the name is with which a text begins, when a run made it up: `ct-<run>-<scenario>-<number>`.
fn own_name(text: &str) -> Option<usize> {
    // Asked for every run of a text: none may look through all that comes behind it.
    let begins = text.as_bytes().get(..OWN.len());
    if !begins.is_some_and(|begins| begins.eq_ignore_ascii_case(OWN)) {
        return None;
    }
    let mut parts = text.splitn(4, '-');
    let (first, run, scenario) = (parts.next()?, parts.next()?, parts.next()?);
    let number = parts.next()?;
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let is_own = !run.is_empty()
        && run.bytes().all(|letter| letter.is_ascii_alphanumeric())
        && !scenario.is_empty()
        && scenario.bytes().all(|digit| digit.is_ascii_digit())
        && digits > 0;
    is_own.then(|| first.len() + run.len() + scenario.len() + 3 + digits)
}

/// The symbol of a name that a run made up: its number within the scenario.
fn named(run: &str) -> Option<String> {
    let number = run.rsplit('-').next()?;
    let word = match run.starts_with(char::is_uppercase) {
        true => "NAME",
        false => "name",
    };
    (own_name(run) == Some(run.len())).then(|| format!("{{{{{word} {number}}}}}"))
}

/// Whether a text holds a name or a number that a run made up.
pub(super) fn is_made_up(text: &str) -> bool {
    let numbers = |run: &str| run.bytes().all(|digit| digit.is_ascii_digit());
    let mut runs = runs(text).into_iter();
    runs.any(|run| named(run).is_some() || (numbers(run) && kind(run).is_some()))
}

/// What a run of letters and digits is, if it is made up.
fn kind(run: &str) -> Option<()> {
    let all = |test: fn(&u8) -> bool| run.bytes().all(|letter| test(&letter));
    let hex = all(u8::is_ascii_hexdigit);
    let digits = all(u8::is_ascii_digit);
    // What fills a text up to a length: how long that is depends on the name before it.
    let filling = run.len() >= FILLING
        && run
            .bytes()
            .all(|letter| run.starts_with(char::from(letter)));
    let made_up = match run.len() {
        _ if filling => true,
        24 | 32 | 40 if hex => true,
        10 => digits && run.starts_with("55"),
        length => digits && length >= MADE_UP,
    };
    made_up.then_some(())
}

/// A date in either of the forms that the APIs use.
fn date(text: &str) -> Option<Timestamp> {
    let begins = text.as_bytes().first()?;
    if begins.is_ascii_digit() {
        return text.parse().ok();
    }
    if !text.ends_with("GMT") {
        return None;
    }
    DateTimeParser::new().parse_timestamp(text).ok()
}
