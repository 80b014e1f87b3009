//! Request bodies: JSON text to an ordered value, and what kind of body that value is. It knows no
//! header and no status, and no schema.

use serde_json::{Map, Value};

use super::normalise;
use super::python::print;

/// Levels of objects and lists that a body may have; every dot in a key is a level too, since
/// dotted keys are unfolded. Nothing that walks over documents needs another bound.
pub(crate) const DEEPEST: usize = 64;

/// The most documents that a body may hold: each of them has an answer of its own.
const MOST: usize = 10_000;

/// A JSON object as sent: keys in order, of repeated keys the last value at the first place.
pub(crate) type Object = Map<String, Value>;

/// A text that is no usable JSON, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Malformed(pub(crate) String);

/// A JSON value that stands where a document should: the framework's message about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotADocument(pub(crate) String);

/// The body of a POST.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Posted {
    /// One document. A list of one is the same: its answer has the form of a single document's.
    Single(Result<Object, NotADocument>),
    /// Two documents or more.
    Bulk(Vec<Result<Object, NotADocument>>),
    /// `[]`, `null`, `0`, `false` or `""`: a list without documents, which is refused.
    Empty,
}

/// Reads a JSON text. Refused beside what is no JSON: integers beyond 64 bits, numbers beyond a
/// float, a null character in a key, and more than [`DEEPEST`] levels.
pub(crate) fn read(text: &[u8]) -> Result<Value, Malformed> {
    read_within(text, DEEPEST)
}

/// The same with at most so many levels.
pub(crate) fn read_within(text: &[u8], deepest: usize) -> Result<Value, Malformed> {
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let text =
        std::str::from_utf8(text).map_err(|_| Malformed("the text is not UTF-8".to_owned()))?;
    let value: Value = serde_json::from_str(text)
        .map_err(|error| Malformed(format!("the text is no JSON: {error}")))?;
    if let Some(number) = oversized_integer(text) {
        return Err(Malformed(format!(
            "the integer {number} does not fit into 64 bits"
        )));
    }
    check_shape(&value, 0, deepest)?;
    Ok(value)
}

/// Sorts the body of a POST.
pub(crate) fn posted(body: Value) -> Result<Posted, Malformed> {
    match body {
        Value::Object(document) => Ok(Posted::Single(Ok(document))),
        Value::Array(elements) if elements.len() > MOST => Err(too_many()),
        Value::String(text) if text.chars().nth(MOST).is_some() => Err(too_many()),
        Value::Array(elements) => Ok(listed(elements)),
        // A text is taken for the list of its letters.
        Value::String(text) => Ok(listed(
            text.chars()
                .map(|letter| Value::String(letter.to_string()))
                .collect(),
        )),
        Value::Null | Value::Bool(false) => Ok(Posted::Empty),
        Value::Number(number) if number.as_f64() == Some(0.0) => Ok(Posted::Empty),
        Value::Number(_) | Value::Bool(true) => Err(Malformed(format!(
            "the body is {body}; an object or a list of objects is right"
        ))),
    }
}

fn too_many() -> Malformed {
    Malformed(format!(
        "the list has more than {MOST} documents, which the mock does not take at once"
    ))
}

fn listed(elements: Vec<Value>) -> Posted {
    let mut documents: Vec<_> = elements.into_iter().map(document).collect();
    match documents.len() {
        0 => Posted::Empty,
        1 => Posted::Single(documents.remove(0)),
        _ => Posted::Bulk(documents),
    }
}

/// The document in the body of a PATCH or a PUT, or in one place of a posted list. A text that
/// holds JSON is decoded once more.
pub(crate) fn document(body: Value) -> Result<Object, NotADocument> {
    let decoded = match body {
        Value::String(text) => read(text.as_bytes()).unwrap_or(Value::String(text)),
        other => other,
    };
    match decoded {
        Value::Object(document) => Ok(document),
        Value::Null => Err(NotADocument("document is missing".to_owned())),
        other => Err(NotADocument(format!(
            "'{}' is not a document, must be a dict",
            print::str(&normalise::stored(other))
        ))),
    }
}

/// The document a form stands for: every field is a text, a repeated one a list of texts. None if
/// the form is empty.
pub(crate) fn form(pairs: impl IntoIterator<Item = (String, String)>) -> Option<Object> {
    let mut document = Object::new();
    for (key, text) in pairs {
        match document.get_mut(&key) {
            Some(Value::Array(texts)) => texts.push(Value::String(text)),
            Some(first) => *first = Value::Array(vec![first.take(), Value::String(text)]),
            None => {
                document.insert(key, Value::String(text));
            }
        }
    }
    (!document.is_empty()).then_some(document)
}

/// Digits in a row that 64 bits hold for certain.
const CERTAINLY_FIT: usize = 18;

/// The first integer of a valid JSON text that 64 bits do not hold. The parser would have made a
/// float of it.
fn oversized_integer(text: &str) -> Option<&str> {
    // Few texts have so many digits in a row anywhere.
    let mut runs = text.as_bytes().split(|byte| !byte.is_ascii_digit());
    if runs.all(|run| run.len() <= CERTAINLY_FIT) {
        return None;
    }
    outside_strings(text)
        .flat_map(|plain| plain.split([',', ':', '[', ']', '{', '}', ' ', '\n', '\r', '\t']))
        .filter(|token| token.starts_with(|first: char| first == '-' || first.is_ascii_digit()))
        .find(|token| !token.contains(['.', 'e', 'E']) && token.parse::<i64>().is_err())
}

/// The parts of a valid JSON text that lie between its strings.
fn outside_strings(text: &str) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    let mut inside = false;
    text.split(move |letter| {
        let ends = letter == '"' && !escaped;
        escaped = inside && letter == '\\' && !escaped;
        inside ^= ends;
        ends
    })
    .step_by(2)
}

fn check_shape(value: &Value, depth: usize, deepest: usize) -> Result<(), Malformed> {
    if depth > deepest {
        return Err(Malformed(format!(
            "the text has more than {deepest} levels (--max-nesting)"
        )));
    }
    match value {
        Value::Array(items) => items
            .iter()
            .try_for_each(|item| check_shape(item, depth + 1, deepest)),
        Value::Object(members) => members.iter().try_for_each(|(key, member)| {
            if key.contains('\0') {
                return Err(Malformed("a key holds a null character".to_owned()));
            }
            check_shape(member, depth + 1 + key.matches('.').count(), deepest)
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}
