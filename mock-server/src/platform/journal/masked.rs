//! What a journal shows of what it keeps: everything but secrets.

use std::collections::BTreeSet;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// What stands in a secret's place.
const MASK: &str = "***";

/// Names of fields, query keys and form fields that hold secrets whatever their value.
const SECRET_NAMES: [&str; 12] = [
    "authorization",
    "token",
    "access_token",
    "refresh_token",
    "api_key",
    "apikey",
    "x-api-key",
    "password",
    "secret",
    "client_secret",
    "private_key",
    "jwt",
];

/// Headers that hold secrets.
const SECRET_HEADERS: [HeaderName; 5] = [
    header::AUTHORIZATION,
    header::PROXY_AUTHORIZATION,
    header::COOKIE,
    header::SET_COOKIE,
    HeaderName::from_static("x-api-key"),
];

/// Which texts are secrets: all where one is expected but those of the world, which everybody may know.
#[derive(Debug, Clone, Default)]
pub(crate) struct Masked {
    /// The tokens of the world.
    pub(crate) public: BTreeSet<String>,
    /// The tokens that this space gave out.
    pub(crate) secret: BTreeSet<String>,
}

impl Masked {
    fn is_secret(&self, text: &str) -> bool {
        self.secret.contains(text) || is_jwt(text)
    }

    /// A text with every secret in it masked, whatever stands before and behind it.
    pub(super) fn words(&self, text: &str) -> String {
        if self.is_secret(text) {
            return MASK.to_owned();
        }
        let mut shown = String::with_capacity(text.len());
        for part in text.split_inclusive(|letter| !is_of_token(letter)) {
            let word = part.trim_end_matches(|letter| !is_of_token(letter));
            let (_, behind) = part.split_at(word.len());
            shown.push_str(&self.word(word));
            shown.push_str(behind);
        }
        shown
    }

    /// A run of letters that a token can have, which a dot may join to others.
    fn word(&self, word: &str) -> String {
        if self.is_secret(word) {
            return MASK.to_owned();
        }
        let parts: Vec<&str> = word.split('.').collect();
        let mut shown = Vec::new();
        let mut left = parts.as_slice();
        while let Some((first, rest)) = left.split_first() {
            let jwt = left.get(..3).filter(|three| is_jwt(&three.join(".")));
            left = jwt.map_or(rest, |_| left.get(3..).unwrap_or_default());
            shown.push(match jwt.is_some() || self.secret.contains(*first) {
                true => MASK,
                false => first,
            });
        }
        shown.join(".")
    }

    /// A value where a secret is expected.
    fn expected(&self, text: &str) -> String {
        let (scheme, token) = match text.split_once(' ') {
            Some((scheme, token)) => (format!("{scheme} "), token.trim()),
            None => (String::new(), text),
        };
        if self.public.contains(token) {
            return text.to_owned();
        }
        format!("{scheme}{MASK}")
    }

    fn text(&self, name: &str, text: &str) -> String {
        if SECRET_NAMES.contains(&name.to_ascii_lowercase().as_str()) {
            self.expected(text)
        } else {
            self.words(text)
        }
    }
}

fn is_of_token(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-_.".contains(letter)
}

/// Three parts of base64url, of which the first is an object: `{"` begins every one of them with `eyJ`.
fn is_jwt(text: &str) -> bool {
    let letters = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    text.starts_with("eyJ") && text.split('.').count() == 3 && text.split('.').all(letters)
}

/// Headers by name. One that came more than once is a list.
pub(super) fn headers(headers: &HeaderMap, masked: &Masked) -> Value {
    let mut shown = Map::new();
    for name in headers.keys() {
        let text = |value: &HeaderValue| {
            let text = String::from_utf8_lossy(value.as_bytes());
            match SECRET_HEADERS.contains(name) {
                true => masked.expected(&text),
                false => masked.text(name.as_str(), &text),
            }
        };
        let values: Vec<String> = headers.get_all(name).iter().map(text).collect();
        let value = match values.as_slice() {
            [only] => only.as_str().into(),
            several => several.into(),
        };
        shown.insert(name.as_str().to_owned(), value);
    }
    Value::Object(shown)
}

/// A query, as it was written where it holds no secret.
pub(super) fn query(text: &str, masked: &Masked) -> String {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(text.as_bytes())
        .into_owned()
        .collect();
    let shown = pairs.iter();
    let shown = shown.map(|(key, value)| (masked.words(key), masked.text(key, value)));
    let shown: Vec<(String, String)> = shown.collect();
    if shown == pairs {
        return text.to_owned();
    }
    let mut written = form_urlencoded::Serializer::new(String::new());
    written.extend_pairs(shown);
    written.finish()
}

/// A body: JSON as it is, a form as its fields, other text as text, anything else by its length.
pub(super) fn body(kind: Option<&str>, bytes: &[u8], masked: &Masked) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    if let Ok(mut value) = serde_json::from_slice::<Value>(bytes) {
        mask("", &mut value, masked);
        return value;
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return json!({ "bytes": bytes.len() });
    };
    let is_form = kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    match is_form {
        true => query(text, masked).into(),
        // Words that are no JSON can still hold a token that was given out.
        false => masked.words(text).into(),
    }
}

/// What was noted of a request, which may quote it.
pub(super) fn noted(noted: impl Serialize, masked: &Masked) -> Value {
    let mut value = json!(noted);
    mask("", &mut value, masked);
    value
}

/// Masks inside a JSON value. The parser has bounded its depth.
fn mask(name: &str, value: &mut Value, masked: &Masked) {
    match value {
        Value::String(text) => *text = masked.text(name, text),
        Value::Array(items) => items.iter_mut().for_each(|item| mask(name, item, masked)),
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                mask(name, field, masked);
            }
            if fields.keys().any(|name| masked.words(name) != *name) {
                let shown = std::mem::take(fields).into_iter();
                *fields = shown
                    .map(|(name, field)| (masked.words(&name), field))
                    .collect();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
