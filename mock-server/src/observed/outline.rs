//! What an answer is made of, whichever API gives it: the texts of a refusal, each with the part it plays, and
//! the objects that may hold more fields. Knows the forms in which either API tells an error.

use serde_json::Value;

/// A text of a refusal: the part it plays, the field that it is about, and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) part: &'static str,
    pub(super) place: String,
    pub(super) pointer: String,
}

/// The part of what is wrong as a whole. All others tell the problem of a field.
pub(super) const MESSAGE: &str = "message";

/// Where refusals say what is wrong as a whole, the surest first.
const MESSAGES: [&str; 4] = [
    "/_error/message",
    "/message",
    "/error/message",
    "/errors/0/message",
];

/// What belongs to the form of an answer: a question of its shape, never a field more.
const FORM: [&str; 14] = [
    "_error", "_id", "_issues", "_items", "_meta", "_status", "code", "data", "details", "error",
    "errors", "field", "id", "message",
];

/// How deep problems are looked for.
const DEEPEST: usize = 32;

/// The texts of a refusal.
pub(super) fn texts(body: &Value) -> Vec<Spot> {
    let text_at = |pointer: &&&str| body.pointer(pointer).is_some_and(Value::is_string);
    let message = MESSAGES.iter().find(text_at);
    let mut spots: Vec<Spot> = message
        .map(|pointer| Spot {
            part: MESSAGE,
            place: String::new(),
            pointer: (*pointer).to_owned(),
        })
        .into_iter()
        .collect();
    for (part, pointer) in [
        ("details", "/_error/details"),
        ("issues", "/_issues"),
        ("errors", "/errors"),
    ] {
        let problems = body.pointer(pointer);
        if let Some(problems) = problems.filter(|problems| problems.is_object()) {
            let whole = Spot {
                part,
                place: String::new(),
                pointer: pointer.to_owned(),
            };
            problems_in(problems, whole, 0, &mut spots);
        }
    }
    spots
}

fn problems_in(value: &Value, at: Spot, depth: usize, spots: &mut Vec<Spot>) {
    if depth > DEEPEST {
        return;
    }
    let mut inside = |key: &str, value: &Value| {
        let escaped = key.replace('~', "~0").replace('/', "~1");
        let spot = Spot {
            part: at.part,
            place: format!("{}.{key}", at.place)
                .trim_start_matches('.')
                .to_owned(),
            pointer: format!("{}/{escaped}", at.pointer),
        };
        problems_in(value, spot, depth + 1, spots);
    };
    match value {
        Value::String(_) => spots.push(at),
        Value::Object(members) => members.iter().for_each(|(key, value)| inside(key, value)),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, value)| inside(&index.to_string(), value));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The objects that may hold more fields than the fake gives them: which they are, and where each stands.
pub(super) fn objects(body: &Value, refused: bool) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    if body.is_object() {
        found.push(("body", String::new()));
    }
    let inner: &[(&'static str, &str)] = match refused {
        true => &[("_error", "/_error"), ("error", "/error")],
        false => &[
            ("_items", "/_items"),
            ("_meta", "/_meta"),
            ("data", "/data"),
            ("list", ""),
        ],
    };
    for (place, pointer) in inner {
        match body.pointer(pointer) {
            Some(Value::Object(_)) if !pointer.is_empty() => {
                found.push((place, (*pointer).to_owned()))
            }
            Some(Value::Array(items)) => {
                let objects = items
                    .iter()
                    .enumerate()
                    .filter(|(_, item)| item.is_object());
                found.extend(objects.map(|(index, _)| (*place, format!("{pointer}/{index}"))));
            }
            _ => {}
        }
    }
    found
}

/// Whether a field may be added: it belongs to no form, and its name promises no secret.
pub(super) fn may_be_added(name: &str) -> bool {
    const SECRETS: [&str; 8] = [
        "token", "secret", "password", "api_key", "apikey", "authoriz", "cookie", "session",
    ];
    let small = name.to_ascii_lowercase();
    !FORM.contains(&name)
        && !name.contains("{{")
        && !SECRETS.iter().any(|part| small.contains(part))
}
