//! How Amili's answers look on the wire: the framework's JSON text and headers.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bson::{Bson, DateTime, Document, doc};

use super::document;
use super::eve::{dates, normalise, text};
use super::shown::Shown;
use super::store::Change;
use crate::platform::spaces::Address;

const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// An answer with one document as its body.
pub(super) fn document(status: StatusCode, body: &Document) -> Response {
    json(status, text::document(body))
}

/// A body that has been read back from its text, as a text again.
pub(super) fn rewritten(body: &serde_json::Value, pretty: bool) -> String {
    match body {
        serde_json::Value::Object(members) => {
            written(&normalise::document(members.clone()), pretty)
        }
        // Every body of this API is an object.
        other => other.to_string(),
    }
}

fn json(status: StatusCode, text: String) -> Response {
    let kind = HeaderValue::from_static("application/json");
    (status, [(header::CONTENT_TYPE, kind)], text).into_response()
}

/// 201 for documents that have been made.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Created {
    body: String,
    /// The address of the first.
    location: String,
}

impl Created {
    /// The answer to changes that are about to be committed, in the space of this address.
    pub(super) fn of(changes: &[Change], address: &Address) -> Self {
        let made = changes
            .iter()
            .filter_map(|change| Some((change, change.inserts.first()?)));
        let first = made.clone().next();
        let location = first.map(|(change, (resource, _))| {
            [&address.base_url, *resource, &change.created_id().to_hex()].join("/")
        });
        let receipt = |(change, (_, document)): (&Change, &(&str, Document))| {
            document::receipt(document, change.id_was_sent, &change.told)
        };
        let mut receipts: Vec<String> = made.map(receipt).collect();
        let body = match receipts.len() {
            1 => receipts.remove(0),
            _ => format!(
                r#"{{"_status": "OK", "_items": [{}]}}"#,
                receipts.join(", ")
            ),
        };
        Self {
            body,
            location: location.unwrap_or_default(),
        }
    }
}

impl IntoResponse for Created {
    fn into_response(self) -> Response {
        let location = HeaderValue::from_str(&self.location).ok();
        let response = json(StatusCode::CREATED, self.body);
        with(response, header::LOCATION, location)
    }
}

/// 200 with one document.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// The document as shown.
    pub(super) shown: Shown,
    /// Whether the client's own copy is as good, so that the answer is 304.
    pub(super) unchanged: bool,
    /// Whether the client asked for a text that people read easily.
    pub(super) pretty: bool,
}

impl IntoResponse for Item {
    fn into_response(self) -> Response {
        let etag = self.shown.etag().and_then(etag_header);
        if self.unchanged {
            return with(StatusCode::NOT_MODIFIED.into_response(), header::ETAG, etag);
        }
        let date = self.shown.updated().and_then(date_header);
        let mut body = String::new();
        match self.pretty {
            true => body = text::pretty(&self.shown.into_document()),
            false => {
                body.reserve(self.shown.room());
                self.shown.write(&mut body);
            }
        }
        let body = json(StatusCode::OK, body);
        with(with(body, header::ETAG, etag), header::LAST_MODIFIED, date)
    }
}

/// 200 with a page of a list.
#[derive(Debug, Clone)]
pub(super) struct Page {
    /// The documents of this page, as shown.
    pub(super) items: Vec<Shown>,
    /// The number of the page.
    pub(super) page: u64,
    /// The size of a page.
    pub(super) max_results: u64,
    /// How many documents match, on all pages.
    pub(super) total: u64,
    /// Whether the client asked for a text that people read easily.
    pub(super) pretty: bool,
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let date = self.items.iter().filter_map(Shown::updated).max();
        let total = Some(HeaderValue::from(self.total));
        let body = json(StatusCode::OK, self.written());
        let date = date.and_then(date_header);
        with(with(body, TOTAL, total), header::LAST_MODIFIED, date)
    }
}

impl Page {
    fn written(self) -> String {
        let meta = doc! {
            "page": number(self.page),
            "max_results": number(self.max_results),
            "total": number(self.total),
        };
        if self.pretty {
            let items = self.items.into_iter().map(Shown::into_document);
            let items: Vec<Bson> = items.map(Bson::Document).collect();
            return text::pretty(&doc! { "_items": items, "_meta": meta });
        }
        // Growing by and by would copy a long page over and over.
        let room: usize = self.items.iter().map(|item| item.room() + 2).sum();
        let mut out = String::with_capacity(room + 128);
        out.push_str("{\"_items\": [");
        for (place, item) in self.items.into_iter().enumerate() {
            out.push_str(if place > 0 { ", " } else { "" });
            item.write(&mut out);
        }
        out.push_str("], \"_meta\": ");
        out.push_str(&text::document(&meta));
        out.push('}');
        out
    }
}

/// 200 for a document that has been changed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Changed {
    body: String,
    etag: Option<HeaderValue>,
}

impl Changed {
    /// The answer to a change that is about to be committed.
    pub(super) fn of(document: &Document) -> Self {
        Self {
            body: document::receipt(document, true, &Document::new()),
            etag: document.get_str("_etag").ok().and_then(etag_header),
        }
    }
}

impl IntoResponse for Changed {
    fn into_response(self) -> Response {
        with(json(StatusCode::OK, self.body), header::ETAG, self.etag)
    }
}

/// 204 for a document that is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Deleted;

impl IntoResponse for Deleted {
    fn into_response(self) -> Response {
        let kind = HeaderValue::from_static("application/json");
        with(
            StatusCode::NO_CONTENT.into_response(),
            header::CONTENT_TYPE,
            Some(kind),
        )
    }
}

fn with(mut response: Response, name: HeaderName, value: Option<HeaderValue>) -> Response {
    if let Some(value) = value {
        response.headers_mut().insert(name, value);
    }
    response
}

fn etag_header(etag: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("\"{etag}\"")).ok()
}

fn written(body: &Document, pretty: bool) -> String {
    if pretty {
        text::pretty(body)
    } else {
        text::document(body)
    }
}

fn date_header(date: DateTime) -> Option<HeaderValue> {
    HeaderValue::from_str(&dates::print(date)).ok()
}

fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
