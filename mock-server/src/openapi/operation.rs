//! What a document says of one call.

use std::collections::BTreeMap;

use axum::http::{HeaderName, StatusCode};
use serde_json::{Map, Value, json};

use super::sample::Sample;
use super::schema::{any_of, only, with};
use crate::platform::assumption::Assumption;
use crate::platform::rule::Rule;

/// One call.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    id: String,
    summary: String,
    tag: &'static str,
    description: String,
    parameters: Vec<Value>,
    body: Option<Value>,
    replies: BTreeMap<u16, Reply>,
    rules: Vec<&'static Rule>,
    assumptions: Vec<&'static Assumption>,
    /// The name of its security scheme, where that is not the document's; empty where it needs none.
    security: Option<&'static str>,
}

/// What a call answers with one status.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reply {
    description: String,
    rules: Vec<&'static Rule>,
    headers: Map<String, Value>,
    /// The forms of the body; none where there is no body.
    forms: Vec<Value>,
    media: Option<&'static str>,
    examples: Map<String, Value>,
    refusals: usize,
}

impl Operation {
    /// A call with the name that clients call it by, and what it does in a sentence.
    pub(crate) fn new(
        id: impl Into<String>,
        tag: &'static str,
        summary: impl Into<String>,
    ) -> Self {
        Self {
            id: id.into(),
            summary: summary.into(),
            tag,
            description: String::new(),
            parameters: Vec::new(),
            body: None,
            replies: BTreeMap::new(),
            rules: Vec::new(),
            assumptions: Vec::new(),
            security: None,
        }
    }

