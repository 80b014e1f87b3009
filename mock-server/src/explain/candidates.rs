//! What might mend a request at a place. None of it need be right: each candidate is tried.

use axum::http::{HeaderName, Method, header};
use serde_json::Value;

use super::attempt::{Attempt, Content};
use super::search::{Bench, Candidate, Outcome};
use super::values;
use crate::platform::breach::Place;
use crate::platform::faults::Call;
use crate::platform::paths::PathPattern;

/// How many ids of one kind are tried in a path.
const MOST_IDS: usize = 12;

/// The places to mend, in order: what was told, then who asks, where the answer is about that.
pub(super) fn places(outcome: &Outcome) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for breach in &outcome.breaches {
        if !places.contains(&breach.place) {
            places.push(breach.place.clone());
        }
    }
    if [401, 403, 404].contains(&outcome.status.as_u16()) && !places.contains(&Place::Caller) {
        places.push(Place::Caller);
    }
    places
}

/// The candidates at a place.
pub(super) async fn at(bench: &Bench<'_>, attempt: &Attempt, place: &Place) -> Vec<Candidate> {
    match place {
        Place::Caller => callers(bench, attempt),
        Place::Method => methods(bench, attempt),
        Place::Path => paths(bench, attempt),
        Place::Query(key) => without_key(attempt, key).into_iter().collect(),
        Place::WholeQuery => {
            let keys: Vec<String> = attempt.query.iter().map(|(key, _)| key.clone()).collect();
            keys.iter()
                .filter_map(|key| without_key(attempt, key))
                .collect()
        }
        Place::Header("If-Match") => match bench.etag(attempt).await {
            Some(etag) => vec![with_header(attempt, header::IF_MATCH, &etag)],
            None => callers(bench, attempt),
        },
        Place::Header(name) => header_values(bench, attempt, name),
        Place::Body(path) => values::at(bench, attempt, path),
        Place::WholeBody => values::whole(bench, attempt),
    }
}

/// A request with one part changed.
pub(super) fn changed(
    attempt: &Attempt,
    change: impl Into<String>,
    edit: impl FnOnce(&mut Attempt),
) -> Candidate {
    let mut attempt = attempt.clone();
    edit(&mut attempt);
    Candidate {
        change: change.into(),
        attempt,
    }
}

/// The same request by each caller of the world.
fn callers(bench: &Bench<'_>, attempt: &Attempt) -> Vec<Candidate> {
    let grants = bench.space.world().grants().iter();
    let own = grants.filter(|grant| grant.api == bench.api.name());
    own.map(|grant| {
        let may = grant.may.as_deref().unwrap_or("a token of the world");
        changed(
            attempt,
            format!("caller: {} ({may})", grant.token),
            |attempt| {
                let (name, value) = bench.api.credentials(&grant.token);
                attempt.set_header(name, &value);
            },
        )
    })
    .collect()
}

fn methods(bench: &Bench<'_>, attempt: &Attempt) -> Vec<Candidate> {
    let calls = bench.api.offered().into_iter();
    let here = calls.filter(|call| fits(call, &attempt.path));
    here.map(|call| {
        changed(attempt, format!("method: {}", call.method), |attempt| {
            attempt.method = call.method;
        })
    })
    .collect()
}

fn fits(call: &Call, path: &str) -> bool {
    PathPattern::parse(&call.path).is_ok_and(|template| template.matches(path))
}

/// Paths that are offered: the same with an id that exists, else those that are spelled alike.
fn paths(bench: &Bench<'_>, attempt: &Attempt) -> Vec<Candidate> {
    let mut found: Vec<String> = Vec::new();
    let calls = bench.api.offered();
    let own = |call: &&Call| call.method == attempt.method || attempt.method == Method::HEAD;
    for call in calls.iter().filter(own) {
        if fits(call, &attempt.path) && call.path.contains('{') {
            found.extend(with_ids(bench, &call.path));
        }
    }
    let mut spelled: Vec<(usize, &str)> = calls
        .iter()
        .filter(own)
        .map(|call| (distance(&call.path, &attempt.path), call.path.as_str()))
        .collect();
    spelled.sort_unstable();
    for (_, path) in spelled.into_iter().take(4) {
        match path.contains('{') {
            true => found.extend(with_ids(bench, path).into_iter().take(2)),
            false => found.push(path.to_owned()),
        }
    }
    found.dedup();
    let paths = found.into_iter().filter(|path| *path != attempt.path);
    paths
        .map(|path| {
            changed(attempt, format!("path: {path}"), |attempt| {
                attempt.path = path
            })
        })
        .collect()
}

/// A template with ids of records: those of the kind that its path names first.
fn with_ids(bench: &Bench<'_>, template: &str) -> Vec<String> {
    let mut ids = values::ids(bench);
    ids.sort_by_key(|(kind, _)| !template.contains(kind.trim_end_matches('s')));
    let texts = ids.iter().map(|(_, id)| match id {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    let (Some(from), Some(to)) = (template.find('{'), template.find('}')) else {
        return Vec::new();
    };
    texts
        .take(MOST_IDS)
        .map(|id| format!("{}{id}{}", &template[..from], &template[to + 1..]))
        .collect()
}

/// How many letters two texts differ by (Levenshtein).
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (place, letter) in left.chars().enumerate() {
        let mut diagonal = place;
        row[0] = place + 1;
        for (column, other) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

fn without_key(attempt: &Attempt, key: &str) -> Option<Candidate> {
    let has_it = attempt.query.iter().any(|(name, _)| name == key);
    has_it.then(|| {
        changed(attempt, format!("query.{key}: left out"), |attempt| {
            attempt.query.retain(|(name, _)| name != key);
        })
    })
}

fn with_header(attempt: &Attempt, name: HeaderName, value: &str) -> Candidate {
    changed(attempt, format!("header.{name}: {value}"), |attempt| {
        attempt.set_header(name, value);
    })
}

fn header_values(bench: &Bench<'_>, attempt: &Attempt, name: &str) -> Vec<Candidate> {
    let Ok(header) = name.parse::<HeaderName>() else {
        return Vec::new();
    };
    if header == header::CONTENT_TYPE {
        return vec![with_header(attempt, header, "application/json")];
    }
    if header == bench.api.credentials("").0 {
        return callers(bench, attempt);
    }
    vec![changed(
        attempt,
        format!("header.{name}: left out"),
        |attempt| {
            attempt.headers.remove(&header);
        },
    )]
}

/// Puts a JSON body into a request.
pub(super) fn with_body(attempt: &Attempt, change: String, body: Value) -> Candidate {
    changed(attempt, change, |attempt| {
        attempt.body = Content::Json(body)
    })
}
