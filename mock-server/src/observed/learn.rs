//! What a recording shows beyond the fake: at each step the answer of the real API is held against that of the
//! mock, which the recording has beside it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::documented::Documents;
use super::pattern::{Pattern, numbered, symbol};
use super::read::Exchange;
use super::{Call, Cause, Field, Sample, Scope, Text, outline};

/// What was learnt.
#[derive(Debug, Default)]
pub(super) struct Learnt {
    pub(super) texts: Vec<Text>,
    pub(super) fields: Vec<Field>,
}

/// A step at which it is known what the mock does.
struct Both<'a> {
    exchange: &'a Exchange,
    call: Call,
    cause: Option<Cause>,
    assumptions: &'a [String],
    seen: &'a Value,
    mine: &'a Value,
}

/// Learns from the exchanges of a recording.
pub(super) fn from(exchanges: &[Exchange]) -> Learnt {
    let both: Vec<Both<'_>> = exchanges.iter().filter_map(both).collect();
    Learnt {
        texts: texts(&both),
        fields: fields(&both),
    }
}

fn both(exchange: &Exchange) -> Option<Both<'_>> {
    let status = exchange.response.status;
    let seen = exchange.response.body.as_ref()?;
    let beside = exchange.mock.as_ref();
    if beside.is_some_and(|mock| mock.absent) {
        return None;
    }
    let mine = beside.and_then(|mock| mock.body.as_ref()).unwrap_or(seen);
    let my_status = beside.and_then(|mock| mock.status).unwrap_or(status);
    // Where one refuses and the other does not there is nothing to hold against each other.
    if (my_status >= 400) != (status >= 400) || status / 100 == 5 {
        return None;
    }
    let api = exchange.scenario.split('/').next().unwrap_or_default();
    let cause = (status >= 400).then(|| {
        let rule = beside.and_then(|mock| mock.rule.clone());
        let assumptions = match &rule {
            Some(_) => Vec::new(),
            None => beside.map_or_else(Vec::new, |mock| mock.assumptions.clone()),
        };
        Cause {
            api: api.to_owned(),
            rule,
            assumptions,
            status,
        }
    });
    Some(Both {
        call: Call::new(api, &exchange.request.method, &exchange.request.path),
        exchange,
        cause,
        assumptions: beside.map_or(&[], |mock| &mock.assumptions),
        seen,
        mine,
    })
}

fn step(exchange: &Exchange) -> String {
    format!("{}: {}", exchange.scenario, exchange.step)
}

fn texts(all: &[Both<'_>]) -> Vec<Text> {
    let documents = Documents::new();
    let mut learnt: Vec<(&str, Text)> = Vec::new();
    for both in all {
        let Some(cause) = &both.cause else { continue };
        let mine = outline::texts(both.mine);
        for seen in outline::texts(both.seen) {
            let same = |spot: &&outline::Spot| spot.part == seen.part && spot.place == seen.place;
            let Some(mine) = mine.iter().find(same) else {
                continue;
            };
            let (Some(from), Some(to)) = (
                text(both.mine, &mine.pointer),
                text(both.seen, &seen.pointer),
            ) else {
                continue;
            };
            if documents.give(from) {
                continue;
            }
            let (from, to) = numbered(from, to);
            // That the real API says the same at one place counts, too: at another it may not.
            let sample = Sample {
                cause: cause.clone(),
                concerned: concerned(both),
                place: seen.place,
                call: both.call.clone(),
                to,
                step: step(both.exchange),
            };
            let known = learnt.iter_mut().find(|(api, text)| {
                *api == cause.api && text.part == seen.part && text.from.text == from
            });
            match known {
                Some((_, text)) => text.samples.push(sample),
                None => {
                    let text = Text {
                        part: seen.part.to_owned(),
                        from: Pattern::new(&from),
                        samples: vec![sample],
                    };
                    learnt.push((&cause.api, text));
                }
            }
        }
    }
    let learnt = learnt.into_iter().map(|(_, text)| text);
    learnt.filter(Text::says_otherwise).collect()
}

fn text<'a>(body: &'a Value, pointer: &str) -> Option<&'a str> {
    body.pointer(pointer).and_then(Value::as_str)
}