    /// More about it.
    pub(crate) fn more(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Takes another kind of credentials than the other calls, or none where the name is empty.
    pub(crate) fn secured_by(mut self, scheme: &'static str) -> Self {
        self.security = Some(scheme);
        self
    }

    /// Takes these parameters.
    pub(crate) fn takes(mut self, parameters: impl IntoIterator<Item = Value>) -> Self {
        self.parameters.extend(parameters);
        self
    }

    /// Every status that it answers.
    pub(crate) fn statuses(&self) -> Vec<u16> {
        self.replies.keys().copied().collect()
    }

    /// What it does, in a sentence.
    pub(crate) fn summary(&self) -> &str {
        &self.summary
    }

    /// The bodies that it gives as examples.
    pub(crate) fn example_bodies(&self) -> Vec<Value> {
        let media = self
            .body
            .as_ref()
            .map(|body| &body["content"]["application/json"]);
        let examples = media.and_then(|media| media["examples"].as_object());
        let examples = examples.into_iter().flat_map(|examples| examples.values());
        examples.map(|example| example["value"].clone()).collect()
    }

    /// Takes a JSON body of this form; the examples are named and tell their sources.
    pub(crate) fn body(mut self, schema: Value, examples: &[Value]) -> Self {
        let named = examples
            .iter()
            .enumerate()
            .map(|(place, example)| (format!("example-{}", place + 1), example.clone()));
        let mut media = with(json!({}), "schema", schema);
        if !examples.is_empty() {
            media["examples"] = Value::Object(named.collect());
        }
        let content = with(json!({}), "application/json", media);
        self.body = Some(with(json!({ "required": true }), "content", content));
        self
    }

    /// Answers so.
    pub(crate) fn answers(mut self, status: u16, reply: Reply) -> Self {
        self.replies.insert(status, reply);
        self
    }

    /// Refuses so.
    pub(crate) fn refuses(mut self, samples: impl IntoIterator<Item = Sample>) -> Self {
        for sample in samples {
            join(&mut self.rules, &sample.rules);
            join(&mut self.assumptions, &sample.assumptions);
            self.replies.entry(sample.status).or_default().add(sample);
        }
        self
    }

    /// These rules decide its answers, besides those that refuse.
    pub(crate) fn by(mut self, rules: &[&'static Rule]) -> Self {
        join(&mut self.rules, rules);
        self
    }

    /// These assumptions decide its answers, besides those that refuse.
    pub(crate) fn assuming(mut self, assumptions: &[&'static Assumption]) -> Self {
        join(&mut self.assumptions, assumptions);
        self
    }

    /// Whatever it answers may carry this header.
    pub(crate) fn everywhere(mut self, name: &HeaderName, header: &Value) -> Self {
        for reply in self.replies.values_mut() {
            let headers = &mut reply.headers;
            headers
                .entry(proper(name))
                .or_insert_with(|| header.clone());
        }
        self
    }

    /// As the document shows it.
    pub(super) fn shown(self) -> Value {
        let mut shown = json!({
            "operationId": self.id,
            "summary": self.summary,
            "tags": [self.tag],
        });
        if !self.description.is_empty() {
            shown["description"] = self.description.into();
        }
        match self.security {
            Some("") => shown["security"] = json!([]),
            Some(scheme) => shown["security"] = json!([{ scheme: [] }]),
            None => {}
        }
        if !self.parameters.is_empty() {
            shown["parameters"] = self.parameters.into();
        }
        if let Some(body) = self.body {
            shown["requestBody"] = body;
        }
        shown["responses"] = shown_replies(self.replies);
        if !self.rules.is_empty() {
            shown["x-rules"] = self.rules.iter().map(|rule| rule.id).collect();
        }
        if !self.assumptions.is_empty() {
            let ids = self.assumptions.iter().map(|assumption| assumption.id);
            shown["x-assumptions"] = ids.collect();
        }
        shown
    }
}

/// Refusals by status.
pub(crate) fn refusals(samples: impl IntoIterator<Item = Sample>) -> Vec<(u16, Reply)> {
    let mut replies: BTreeMap<u16, Reply> = BTreeMap::new();
    for sample in samples {
        replies.entry(sample.status).or_default().add(sample);
    }
    replies.into_iter().collect()
}

/// Answers as the document shows them.
pub(super) fn shown_replies(replies: impl IntoIterator<Item = (u16, Reply)>) -> Value {
    let replies = replies.into_iter();
    let shown = replies.map(|(status, reply)| (status.to_string(), reply.shown(status)));
    Value::Object(shown.collect())
}

impl Reply {
    /// An answer without a body.
    pub(crate) fn new(description: impl Into<String>) -> Self {
        Self {
            description: description.into(),
            ..Self::default()
        }
    }

    /// With a JSON body of this form.
    pub(crate) fn json(self, schema: Value) -> Self {
        self.body("application/json", schema)
    }

    /// With a body of another type.
    pub(crate) fn body(mut self, media: &'static str, schema: Value) -> Self {
        self.media = Some(media);
        self.forms.push(schema);
        self
    }

    /// With a header that is always there.
    pub(crate) fn header(mut self, name: &str, mut header: Value) -> Self {
        header["required"] = true.into();
        self.headers.insert(name.to_owned(), header);
        self
    }

    /// With a header that may be there.
    pub(crate) fn may_have(mut self, name: &str, header: Value) -> Self {
        self.headers.insert(name.to_owned(), header);
        self
    }

    /// An example that a document prints.
    pub(crate) fn example(mut self, name: &str, example: Value) -> Self {
        self.examples.insert(name.to_owned(), example);
        self
    }

    /// One more way to be refused with this status.
    fn add(&mut self, sample: Sample) {
        let name = sample.name(self.refusals);
        let carried = |name: &String| sample.headers.contains_key(name.as_str());
        for (_, header) in self.headers.iter_mut().filter(|(name, _)| !carried(name)) {
            header["required"] = false.into();
        }
        for (name, value) in &sample.headers {
            let shown = json!({
                "required": self.refusals == 0,
                "schema": only(String::from_utf8_lossy(value.as_bytes())),
            });
            self.headers.entry(proper(name)).or_insert(shown);
        }
        self.refusals += 1;
        join(&mut self.rules, sample.rules.get(..1).unwrap_or_default());
        let summary = sample.rules.first().map(|rule| rule.text);
        let mut example = with(json!({}), "value", sample.body);
        if let Some(summary) = summary {
            example["summary"] = summary.into();
        }
        self.examples.entry(name).or_insert(example);
        self.forms.push(sample.schema);
    }

    fn shown(self, status: u16) -> Value {
        let mut description = self.description;
        if description.is_empty() {
            let texts = self.rules.iter().map(|rule| rule.text);
            description = texts.collect::<Vec<_>>().join(" ");
        }
        if description.is_empty() {
            let reason = StatusCode::from_u16(status).ok();
            let reason = reason.and_then(|status| status.canonical_reason());
            description = reason.unwrap_or("Refused").to_owned();
        }
        let mut shown = json!({ "description": description });
        if !self.headers.is_empty() {
            shown["headers"] = self.headers.into();
        }
        if !self.forms.is_empty() {
            let mut media = with(json!({}), "schema", any_of(self.forms));
            if !self.examples.is_empty() {
                media["examples"] = self.examples.into();
            }
            shown["content"] = with(json!({}), self.media.unwrap_or("application/json"), media);
        }
        if !self.rules.is_empty() {
            shown["x-rules"] = self.rules.iter().map(|rule| rule.id).collect();
        }
        shown
    }
}

/// `www-authenticate` as people write it.
fn proper(name: &HeaderName) -> String {
    let parts = name.as_str().split('-').map(|part| {
        let mut letters = part.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        let first = if part == "www" { Some('W') } else { first };
        let rest: String = letters.collect();
        let rest = if part == "www" { "WW".to_owned() } else { rest };
        first.into_iter().collect::<String>() + &rest
    });
    parts.collect::<Vec<_>>().join("-")
}

fn join<T: PartialEq + Copy>(all: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !all.contains(one) {
            all.push(*one);
        }
    }
}
