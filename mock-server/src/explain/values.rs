//! What might stand in a body: values of records that are there, of requests that were accepted, and plain ones.

use serde_json::{Value, json};

use super::attempt::Attempt;
use super::candidates::with_body;
use super::search::{Bench, Candidate};
use crate::platform::journal::Filter;
use crate::platform::paths::PathPattern;

/// How many values of each source are tried at a place.
const MOST: usize = 24;
/// The longest value that a change shows whole, in characters.
const SHOWN: usize = 120;

/// A body with one field changed: left out, or given another value.
pub(super) fn at(bench: &Bench<'_>, attempt: &Attempt, path: &str) -> Vec<Candidate> {
    let Some(body) = attempt.json() else {
        return whole(bench, attempt);
    };
    let steps: Vec<&str> = path.split('.').collect();
    let mut candidates = Vec::new();
    let present = read(body, &steps);
    // A list may be right without one of its elements.
    if let Some(Value::Array(items)) = present {
        for place in 0..items.len() {
            let mut fewer = items.clone();
            let gone = fewer.remove(place);
            candidates.extend(set(
                attempt,
                body,
                &steps,
                &fewer.into(),
                &format!("without {gone}"),
            ));
        }
    }
    for value in plausible(bench, attempt, &steps, present) {
        candidates.extend(set(
            attempt,
            body,
            &steps,
            &value,
            &format!("set to {}", short(&value)),
        ));
    }
    if present.is_some() {
        let mut rest = body.clone();
        if remove(&mut rest, &steps) {
            candidates.push(with_body(attempt, format!("body.{path}: left out"), rest));
        }
    }
    // A field that nobody knows is best left out.
    let is_unknown = present.is_some() && !is_known(bench, attempt, &steps);
    if is_unknown {
        candidates.rotate_right(1);
    }
    candidates
}

fn set(
    attempt: &Attempt,
    body: &Value,
    steps: &[&str],
    value: &Value,
    how: &str,
) -> Option<Candidate> {
    let mut changed = body.clone();
    if !write(&mut changed, steps, value.clone()) || changed == *body {
        return None;
    }
    Some(with_body(
        attempt,
        format!("body.{}: {how}", steps.join(".")),
        changed,
    ))
}

/// Whether a field occurs in a body that was accepted, or in a record.
fn is_known(bench: &Bench<'_>, attempt: &Attempt, steps: &[&str]) -> bool {
    models(bench, attempt)
        .iter()
        .any(|model| read(model, steps).is_some())
}

/// Another body as a whole: one that was accepted, or none.
pub(super) fn whole(bench: &Bench<'_>, attempt: &Attempt) -> Vec<Candidate> {
    let accepted = accepted(bench, attempt).into_iter();
    let examples = bench.example_bodies(attempt).into_iter();
    let mut bodies: Vec<Value> = examples.chain(accepted).collect();
    bodies.push(json!({}));
    let told = |body: Value| with_body(attempt, format!("body: {}", short(&body)), body);
    let mut candidates: Vec<Candidate> = bodies.into_iter().take(MOST).map(told).collect();
    // Of a body that names something that is not there, any of its ids may be the one.
    if let Some(body @ Value::Object(fields)) = attempt.json() {
        for name in fields.keys() {
            for (_, id) in ids(bench).into_iter().take(MOST) {
                candidates.extend(set(attempt, body, &[name], &id, &format!("set to {id}")));
            }
        }
    }
    candidates
}

/// Values that might be right at a place, the likeliest first.
fn plausible(
    bench: &Bench<'_>,
    attempt: &Attempt,
    steps: &[&str],
    present: Option<&Value>,
) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::new();
    let mut add = |value: Value| {
        if !values.contains(&value) && Some(&value) != present {
            values.push(value);
        }
    };
    for model in models(bench, attempt) {
        if let Some(value) = read(&model, steps) {
            add(value.clone());
        }
    }
    // What stands beside it is often of its kind: one address is as good as another.
    if let Some(Value::Object(beside)) = attempt.json().and_then(|body| read(body, outer(steps))) {
        beside.values().cloned().for_each(&mut add);
    }
    if let Some(Value::String(text)) = present {
        altered(text).into_iter().for_each(&mut add);
    }
    plain().into_iter().for_each(&mut add);
    let last = steps.last().copied().unwrap_or_default();
    let mut ids = ids(bench);
    ids.sort_by_key(|(kind, _)| !kind.contains(last.trim_end_matches("_id").trim_end_matches('s')));
    for (_, id) in ids.into_iter().take(MOST) {
        if last.ends_with('s') {
            add(json!([id]));
        }
        add(id);
    }
    values
}

