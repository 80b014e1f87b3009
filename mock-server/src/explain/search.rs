//! The search for the nearest request that is accepted: what is wrong is mended place by place, and each
//! mending is tried on a copy of the space.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use serde_json::Value;

use super::attempt::Attempt;
use super::candidates;
use crate::openapi::{Description, Path};
use crate::platform::api::{Api, Fake, answered};
use crate::platform::breach::{Breach, Place};
use crate::platform::moment::Trace;
use crate::platform::paths::PathPattern;
use crate::platform::space::Space;
use crate::platform::spaces::{Address, Entered};

/// How many requests are tried at the most.
const MOST_TRIALS: usize = 600;
/// How many records of each kind are looked at for values that might be right.
const MOST_RECORDS: usize = 24;
/// How many places are mended one after the other at the most.
const MOST_CHANGES: usize = 16;

/// Where requests are tried.
pub(super) struct Bench<'a> {
    pub(super) api: &'static dyn Api,
    pub(super) space: &'a Space,
    /// Some records of each kind, by its name in a world file.
    pub(super) records: Value,
    /// What the API says of itself.
    description: Description,
    address: &'a Address,
    fake: Arc<dyn Fake>,
}

/// What came of a trial.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    pub(super) status: StatusCode,
    pub(super) refused_by: Option<&'static str>,
    pub(super) breaches: Vec<Breach>,
}

/// A request that is accepted, and how it differs from the one that was not.
#[derive(Debug)]
pub(super) struct Nearest {
    pub(super) attempt: Attempt,
    pub(super) changes: Vec<String>,
    pub(super) status: StatusCode,
}

/// A request changed at one place.
pub(super) struct Candidate {
    pub(super) change: String,
    pub(super) attempt: Attempt,
}

impl<'a> Bench<'a> {
    /// A bench for requests to one API in a space.
    pub(super) fn new(api: &'static dyn Api, space: &'a Space, address: &'a Address) -> Self {
        Self {
            api,
            space,
            records: space.some(api.name(), MOST_RECORDS),
            description: api.described(&space.answers()),
            address,
            fake: api.fake(),
        }
    }

    /// The bodies that the documents give as examples for requests like this one.
    pub(super) fn example_bodies(&self, attempt: &Attempt) -> Vec<Value> {
        let fits = |path: &&Path| {
            PathPattern::parse(&path.path).is_ok_and(|template| template.matches(&attempt.path))
        };
        let paths = self.description.paths.iter().filter(fits);
        let calls = paths.flat_map(|path| &path.calls);
        let own = calls.filter(|(method, _)| *method == attempt.method);
        own.flat_map(|(_, operation)| operation.example_bodies())
            .collect()
    }

    /// The etag that the item at the path of a request has, for the caller of that request.
    pub(super) async fn etag(&self, attempt: &Attempt) -> Option<String> {
        let mut read = attempt.clone();
        read.method = Method::GET;
        read.query.clear();
        let response = self.response(&read).await?;
        let etag = response.headers().get(header::ETAG)?;
        etag.to_str().ok().map(str::to_owned)
    }

    /// Tries a request on a copy of the space as it is now; none when it cannot even be written.
    pub(super) async fn outcome(&self, attempt: &Attempt) -> Option<Outcome> {
        let mut response = self.response(attempt).await?;
        let trace = response.extensions_mut().remove::<Arc<Trace>>();
        let trace = trace.unwrap_or_default();
        Some(Outcome {
            status: response.status(),
            refused_by: trace.refused_by.map(|rule| rule.id),
            breaches: trace.breaches.clone(),
        })
    }

    async fn response(&self, attempt: &Attempt) -> Option<Response> {
        let request = attempt.request()?;
        // There may be many of them; others are answered in between.
        tokio::task::yield_now().await;
        let entered = Entered {
            space: Arc::new(self.space.copy()),
            address: self.address.clone(),
        };
        Some(answered(self.api, self.fake.as_ref(), entered, request).await)
    }
}

