//! Puts what was observed into an answer, when everything is decided.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderName, HeaderValue, Method, Uri, header};
use axum::response::Response;
use serde_json::{Map, Value};

use super::example::{Source, example, plausible};
use super::pattern::filled;
use super::{Call, Cause, Observed, Sample, Scope, Text, outline};
use crate::platform::api::Api;
use crate::platform::moment::Trace;
use crate::platform::space::Space;

const ASSUMPTION: HeaderName = HeaderName::from_static("x-mock-assumption");

/// An API, and what was observed of it.
pub(crate) struct Dressing {
    pub(crate) api: &'static dyn Api,
    pub(crate) observed: Observed,
}

/// An answer in the making, with what it answers.
struct Answer<'a> {
    call: Call,
    cause: Option<Cause>,
    /// Whether it shows all that there is.
    whole: bool,
    source: Source<'a>,
}

impl Dressing {
    /// The answer of a space to a method and an address, with what was observed in it.
    pub(crate) async fn dress(
        &self,
        space: &Space,
        method: &Method,
        uri: &Uri,
        response: Response,
    ) -> Response {
        let status = response.status().as_u16();
        let trace = response.extensions().get::<Arc<Trace>>().cloned();
        let api = self.api.name();
        let answer = Answer {
            call: Call::new(api, method.as_str(), uri.path()),
            cause: (status >= 400).then(|| cause(api, &trace.unwrap_or_default(), status)),
            whole: !uri.query().unwrap_or_default().contains("projection="),
            source: Source {
                api,
                seed: space.seed,
                now: space.now(),
                path: uri.path(),
            },
        };
        self.dressed(&answer, response).await
    }
}

fn cause(api: &str, trace: &Trace, status: u16) -> Cause {
    let rule = trace.refused_by.map(|rule| rule.id.to_owned());
    let assumptions = match rule {
        Some(_) => Vec::new(),
        None => trace.assumed.iter().map(|one| one.id.to_owned()).collect(),
    };
    Cause {
        api: api.to_owned(),
        rule,
        assumptions,
        status,
    }
}

impl Dressing {
    async fn dressed(&self, answer: &Answer<'_>, response: Response) -> Response {
        let json = HeaderValue::from_static("application/json");
        if response.headers().get(header::CONTENT_TYPE) != Some(&json) {
            return response;
        }
        let (mut parts, body) = response.into_parts();
        // An answer of the fake is a text in memory; reading it cannot fail.
        let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let parsed: Option<Value> = serde_json::from_slice(&bytes).ok();
        let Some((mut value, before)) = parsed.map(|value| (value.clone(), value)) else {
            return Response::from_parts(parts, Body::from(bytes));
        };
        self.observed.put_into(&mut value, answer);
        if value == before {
            return Response::from_parts(parts, Body::from(bytes));
        }
        // It was that of the fake's own body.
        parts.headers.remove(header::CONTENT_LENGTH);
        if let Ok(mark) = HeaderValue::from_str(&self.observed.id()) {
            parts.headers.append(ASSUMPTION, mark);
        }
        let pretty = bytes.contains(&b'\n');
        Response::from_parts(parts, Body::from(self.api.written(&value, pretty)))
    }
}

impl Observed {
    fn put_into(&self, body: &mut Value, answer: &Answer<'_>) {
        if let Some(cause) = &answer.cause {
            self.put_texts(body, cause, answer);
        }
        if answer.whole {
            self.put_fields(body, answer);
        }
    }

    fn put_texts(&self, body: &mut Value, cause: &Cause, answer: &Answer<'_>) {
        for spot in outline::texts(body) {
            let Some(Value::String(said)) = body.pointer_mut(&spot.pointer) else {
                continue;
            };
            let texts = self.0.texts.iter().filter(|text| text.part == spot.part);
            let told = texts.filter_map(|text| text.instead_of(said, &spot, cause, answer));
            if let Some(told) = told.into_iter().next() {
                *said = told;
            }
        }
    }

    fn put_fields(&self, body: &mut Value, answer: &Answer<'_>) {
        let fields = self.0.fields.iter();
        let fields: Vec<_> = fields.filter(|field| field.scope.has(answer)).collect();
        if fields.is_empty() {
            return;
        }
        for (place, pointer) in outline::objects(body, answer.cause.is_some()) {
            let Some(Value::Object(object)) = body.pointer_mut(&pointer) else {
                continue;
            };
            for field in fields.iter().filter(|field| field.place == place) {
                if !object.contains_key(&field.name) {
                    let value = example(&field.example, object, &field.kin, answer.source);
                    object.insert(field.name.clone(), value);
                }
            }
        }
    }
}

impl Scope {
    fn has(&self, answer: &Answer<'_>) -> bool {
        match (self, &answer.cause) {
            (Self::Shown(call), None) => *call == answer.call,
            (Self::Refused(known), Some(cause)) => known == cause,
            (Self::Refusals(api), Some(cause)) => *api == cause.api,
            (Self::Shown(_), Some(_)) | (Self::Refused(_) | Self::Refusals(_), None) => false,
        }
    }
}

impl Text {
    /// What the real API would say where the fake says this, if that is known.
    fn instead_of(
        &self,
        said: &str,
        spot: &outline::Spot,
        cause: &Cause,
        answer: &Answer<'_>,
    ) -> Option<String> {
        let found = self.from.matches(said)?;
        let to = self.at(spot, cause, &answer.call)?;
        Some(filled(to, |name| match found.get(name) {
            Some(value) => value.clone(),
            None => plausible(name, &Map::new(), answer.source),
        }))
    }

    /// The words at a place: those seen at this very call, else those that were the same wherever the same
    /// decided. The problem of a field is told in the same words whichever field and rule it is about.
    fn at(&self, spot: &outline::Spot, cause: &Cause, call: &Call) -> Option<&str> {
        let of_cause = |sample: &&Sample| sample.cause == *cause;
        let of_place = |sample: &&Sample| of_cause(sample) && sample.place == spot.place;
        let here = |sample: &&Sample| of_place(sample) && sample.call == *call;
        if let Some(sample) = self.samples.iter().find(here) {
            return Some(&sample.to);
        }
        let is_problem = spot.part != outline::MESSAGE;
        let of_api = |sample: &&Sample| is_problem && sample.cause.api == cause.api;
        agreed(self.samples.iter().filter(of_place))
            .or_else(|| agreed(self.samples.iter().filter(of_cause)))
            .or_else(|| agreed(self.samples.iter().filter(of_api)))
    }
}

/// What all samples say.
fn agreed<'a>(mut samples: impl Iterator<Item = &'a Sample>) -> Option<&'a str> {
    let first = samples.next()?;
    samples
        .all(|sample| sample.to == first.to)
        .then_some(&first.to)
}
