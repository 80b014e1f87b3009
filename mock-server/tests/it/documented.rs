//! Holds answers against the OpenAPI documents: status, headers and body of every call, and what decided it.
//! It knows no test and no scenario; both crates' tests use it.

// By its path, for the other crate names this file by its path, too.
#[path = "documented/document.rs"]
mod document;

use mock_server::{Answers, catalogue};
use serde_json::{Map, Value};

use document::{Document, document};

/// A request with its answer.
#[derive(Debug)]
pub(crate) struct Seen<'a> {
    pub(crate) method: &'a str,
    /// Path and query, with the prefix of the space.
    pub(crate) target: &'a str,
    /// What `X-HTTP-Method-Override` names.
    pub(crate) instead: Option<&'a str>,
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) headers: &'a [(String, String)],
    pub(crate) body: &'a [u8],
}

/// Headers of the connection, of which no document speaks.
const TRANSPORT: [&str; 5] = [
    "content-type",
    "content-length",
    "date",
    "transfer-encoding",
    "connection",
];

/// What is wrong with an answer, in lines; nothing where it is as documented.
pub(crate) fn faults(answers: &Answers, seen: &Seen) -> Vec<String> {
    if is_forged(seen) || is_observed(seen) {
        return Vec::new();
    }
    let path = seen.target.split('?').next().unwrap_or_default();
    let path = without_space(path);
    let name = match path {
        "/_mock" => "control",
        path if path.starts_with("/_mock/") => "control",
        path if path == "/v2" || path.starts_with("/v2/") => "ams",
        _ => "amili",
    };
    let document = document(name, answers);
    let slashes = match name {
        "amili" => true,
        "ams" => in_force(answers, "ams.path.trailing-slash") == "same-path",
        _ => path == "/_mock/",
    };
    let check = Check {
        document: &document,
        seen,
        name,
        slashes,
    };
    let found = check.found(path);
    let mut faults = check.reply(&found);
    for fault in &mut faults {
        *fault = format!("{name} {}: {fault}", found.told);
    }
    faults
}

fn in_force(answers: &Answers, id: &str) -> &'static str {
    let known = catalogue::assumptions();
    let question = known.iter().find(|assumption| assumption.id == id);
    answers.of(question.expect("a known question"))
}

/// What a fault made is whatever was asked for.
fn is_forged(seen: &Seen) -> bool {
    let mut headers = seen.headers.iter();
    headers.any(|(name, value)| name == "x-mock-fault" && !value.contains("delay_ms"))
}

/// What a recording showed is by its nature in no document.
fn is_observed(seen: &Seen) -> bool {
    let mut headers = seen.headers.iter();
    headers.any(|(name, value)| name == "x-mock-assumption" && value.starts_with("observed."))
}

fn without_space(path: &str) -> &str {
    match path.strip_prefix("/_spaces/") {
        Some(rest) => rest.find('/').map_or("/", |slash| &rest[slash..]),
        None => path,
    }
}

/// Where a document speaks of a request.
struct Found<'a> {
    /// The operation's name, or what stands in its place.
    told: String,
    replies: &'a Value,
    assumptions: Option<&'a Value>,
}

struct Check<'a> {
    document: &'a Document,
    seen: &'a Seen<'a>,
    name: &'a str,
    /// Whether a slash at the end of a path leads to the same.
    slashes: bool,
}