/// The open questions that the words of a refusal answer: those about texts, or those that decided alone.
fn concerned(both: &Both<'_>) -> Vec<String> {
    let rule = both.cause.as_ref().and_then(|cause| cause.rule.as_ref());
    let all = both.assumptions.iter();
    let about = all.filter(|id| rule.is_none() || id.ends_with("-text"));
    about.cloned().collect()
}

/// By scope and place: the objects seen, and the names that the mock has there.
type Seen<'a> = BTreeMap<(Scope, &'static str), Objects<'a>>;

#[derive(Default)]
struct Objects<'a> {
    seen: Vec<(&'a Map<String, Value>, &'a Exchange)>,
    mine: BTreeSet<&'a str>,
}

fn fields(all: &[Both<'_>]) -> Vec<Field> {
    let mut by_place: Seen<'_> = BTreeMap::new();
    for both in all.iter().filter(|both| shows_everything(both.exchange)) {
        let refused = both.cause.is_some();
        for scope in scopes(both) {
            for (place, pointer) in outline::objects(both.seen, refused) {
                if let Some(Value::Object(object)) = both.seen.pointer(&pointer) {
                    let objects = by_place.entry((scope.clone(), place)).or_default();
                    objects.seen.push((object, both.exchange));
                }
            }
            for (place, pointer) in outline::objects(both.mine, refused) {
                if let Some(Value::Object(object)) = both.mine.pointer(&pointer) {
                    let objects = by_place.entry((scope.clone(), place)).or_default();
                    objects.mine.extend(object.keys().map(String::as_str));
                }
            }
        }
    }
    let mut found: Vec<Field> = Vec::new();
    // What every refusal of an API has stands last, and makes it needless to say it of each.
    for ((scope, place), objects) in by_place.into_iter().rev() {
        for (name, object, exchange) in always_more(&objects) {
            let known = found.iter().any(|field| {
                field.name == name && field.place == place && field.scope.covers(&scope)
            });
            if !known {
                found.push(Field {
                    scope: scope.clone(),
                    place,
                    name: name.to_owned(),
                    example: object.get(name).cloned().unwrap_or_default(),
                    kin: kin(object, &objects.mine),
                    step: step(exchange),
                });
            }
        }
    }
    found
}

/// The answers that may all have what this one has.
fn scopes(both: &Both<'_>) -> Vec<Scope> {
    match &both.cause {
        None => vec![Scope::Shown(both.call.clone())],
        Some(cause) => vec![
            Scope::Refusals(cause.api.clone()),
            Scope::Refused(cause.clone()),
        ],
    }
}

impl Scope {
    fn covers(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Refusals(api), Self::Refused(cause)) if cause.api == *api)
    }
}

impl Text {
    /// Whether other words than the fake's were seen anywhere.
    fn says_otherwise(&self) -> bool {
        let mut samples = self.samples.iter();
        samples.any(|sample| sample.to != self.from.text)
    }
}

/// Whether an answer shows all that there is.
fn shows_everything(exchange: &Exchange) -> bool {
    exchange.request.query.get("projection").is_none()
}

/// The fields that every object has and none of the mock's, each with the first object that has it.
fn always_more<'a>(objects: &Objects<'a>) -> Vec<(&'a str, &'a Map<String, Value>, &'a Exchange)> {
    let Some((first, exchange)) = objects.seen.first() else {
        return Vec::new();
    };
    let always = |name: &&'a String| {
        objects
            .seen
            .iter()
            .all(|(object, _)| object.contains_key(*name))
    };
    let names = first
        .keys()
        .filter(|name| !objects.mine.contains(name.as_str()) && outline::may_be_added(name));
    let names = names.filter(always);
    names
        .map(|name| (name.as_str(), *first, *exchange))
        .collect()
}

/// The symbols that stand in fields which the mock has, too.
fn kin(object: &Map<String, Value>, mine: &BTreeSet<&str>) -> Vec<(String, String)> {
    let known = object
        .iter()
        .filter(|(name, _)| mine.contains(name.as_str()));
    let found = known.filter_map(|(name, value)| Some((symbol(value.as_str()?)?.0, name.clone())));
    found.collect()
}
