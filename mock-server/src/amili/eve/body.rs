//! Request bodies: JSON text to a value, and what kind of body that value is. It knows no header
//! and no status, and no schema.

use bson::{Bson, Document};

use super::python::print;
use super::{json, normalise, text};

/// Levels of objects and lists that a body may have; every dot in a key is a level too, since
/// dotted keys are unfolded. Nothing that walks over documents needs another bound.
pub(crate) const DEEPEST: usize = 64;

/// The most documents that a body may hold: each of them has an answer of its own.
const MOST: usize = 10_000;

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
    Single(Result<Document, NotADocument>),
    /// Two documents or more.
    Bulk(Vec<Result<Document, NotADocument>>),
    /// `[]`, `null`, `0`, `false` or `""`: a list without documents, which is refused.
    Empty,
}

/// Reads a JSON text. Refused beside what is no JSON: integers beyond 64 bits, numbers beyond a
/// float, a null character in a key, and more than [`DEEPEST`] levels.
pub(crate) fn read(text: &[u8]) -> Result<Bson, Malformed> {
    read_within(text, DEEPEST)
}

/// The same with at most so many levels.
pub(crate) fn read_within(text: &[u8], deepest: usize) -> Result<Bson, Malformed> {
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let text =
        std::str::from_utf8(text).map_err(|_| Malformed("the text is not UTF-8".to_owned()))?;
    let value =
        json::read(text).map_err(|error| Malformed(format!("the text is no JSON: {error}")))?;
    if is_in_doubt(&value)
        && let Some(number) = oversized_integer(text)
    {
        return Err(Malformed(format!(
            "the integer {number} does not fit into 64 bits"
        )));
    }
    check_shape(&value, 0, deepest)?;
    Ok(value)
}

/// Sorts the body of a POST.
pub(crate) fn posted(body: Bson) -> Result<Posted, Malformed> {
    match body {
        Bson::Document(document) => Ok(Posted::Single(Ok(document))),
        Bson::Array(elements) if elements.len() > MOST => Err(too_many()),
        Bson::String(text) if text.chars().nth(MOST).is_some() => Err(too_many()),
        Bson::Array(elements) => Ok(listed(elements)),
        // A text is taken for the list of its letters.
        Bson::String(text) => Ok(listed(
            text.chars()
                .map(|letter| Bson::String(letter.to_string()))
                .collect(),
        )),
        nothing if normalise::is_false(&nothing) => Ok(Posted::Empty),
        other => Err(Malformed(format!(
            "the body is {}; an object or a list of objects is right",
            text::value(&other)
        ))),
    }
}

fn too_many() -> Malformed {
    Malformed(format!(
        "the list has more than {MOST} documents, which the mock does not take at once"
    ))
}

fn listed(elements: Vec<Bson>) -> Posted {
    let mut documents: Vec<_> = elements.into_iter().map(document).collect();
    match documents.len() {
        0 => Posted::Empty,
        1 => Posted::Single(documents.remove(0)),
        _ => Posted::Bulk(documents),
    }
}

/// The document in the body of a PATCH or a PUT, or in one place of a posted list. A text that
/// holds JSON is decoded once more.
pub(crate) fn document(body: Bson) -> Result<Document, NotADocument> {
    let decoded = match body {
        Bson::String(text) => read(text.as_bytes()).unwrap_or(Bson::String(text)),
        other => other,
    };
    match decoded {
        Bson::Document(document) => Ok(document),
        Bson::Null => Err(NotADocument("document is missing".to_owned())),
        other => Err(NotADocument(format!(
            "'{}' is not a document, must be a dict",
            print::str(&other)
        ))),
    }
}

/// The document a form stands for: every field is a text, a repeated one a list of texts. None if
/// the form is empty.
pub(crate) fn form(pairs: impl IntoIterator<Item = (String, String)>) -> Option<Document> {
    let mut document = Document::new();
    for (key, text) in pairs {
        match document.get_mut(&key) {
            Some(Bson::Array(texts)) => texts.push(Bson::String(text)),
            Some(first) => *first = Bson::Array(vec![std::mem::take(first), Bson::String(text)]),
            None => {
                document.insert(key, text);
            }
        }
    }
    (!document.is_empty()).then_some(document)
}

/// Whether there is a number that may have been written as an integer which 64 bits do not hold: the
/// parser makes a float of it.
fn is_in_doubt(value: &Bson) -> bool {
    match value {
        Bson::Double(_) => true,
        Bson::Array(items) => items.iter().any(is_in_doubt),
        Bson::Document(members) => members.values().any(is_in_doubt),
        _ => false,
    }
}

/// The first integer of a valid JSON text that 64 bits do not hold.
fn oversized_integer(text: &str) -> Option<&str> {
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

fn check_shape(value: &Bson, depth: usize, deepest: usize) -> Result<(), Malformed> {
    if depth > deepest {
        return Err(Malformed(format!(
            "the text has more than {deepest} levels (--max-nesting)"
        )));
    }
    match value {
        Bson::Array(items) => items
            .iter()
            .try_for_each(|item| check_shape(item, depth + 1, deepest)),
        Bson::Document(members) => members.iter().try_for_each(|(key, member)| {
            if key.contains('\0') {
                return Err(Malformed("a key holds a null character".to_owned()));
            }
            let dots = key.bytes().filter(|byte| *byte == b'.').count();
            check_shape(member, depth + 1 + dots, deepest)
        }),
        _ => Ok(()),
    }
}
