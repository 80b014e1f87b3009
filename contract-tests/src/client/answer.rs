//! The answer to a step, and what a scenario may demand of it. A dry run's answer meets every demand.

use std::cell::OnceCell;
use std::rc::Rc;

use serde::Serialize;
use serde_json::Value;

use super::Client;
use super::captured::Captured;
use super::conversation::Conversation;
use super::exchange::Exchange;
use super::select::{mentions, select};
use crate::scenario::Api;
use crate::verdict::{Answered, Failure, Observation, Outcome, Stop, Trouble, TroubleKind};

/// As much of a body as a message shows.
const SHOWN: usize = 700;

/// An answer, or a part of one.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    conversation: Rc<Conversation>,
    exchange: Rc<Exchange>,
    api: Api,
    status: u16,
    /// The body as it came; messages show the redacted copy in the exchange.
    text: Rc<String>,
    /// What is judged, once somebody has looked at it: of many an answer, the status is all that counts.
    read: Rc<OnceCell<Read>>,
}

/// A body as JSON.
#[derive(Debug)]
struct Read {
    /// `null` when there is none.
    body: Value,
    /// Why it is none.
    readable: Result<(), String>,
}

impl Read {
    fn of(text: &str) -> Self {
        match serde_json::from_str(text) {
            Ok(body) => Self::part(body),
            Err(error) => Self {
                body: Value::Null,
                readable: Err(error.to_string()),
            },
        }
    }

    fn part(body: Value) -> Self {
        Self {
            body,
            readable: Ok(()),
        }
    }
}

impl Answer {
    pub(super) fn new(client: &Client, text: Option<String>, exchange: Rc<Exchange>) -> Self {
        Self {
            conversation: Rc::clone(&client.conversation),
            api: client.api,
            status: exchange.status,
            text: Rc::new(text.unwrap_or_default()),
            read: Rc::default(),
            exchange,
        }
    }

    pub(super) fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Whether it is but the answer of a dry run, which says nothing.
    pub(crate) fn planned(&self) -> bool {
        self.conversation.planning()
    }

    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    /// The answer has this status.
    pub(crate) fn has_status(&self, status: u16) -> Outcome {
        if self.planned() || self.status == status {
            return Ok(());
        }
        Err(self.broken(&format!("status {status}"), &self.described()))
    }

    /// The second at which the target says that it answered.
    pub(crate) fn second(&self) -> Option<i64> {
        let mut headers = self.exchange.headers.iter();
        let (_, date) = headers.find(|(name, _)| name.eq_ignore_ascii_case("date"))?;
        let date = jiff::fmt::rfc2822::parse(date).ok()?;
        Some(date.timestamp().as_second())
    }