impl Outcome {
    fn is_accepted(&self) -> bool {
        !self.status.is_client_error() && !self.status.is_server_error()
    }

    fn places(&self) -> BTreeSet<&Place> {
        self.breaches.iter().map(|breach| &breach.place).collect()
    }

    /// What tells two refusals apart.
    fn mark(&self) -> String {
        let places: Vec<String> = self.places().iter().map(ToString::to_string).collect();
        format!("{} {:?} {}", self.status, self.refused_by, places.join(" "))
    }

    /// Whether mending a place led from `before` to here: it is no longer wrong, or only deeper inside.
    fn is_progress(&self, before: &Self, mended: &Place) -> bool {
        let known = before.places();
        let new: Vec<&Place> = self.places().difference(&known).copied().collect();
        let is_mended = !self.places().contains(mended);
        is_mended
            && (self.status != before.status || new.iter().all(|place| lies_in(place, mended)))
    }
}

/// Whether a place is a part of another.
fn lies_in(place: &Place, whole: &Place) -> bool {
    match (place, whole) {
        (Place::Body(_), Place::WholeBody) => true,
        (Place::Body(path), Place::Body(outer)) => path.starts_with(&format!("{outer}.")),
        _ => false,
    }
}

/// The nearest request that is accepted, or why none was found.
pub(super) async fn nearest(bench: &Bench<'_>, first: Attempt) -> Result<Nearest, String> {
    let written = || "the request cannot be written again".to_owned();
    let outcome = bench.outcome(&first).await.ok_or_else(written)?;
    let mut search = Search {
        bench,
        trials: 1,
        seen: BTreeSet::from([outcome.mark()]),
        changes: Vec::new(),
    };
    let (mut attempt, mut outcome) = (first, outcome);
    while !outcome.is_accepted() {
        if search.changes.len() >= MOST_CHANGES {
            return Err(search.failed(&outcome));
        }
        let Some((change, next, came)) = search.step(&attempt, &outcome).await else {
            return Err(search.failed(&outcome));
        };
        search.changes.push(change);
        (attempt, outcome) = (next, came);
    }
    Ok(Nearest {
        attempt,
        changes: search.changes,
        status: outcome.status,
    })
}

struct Search<'b, 's> {
    bench: &'b Bench<'s>,
    trials: usize,
    seen: BTreeSet<String>,
    changes: Vec<String>,
}

impl Search<'_, '_> {
    /// The first mending that is accepted; else the first that is progress.
    async fn step(
        &mut self,
        attempt: &Attempt,
        before: &Outcome,
    ) -> Option<(String, Attempt, Outcome)> {
        let mut progress = None;
        for place in candidates::places(before) {
            for candidate in candidates::at(self.bench, attempt, &place).await {
                if self.trials >= MOST_TRIALS {
                    return progress;
                }
                self.trials += 1;
                let Some(outcome) = self.bench.outcome(&candidate.attempt).await else {
                    continue;
                };
                if outcome.is_accepted() {
                    return Some((candidate.change, candidate.attempt, outcome));
                }
                let is_new = !self.seen.contains(&outcome.mark());
                if progress.is_none() && is_new && outcome.is_progress(before, &place) {
                    progress = Some((candidate.change, candidate.attempt, outcome));
                }
            }
            // With several places wrong no single mending can be accepted, so that the first will do.
            if progress.is_some() {
                break;
            }
        }
        let (_, _, outcome) = progress.as_ref()?;
        self.seen.insert(outcome.mark());
        progress
    }

    fn failed(&self, outcome: &Outcome) -> String {
        let first = outcome.breaches.first();
        let why = first.map_or_else(
            || outcome.status.to_string(),
            |breach| format!("{}: {}", breach.place, breach.why),
        );
        format!(
            "none was found in {} trials; what stood in the way last is {why}",
            self.trials
        )
    }
}