/// Bodies and records that show how a body of this call looks: documented, accepted, stored.
fn models(bench: &Bench<'_>, attempt: &Attempt) -> Vec<Value> {
    let mut models = bench.example_bodies(attempt);
    models.extend(accepted(bench, attempt));
    let kind = attempt
        .path
        .trim_start_matches('/')
        .split('/')
        .next_back()
        .unwrap_or_default();
    let stored = bench.records[kind].as_array();
    models.extend(stored.into_iter().flatten().cloned());
    models
}

/// The bodies of accepted requests of the same kind, newest first.
fn accepted(bench: &Bench<'_>, attempt: &Attempt) -> Vec<Value> {
    let pattern = bench
        .api
        .offered()
        .into_iter()
        .filter_map(|call| PathPattern::parse(&call.path).ok())
        .find(|template| template.matches(&attempt.path));
    let filter = Filter {
        api: Some(bench.api.name().to_owned()),
        method: Some(attempt.method.to_string()),
        path: pattern,
        ..Filter::default()
    };
    let found = bench.space.journal().find(&filter);
    let fine = found.entries.iter().rev().filter(|entry| {
        let given = entry.draft().response.as_ref();
        given.is_some_and(|given| given.status.is_success())
    });
    let bodies = fine.filter_map(|entry| serde_json::from_slice(&entry.draft().request.body).ok());
    bodies.take(3).collect()
}

/// The ids of every record of the API, with the kind of each.
pub(super) fn ids(bench: &Bench<'_>) -> Vec<(String, Value)> {
    let kinds = bench.records.as_object();
    let mut ids = Vec::new();
    for (kind, records) in kinds.into_iter().flatten() {
        for record in records.as_array().into_iter().flatten() {
            if let Some(id) = record.get("_id").or_else(|| record.get("id")) {
                ids.push((kind.clone(), id.clone()));
            }
        }
    }
    ids
}

/// The same text in other forms: nobody else's, shorter, other letters.
fn altered(text: &str) -> Vec<Value> {
    let mut forms = vec![
        format!("new-{text}"),
        format!("{text} 2"),
        text.trim().to_owned(),
    ];
    forms.push(text.chars().take(64).collect());
    forms.push(text.to_uppercase());
    forms.push(text.chars().filter(char::is_ascii_digit).collect());
    forms.into_iter().map(Value::from).collect()
}

fn plain() -> Vec<Value> {
    vec![
        json!("text"),
        json!("SE"),
        json!("a@example.com"),
        json!("1122334455"),
        json!("12312312"),
        json!("25236"),
        json!(true),
        json!(false),
        json!(1),
        json!(0),
        json!(100.5),
        json!({}),
        json!([]),
        json!("2026-01-31"),
        json!("Sat, 31 Jan 2026 00:00:00 GMT"),
    ]
}

/// The value at a dotted path.
fn read<'a>(value: &'a Value, steps: &[&str]) -> Option<&'a Value> {
    steps.iter().try_fold(value, |value, step| match value {
        Value::Object(fields) => fields.get(*step),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}

fn outer<'s, 'a>(steps: &'s [&'a str]) -> &'s [&'a str] {
    steps.split_last().map_or(steps, |(_, outer)| outer)
}

/// Sets the value at a dotted path, whose outer values must be there.
fn write(value: &mut Value, steps: &[&str], new: Value) -> bool {
    let Some((last, outer)) = steps.split_last() else {
        return false;
    };
    match inner(value, outer) {
        Some(Value::Object(fields)) => {
            fields.insert((*last).to_owned(), new);
            true
        }
        Some(Value::Array(items)) => {
            let item = last
                .parse::<usize>()
                .ok()
                .and_then(|place| items.get_mut(place));
            item.map(|item| *item = new).is_some()
        }
        _ => false,
    }
}

fn remove(value: &mut Value, steps: &[&str]) -> bool {
    let Some((last, outer)) = steps.split_last() else {
        return false;
    };
    match inner(value, outer) {
        Some(Value::Object(fields)) => fields.shift_remove(*last).is_some(),
        Some(Value::Array(items)) => {
            let place = last
                .parse::<usize>()
                .ok()
                .filter(|place| *place < items.len());
            place.map(|place| items.remove(place)).is_some()
        }
        _ => false,
    }
}

fn inner<'a>(value: &'a mut Value, steps: &[&str]) -> Option<&'a mut Value> {
    steps.iter().try_fold(value, |value, step| match value {
        Value::Object(fields) => fields.get_mut(*step),
        Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
        _ => None,
    })
}

/// A value in a line.
fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