    pub(crate) fn succeeded(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(crate) fn refused(&self) -> bool {
        (400..500).contains(&self.status)
    }

    /// Whether the name of a header holds these lower-case letters.
    pub(crate) fn has_header_about(&self, letters: &str) -> bool {
        let mut headers = self.exchange.headers.iter();
        headers.any(|(name, _)| name.to_ascii_lowercase().contains(letters))
    }

    /// Whether a mock gave it.
    pub(crate) fn on_mock(&self) -> bool {
        let endpoint = self.conversation.endpoint(self.api);
        endpoint.is_ok_and(|endpoint| endpoint.control_url.is_some())
    }

    /// The body; `null` when there is none that can be read.
    pub(crate) fn value(&self) -> &Value {
        &self.read().body
    }

    fn read(&self) -> &Read {
        self.read.get_or_init(|| Read::of(&self.text))
    }

    /// Whether both are the same, letter by letter.
    pub(super) fn reads_like(&self, other: &Self) -> bool {
        self.text == other.text
    }

    /// How many documents a list shows.
    pub(crate) fn items(&self) -> usize {
        self.listed().len()
    }

    /// The elements of a list, wherever the API keeps them.
    pub(crate) fn listed(&self) -> &[Value] {
        let bare = (self.api == Api::Ams).then_some(self.value());
        let wrapped = ["_items", "data"]
            .iter()
            .find_map(|key| self.value().get(key));
        let list = wrapped.or(bare).and_then(Value::as_array);
        list.map_or(&[], Vec::as_slice)
    }

    /// The value at a JSON pointer; AMS may wrap its answers in `data`.
    pub(crate) fn at(&self, pointer: &str) -> Option<&Value> {
        let inside_data = || match self.api {
            Api::Ams => self.value().get("data")?.pointer(pointer),
            Api::Amili => None,
        };
        self.value().pointer(pointer).or_else(inside_data)
    }

    /// What stands at the pointer, to be judged alone; what a target does not show cannot be seen.
    pub(crate) fn shown_at(&self, pointer: &str) -> Result<Self, Stop> {
        match self.at(pointer) {
            Some(value) => Ok(self.part(value.clone())),
            None if self.planned() => Ok(self.clone()),
            None => Err(Stop::NotObservable(format!(
                "the answer to '{}' does not show {pointer}",
                self.exchange.step
            ))),
        }
    }

    /// Takes a value for later requests. Its absence is a wrong answer.
    pub(crate) fn capture(&self, name: &str, pointer: &str) -> Result<Captured, Stop> {
        if self.planned() {
            return Ok(Captured::placeholder(name));
        }
        match self.at(pointer) {
            Some(value) if !value.is_null() => Ok(Captured(value.clone())),
            _ => Err(self.lacking(&format!("a value at {pointer}"))),
        }
    }

    /// The element of a list in which each of these fields has this value.
    pub(crate) fn find(&self, name: &str, fields: &[(&str, &Captured)]) -> Result<Self, Stop> {
        if self.planned() {
            return Ok(self.part(Captured::placeholder(name).0));
        }
        let mut listed = self.listed().iter();
        let meets = |item: &&Value| {
            let mut fields = fields.iter();
            fields.all(|(key, wanted)| item.get(*key) == Some(&wanted.0))
        };
        match listed.find(meets) {
            Some(item) => Ok(self.part(item.clone())),
            None => Err(self.lacking(&format!("{name} in the list"))),
        }
    }

    /// The same answer, narrowed to one part of its body.
    pub(crate) fn part(&self, body: Value) -> Self {
        Self {
            read: Rc::new(OnceCell::from(Read::part(body))),
            ..self.clone()
        }
    }

    /// The value at the pointer equals this.
    pub(crate) fn holds(&self, pointer: &str, expected: impl Serialize) -> Outcome {
        let expected = json(&expected);
        let wanted = format!("{pointer} = {expected}");
        self.check(&wanted, |answer| answer.at(pointer) == Some(&expected))
    }

    /// The values at a place with `*` are exactly these, in any order.
    pub(crate) fn holds_exactly(&self, place: &str, expected: impl Serialize) -> Outcome {
        let expected = json(&expected);
        let wanted = format!("{place} = exactly {expected}, in any order");
        self.check(&wanted, |answer| {
            sorted(answer.all_at(place)) == sorted(elements(&expected))
        })
    }

    /// The values at a place with `*` are these, in this order.
    pub(crate) fn holds_in_order(&self, place: &str, expected: impl Serialize) -> Outcome {
        let expected = json(&expected);
        let wanted = format!("{place} = {expected}, in this order");
        self.check(&wanted, |answer| {
            answer.all_at(place) == elements(&expected)
        })
    }

    /// The value at the pointer is absent, not even null.
    pub(crate) fn lacks(&self, pointer: &str) -> Outcome {
        self.check(&format!("nothing at {pointer}"), |answer| {
            answer.at(pointer).is_none()
        })
    }

    /// The object at the pointer has these keys and no others.
    pub(crate) fn has_only_keys(&self, pointer: &str, keys: &[&str]) -> Outcome {
        let wanted = format!("the keys {keys:?} and no others");
        self.check(&wanted, |answer| {
            let members = answer.value().pointer(pointer).and_then(Value::as_object);
            members.is_some_and(|members| {
                members.len() == keys.len() && keys.iter().all(|key| members.contains_key(*key))
            })
        })
    }

    /// Anything else, said in words.
    pub(crate) fn satisfies(&self, wanted: &str, test: impl Fn(&Value) -> bool) -> Outcome {
        self.check(wanted, |answer| test(answer.value()))
    }

    /// The code stands somewhere in the body.
    pub(crate) fn tells(&self, code: &str) -> Outcome {
        if self.planned() || mentions(&self.text, code) {
            return Ok(());
        }
        Err(self.broken(&format!("the code {code}"), &self.described()))
    }

    /// Whether the code stands somewhere in the body.
    pub(crate) fn mentions(&self, code: &str) -> bool {
        mentions(&self.text, code)
    }

    /// A refusal by validation names this field, in the documented form or the framework's.
    pub(crate) fn names(&self, field: &str) -> Outcome {
        self.check(&format!("a refusal that names {field}"), |answer| {
            answer.named(field)
        })
    }

    /// A refusal by validation does not name this field.
    pub(crate) fn spares(&self, field: &str) -> Outcome {
        self.check(&format!("a refusal that does not name {field}"), |answer| {
            !answer.named(field)
        })
    }

    /// An answer that the catalogue does not know.
    pub(crate) fn unknown(&self, wanted: &str) -> Answered {
        Ok(Observation::Unknown(Box::new(
            self.failure(wanted, &self.described()),
        )))
    }

    /// What was seen, in a line.
    pub(crate) fn described(&self) -> String {
        let body: String = self.exchange.body.chars().take(SHOWN).collect();
        let more = if body.len() < self.exchange.body.len() {
            "…"
        } else {
            ""
        };
        format!("status {}: {body}{more}", self.status)
    }

    pub(super) fn broken(&self, expected: &str, actual: &str) -> Stop {
        Stop::Broken(Box::new(self.failure(expected, actual)))
    }

    pub(super) fn failure(&self, expected: &str, actual: &str) -> Failure {
        Failure {
            step: self.exchange.step.clone(),
            caller: self.exchange.caller.clone(),
            expected: self.conversation.redact(expected),
            actual: self.conversation.redact(actual),
            request: self.exchange.curl(),
        }
    }

    fn check(&self, wanted: &str, holds: impl Fn(&Self) -> bool) -> Outcome {
        if self.planned() || (self.read().readable.is_ok() && holds(self)) {
            return Ok(());
        }
        Err(self.lacking(wanted))
    }

    /// Something demanded is not there: a wrong answer, unless the body could not even be read.
    fn lacking(&self, wanted: &str) -> Stop {
        match &self.read().readable {
            Ok(()) => self.broken(wanted, &self.shown_part()),
            Err(error) => self.trouble(
                TroubleKind::Other,
                &format!("the answer is no JSON ({error})"),
            ),
        }
    }

    /// An answer that teaches nothing about the target.
    pub(super) fn trouble(&self, kind: TroubleKind, text: &str) -> Stop {
        Stop::InstrumentFailed(Box::new(Trouble {
            kind,
            step: self.exchange.step.clone(),
            text: format!("{text}: {}", self.described()),
            request: self.exchange.curl(),
        }))
    }

    /// What is judged, when that is but a part of the answer.
    fn shown_part(&self) -> String {
        let part: String = self.value().to_string().chars().take(SHOWN).collect();
        let whole = serde_json::from_str::<Value>(&self.text);
        if whole.is_ok_and(|whole| whole == *self.value()) {
            self.described()
        } else {
            format!("status {}, in which {part}", self.status)
        }
    }

    fn all_at(&self, place: &str) -> Vec<Value> {
        let values = select(self.value(), place).into_iter();
        values
            .map(|value| value.cloned().unwrap_or(Value::Null))
            .collect()
    }

    fn named(&self, field: &str) -> bool {
        let below = format!("{field}.");
        let details = self
            .value()
            .pointer("/_error/details")
            .and_then(Value::as_object);
        let issues = format!("/_issues/{}", field.replace('.', "/"));
        details.is_some_and(|details| {
            let mut paths = details.keys();
            paths.any(|path| path == field || path.starts_with(&below))
        }) || self.value().pointer(&issues).is_some()
    }
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

fn elements(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn sorted(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by_key(Value::to_string);
    values
}
