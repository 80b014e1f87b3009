//! A request that can be changed part by part, sent to a copy of the fake, and shown.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use serde_json::Value;

use crate::platform::journal::{Masked, Taken, shown_parts};

/// One request.
#[derive(Debug, Clone)]
pub(super) struct Attempt {
    pub(super) method: Method,
    pub(super) path: String,
    /// The pairs of the query, decoded.
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: Content,
}

/// A body.
#[derive(Debug, Clone)]
pub(super) enum Content {
    Json(Value),
    Other(Bytes),
}

/// Headers that the client's library writes by itself.
const OWN_HEADERS: [HeaderName; 6] = [
    header::HOST,
    header::CONTENT_LENGTH,
    header::USER_AGENT,
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::CONNECTION,
];

impl Attempt {
    /// The request as it was.
    pub(super) fn of(taken: &Taken) -> Self {
        let query = taken.uri.query().unwrap_or_default();
        let body = match serde_json::from_slice(&taken.body) {
            Ok(value) => Content::Json(value),
            Err(_) => Content::Other(taken.body.clone()),
        };
        Self {
            method: taken.method.clone(),
            path: taken.uri.path().to_owned(),
            query: form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
            headers: taken.headers.clone(),
            body,
        }
    }

    /// Sets a header; a value that is none leaves it out.
    pub(super) fn set_header(&mut self, name: HeaderName, value: &str) {
        self.headers.remove(&name);
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }

    /// The JSON body, if there is one.
    pub(super) fn json(&self) -> Option<&Value> {
        match &self.body {
            Content::Json(value) => Some(value),
            Content::Other(_) => None,
        }
    }

    /// The request itself.
    pub(super) fn request(&self) -> Option<Request> {
        let mut request = Request::new(Body::from(self.body.bytes()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.target().parse::<Uri>().ok()?;
        request.headers_mut().extend(self.headers.clone());
        // The length is that of the body it has now.
        request.headers_mut().remove(header::CONTENT_LENGTH);
        Some(request)
    }

    /// Path and query.
    fn target(&self) -> String {
        if self.query.is_empty() {
            return self.path.clone();
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.query);
        format!("{}?{}", self.path, query.finish())
    }

    /// As a journal shows requests, without the headers that a client writes by itself.
    pub(super) fn shown(&self, masked: &Masked) -> Value {
        let mut headers = self.headers.clone();
        for name in OWN_HEADERS {
            headers.remove(name);
        }
        let uri = self.target().parse().unwrap_or_default();
        shown_parts(&self.method, &uri, &headers, &self.body.bytes(), masked)
    }

    /// A line for a shell.
    pub(super) fn curl(&self, base_url: &str, masked: &Masked) -> String {
        let shown = self.shown(masked);
        let text = |key: &str| shown[key].as_str().unwrap_or_default().to_owned();
        let mut url = format!("{base_url}{}", text("path"));
        if !self.query.is_empty() {
            url = format!("{url}?{}", text("query"));
        }
        let mut words = vec!["curl".to_owned()];
        if self.method != Method::GET {
            words.push(format!("-X {}", self.method));
        }
        words.push(quoted(&url));
        for (name, value) in shown["headers"].as_object().into_iter().flatten() {
            let values: Vec<&Value> = match value {
                Value::Array(values) => values.iter().collect(),
                one => vec![one],
            };
            for value in values {
                let value = value.as_str().unwrap_or_default();
                words.push(format!("-H {}", quoted(&format!("{name}: {value}"))));
            }
        }
        match &shown["body"] {
            Value::Null => {}
            Value::String(body) if self.json().is_none() => {
                words.push(format!("--data-binary {}", quoted(body)))
            }
            body => words.push(format!("-d {}", quoted(&body.to_string()))),
        }
        words.join(" ")
    }
}

impl Content {
    fn bytes(&self) -> Bytes {
        match self {
            Self::Json(value) => value.to_string().into(),
            Self::Other(bytes) => bytes.clone(),
        }
    }
}

/// A word for a POSIX shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
