//! A whole document: what an API says of itself, put together.

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::operation::{Operation, Reply, shown_replies};
use super::schema::{COMPONENT, named, object, referred, text};

/// What an API says of itself.
pub(crate) struct Description {
    /// Its name.
    pub(crate) title: &'static str,
    /// What it is, in Markdown.
    pub(crate) about: String,
    /// The groups of its calls, each with a sentence.
    pub(crate) tags: Vec<(&'static str, String)>,
    /// The kinds of credentials; the first is that of every call that names no other.
    pub(crate) security: Vec<(&'static str, Value)>,
    /// Its paths.
    pub(crate) paths: Vec<Path>,
    /// The named schemas that calls refer to by name alone.
    pub(crate) schemas: Vec<Value>,
    /// What it answers to what the document does not list.
    pub(crate) elsewhere: Elsewhere,
    /// Whether its answers carry the headers that tell of the mock, as those of a fake do.
    pub(crate) is_fake: bool,
}

/// A path with its calls.
pub(crate) struct Path {
    /// The path, with the prefix of its API.
    pub(crate) path: String,
    /// Its calls.
    pub(crate) calls: Vec<(Method, Operation)>,
}

/// The answers to what a document does not list.
pub(crate) struct Elsewhere {
    /// To a path that there is not.
    pub(crate) path: Vec<(u16, Reply)>,
    /// To a method that a path does not offer.
    pub(crate) method: Vec<(u16, Reply)>,
}

/// What the mock adds to every answer of a fake.
const HEADERS: [(&str, bool, &str); 6] = [
    (
        "X-Mock-Server",
        true,
        "The version of the mock: this is not the vendor's server.",
    ),
    ("X-Mock-Rule", false, "The rule that refused the request."),
    (
        "X-Mock-Assumption",
        false,
        "An undocumented choice that decided; one line for each.",
    ),
    (
        "X-Mock-Warning",
        false,
        "What in the request nothing read, or why exactly it was refused.",
    ),
    (
        "X-Mock-Journal",
        true,
        "The number of the journal's entry of this request.",
    ),
    (
        "X-Mock-Fault",
        false,
        "The fault that was asked for and made the answer what it is.",
    ),
];

impl Description {
    /// The document, for clients that reach the API at this address.
    pub(crate) fn document(self, base_url: &str) -> Value {
        let mut document = json!({
            "openapi": "3.1.0",
            "info": {
                "title": self.title,
                "version": env!("CARGO_PKG_VERSION"),
                "description": self.about,
            },
            "servers": [{ "url": base_url }],
            "tags": self.tags.into_iter().map(tag).collect::<Vec<_>>(),
        });
        if let Some((scheme, _)) = self.security.first() {
            document["security"] = json!([{ *scheme: [] }]);
        }
        let paths = self.paths.into_iter().map(Path::shown);
        document["paths"] = Value::Object(paths.collect());
        document["x-elsewhere"] = json!({
            "path": shown_replies(self.elsewhere.path),
            "method": shown_replies(self.elsewhere.method),
        });
        let headers = match self.is_fake {
            true => marked(&mut document),
            false => Map::new(),
        };
        document["x-elsewhere"]["space"] = shown_replies(no_space());
        document["x-elsewhere"]["connection"] = shown_replies(no_request());
        let mut schemas = Map::new();
        take_out(&mut document, &mut schemas);
        for mut schema in self.schemas {
            take_out(&mut schema, &mut schemas);
        }
        let schemes = self.security.into_iter();
        let schemes = schemes.map(|(name, scheme)| (name.to_owned(), scheme));
        document["components"] = json!({
            "schemas": schemas,
            "headers": headers,
            "securitySchemes": schemes.collect::<Map<_, _>>(),
        });
        document
    }
}

fn tag((name, text): (&str, String)) -> Value {
    json!({ "name": name, "description": text })
}

impl Path {
    fn shown(self) -> (String, Value) {
        let mut shown = json!({});
        for (method, operation) in self.calls {
            shown[method.as_str().to_ascii_lowercase()] = operation.shown();
        }
        (self.path, shown)
    }
}

/// The answers to a space that cannot be entered.
fn no_space() -> Vec<(u16, Reply)> {
    let refused = |text: &str| Reply::new(text).json(fault());
    vec![
        (400, refused("The name of the space is none.")),
        (429, refused("There are too many spaces already.")),
        (500, refused("No space can be made.")),
    ]
}

/// The answers to what is no request, or more than the server takes.
fn no_request() -> Vec<(u16, Reply)> {
    let refused = |text: &str| Reply::new(text).json(fault());
    vec![
        (400, refused("What came is no HTTP request.")),
        (408, refused("The request takes too long to come.")),
        (414, refused("The URL is too long.")),
        (431, refused("The head is too large.")),
        (503, refused("There are too many connections.")),
    ]
}

/// How the mock itself tells what is wrong.
pub(crate) fn fault() -> Value {
    named("Fault", object([("error", text())]))
}

/// Gives every answer the headers of the mock, and their components.
fn marked(document: &mut Value) -> Map<String, Value> {
    let refers = |name: &str| json!({ "$ref": format!("#/components/headers/{name}") });
    let mark = |replies: &mut Value| {
        for reply in replies
            .as_object_mut()
            .into_iter()
            .flat_map(|all| all.values_mut())
        {
            for (name, _, _) in HEADERS {
                reply["headers"][name] = refers(name);
            }
        }
    };
    mark(&mut document["x-elsewhere"]["path"]);
    mark(&mut document["x-elsewhere"]["method"]);
    for path in members(&mut document["paths"]) {
        for call in members(path) {
            if let Some(replies) = call.get_mut("responses") {
                mark(replies);
            }
        }
    }
    let header = |(name, required, text_about): (&str, bool, &str)| {
        let header = json!({ "required": required, "description": text_about, "schema": text() });
        (name.to_owned(), header)
    };
    HEADERS.into_iter().map(header).collect()
}

fn members(value: &mut Value) -> impl Iterator<Item = &mut Value> {
    let object = value.as_object_mut().into_iter();
    object.flat_map(|object| object.values_mut())
}

/// Moves every schema that has a name among the components. It goes as deep as our own schemas do.
fn take_out(value: &mut Value, schemas: &mut Map<String, Value>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| take_out(item, schemas)),
        Value::Object(object) => {
            let name = object.shift_remove(COMPONENT);
            object
                .values_mut()
                .for_each(|inner| take_out(inner, schemas));
            if let Some(Value::String(name)) = name {
                let reference = referred(&name);
                let schema = std::mem::replace(value, reference);
                schemas.insert(name, schema);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
