//! A refusal as the server itself answers it: what a document says of a refusal is taken from there.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, header};
use serde_json::Value;

use crate::platform::assumption::{Answers, Assumption};
use crate::platform::moment::{Refused, Trace};
use crate::platform::rule::Rule;

/// A refusal that has been answered.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(super) status: u16,
    /// The rules behind it, that which refuses first.
    pub(super) rules: Vec<&'static Rule>,
    pub(super) assumptions: Vec<&'static Assumption>,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
    /// The form of all bodies of this kind.
    pub(super) schema: Value,
}

impl Sample {
    /// What it is called among the examples of its status.
    pub(super) fn name(&self, place: usize) -> String {
        match self.rules.first() {
            Some(rule) => rule.id.to_owned(),
            None => format!("refused-{place}"),
        }
    }
}

/// What the server answers to a refusal under these answers to open questions.
pub(crate) fn sample<R: Refused>(refusal: R, answers: &Answers, schema: Value) -> Sample {
    let mut trace = Trace::new(Arc::new(answers.clone()));
    let response = refusal.answer(&mut trace);
    let (parts, body) = response.into_parts();
    let mut headers = parts.headers;
    headers.remove(header::CONTENT_TYPE);
    headers.remove(header::CONTENT_LENGTH);
    let mut rules: Vec<_> = trace.refused_by.into_iter().collect();
    rules.extend(trace.applied);
    Sample {
        status: parts.status.as_u16(),
        rules,
        assumptions: trace.assumed,
        headers,
        body: whole(body),
        schema,
    }
}

/// The JSON of a body that is there already, as that of every refusal is.
fn whole(body: Body) -> Value {
    let mut reading = pin!(to_bytes(body, usize::MAX));
    match reading
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(Ok(bytes)) => serde_json::from_slice(&bytes).unwrap_or_default(),
        Poll::Ready(Err(_)) | Poll::Pending => Value::Null,
    }
}