impl<'a> Check<'a> {
    fn found(&self, path: &str) -> Found<'a> {
        let text = &self.document.text;
        let elsewhere = |told: &str| Found {
            told: format!("{told} ({} {})", self.seen.method, self.seen.target),
            replies: &text["x-elsewhere"][told],
            assumptions: None,
        };
        let is_mocks = self
            .seen
            .headers
            .iter()
            .any(|(name, _)| name == "x-mock-server");
        if self.name != "control" && !is_mocks {
            return elsewhere("space");
        }
        let Some((_, item)) = self.path(path) else {
            return elsewhere("path");
        };
        let method = match self.seen.instead.filter(|_| self.name == "amili") {
            Some(instead) => instead.to_ascii_lowercase(),
            None => self.seen.method.to_ascii_lowercase(),
        };
        let method = if method == "head" { "get" } else { &method };
        match item.get(method) {
            Some(operation) => Found {
                told: operation["operationId"].as_str().unwrap().to_owned(),
                replies: &operation["responses"],
                assumptions: Some(operation.get("x-assumptions").unwrap_or(&Value::Null)),
            },
            None => elsewhere("method"),
        }
    }

    /// The path of the document that a request's path is one of.
    fn path(&self, path: &str) -> Option<(&'a String, &'a Value)> {
        let paths = self.document.text["paths"].as_object().expect("paths");
        let is = |template: &str, path: &str| {
            let (mut wanted, mut given) = (template.split('/'), path.split('/'));
            loop {
                match (wanted.next(), given.next()) {
                    (None, None) => return true,
                    (Some(wanted), Some(given)) if wanted == given => {}
                    (Some(wanted), Some(given)) if wanted.starts_with('{') && !given.is_empty() => {
                    }
                    _ => return false,
                }
            }
        };
        let bare = match path.strip_suffix('/') {
            Some(bare) if self.slashes && !bare.is_empty() => bare,
            _ => path,
        };
        // A template matches what a plain path matches too.
        let exact = paths.iter().find(|(template, _)| *template == bare);
        exact.or_else(|| paths.iter().find(|(template, _)| is(template, bare)))
    }

    fn reply(&self, found: &Found) -> Vec<String> {
        let status = self.seen.status;
        if self.seen.method == "OPTIONS" && status == 200 && self.name != "control" {
            return Vec::new();
        }
        let reply = found.replies.get(status.to_string());
        // A slash at the end is another path, where an open question has it so.
        let elsewhere = &self.document.text["x-elsewhere"];
        let reply = reply.or_else(|| {
            elsewhere["space"]
                .get(status.to_string())
                .filter(|_| self.name == "control")
        });
        // What is no request, or too much of one, is refused before anybody looks at its path.
        let is_unmarked = !self
            .seen
            .headers
            .iter()
            .any(|(name, _)| name == "x-mock-server");
        let reply = reply.or_else(|| {
            elsewhere["connection"]
                .get(status.to_string())
                .filter(|_| is_unmarked)
        });
        let Some(reply) = reply else {
            let text = String::from_utf8_lossy(self.seen.body);
            return vec![format!("status {status} is not documented: {text}")];
        };
        let place = format!("{} {status}", found.told);
        let mut faults = self.headers(&place, reply);
        faults.extend(self.body(&place, reply));
        faults.extend(self.causes(found, reply));
        faults
    }

    fn headers(&self, place: &str, reply: &Value) -> Vec<String> {
        let none = Map::new();
        let documented = reply
            .get("headers")
            .and_then(Value::as_object)
            .unwrap_or(&none);
        let mut faults = Vec::new();
        for (name, header) in documented {
            let header = self.document.whole(header);
            let name = name.to_ascii_lowercase();
            let mut values = self
                .seen
                .headers
                .iter()
                .filter(|(other, _)| *other == name)
                .peekable();
            if values.peek().is_none() && header["required"] == true {
                faults.push(format!("the header {name} is missing"));
            }
            for (_, value) in values {
                let number = || value.parse::<i64>().map(Value::from).ok();
                let typed = header["schema"]["type"] == "integer";
                let value = typed
                    .then(number)
                    .flatten()
                    .unwrap_or_else(|| value.as_str().into());
                faults.extend(self.document.faults(
                    &format!("{place} {name}"),
                    &header["schema"],
                    &value,
                ));
            }
        }
        let known = |name: &str| {
            TRANSPORT.contains(&name)
                || documented
                    .keys()
                    .any(|known| known.eq_ignore_ascii_case(name))
        };
        let unknown = self.seen.headers.iter().filter(|(name, _)| !known(name));
        faults.extend(
            unknown.map(|(name, value)| format!("the header {name}: {value} is not documented")),
        );
        faults
    }

    fn body(&self, place: &str, reply: &Value) -> Vec<String> {
        let content = reply.get("content").and_then(Value::as_object);
        let Some((media, form)) = content.and_then(|content| content.iter().next()) else {
            return match self.seen.body.is_empty() {
                true => Vec::new(),
                false => vec![format!("status {} has a body", self.seen.status)],
            };
        };
        let told = self
            .seen
            .headers
            .iter()
            .find(|(name, _)| name == "content-type");
        let told = told.map_or("", |(_, value)| value.split(';').next().unwrap_or_default());
        if told != media {
            return vec![format!("the body is {told:?}, not {media}")];
        }
        if self.seen.method == "HEAD" || media != "application/json" {
            return Vec::new();
        }
        match serde_json::from_slice(self.seen.body) {
            Ok(body) => self.document.faults(place, &form["schema"], &body),
            Err(fault) => vec![format!("no JSON: {fault}")],
        }
    }

    /// The rule and the assumptions that the answer names are documented, too.
    fn causes(&self, found: &Found, reply: &Value) -> Vec<String> {
        let holds = |list: Option<&Value>, id: &str| {
            list.and_then(Value::as_array)
                .is_some_and(|ids| ids.iter().any(|known| known == id))
        };
        let causes = self
            .seen
            .headers
            .iter()
            .filter_map(|(name, id)| match name.as_str() {
                "x-mock-rule" if !holds(reply.get("x-rules"), id) => Some(format!(
                    "the rule {id} is not documented for {}",
                    self.seen.status
                )),
                "x-mock-assumption" => found
                    .assumptions
                    .filter(|known| !holds(Some(known), id))
                    .map(|_| format!("the assumption {id} is not documented")),
                _ => None,
            });
        causes.collect()
    }
}
