//! What becomes of a body before it is checked: dotted keys are unfolded, values turned into the
//! types the schema names, defaults filled in. What cannot be turned stays, for `validate` to find.

use std::collections::BTreeSet;

use bson::{Bson, Document};
use serde_json::{Map, Value};

use super::dates;
use super::hex;
use super::python::number::{self, Integer};
use super::schema::{Field, Kind, Level};

/// The value of a JSON text as a document holds it.
pub(crate) fn stored(value: Value) -> Bson {
    match value {
        Value::Null => Bson::Null,
        Value::Bool(truth) => Bson::Boolean(truth),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => integer(whole),
            None => Bson::Double(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => Bson::String(text),
        Value::Array(items) => Bson::Array(items.into_iter().map(stored).collect()),
        Value::Object(members) => Bson::Document(document(members)),
    }
}

/// An object as a document, nothing turned.
pub(crate) fn document(members: Map<String, Value>) -> Document {
    members
        .into_iter()
        .map(|(key, member)| (key, stored(member)))
        .collect()
}

/// An integer is stored in 32 bits where they hold it.
pub(super) fn integer(whole: i64) -> Bson {
    i32::try_from(whole).map_or(Bson::Int64(whole), Bson::Int32)
}

/// Unfolds and turns the fields of a body, which stay in the order sent.
pub(super) fn convert(body: &mut Document, fields: &[Field]) {
    // The framework gives up at the first value it stumbles over and goes on with what it has.
    let _ = unfold(body).and_then(|()| convert_fields(body, Level::root(fields)));
}

/// A value of a form the framework's conversions did not expect: they end there.
struct Stumbled;

fn unfold(document: &mut Document) -> Result<(), Stumbled> {
    if !has_dotted_keys(document) {
        return Ok(());
    }
    let keys: Vec<String> = document.keys().cloned().collect();
    let mut unfolded = BTreeSet::new();
    let outcome = keys
        .into_iter()
        .try_for_each(|key| unfold_key(document, key, &mut unfolded));
    if !unfolded.is_empty() {
        // All at once: taking out one by one moves every key behind it each time.
        let members = std::mem::take(document).into_iter();
        *document = members.filter(|(key, _)| !unfolded.contains(key)).collect();
    }
    outcome
}

/// Whether there is anything to unfold: in most bodies there is not.
fn has_dotted_keys(document: &Document) -> bool {
    let mut members = document.iter();
    members.any(|(key, value)| key.contains('.') || holds_dotted_keys(value))
}

fn holds_dotted_keys(value: &Bson) -> bool {
    match value {
        Bson::Document(inner) => has_dotted_keys(inner),
        Bson::Array(items) => items.iter().any(holds_dotted_keys),
        _ => false,
    }
}

fn unfold_key(
    document: &mut Document,
    key: String,
    unfolded: &mut BTreeSet<String>,
) -> Result<(), Stumbled> {
    if let Some(value) = document.get_mut(&key) {
        unfold_inside(value)?;
    }
    if let Some((parents, leaf)) = key.rsplit_once('.') {
        let value = document.get(&key).cloned().unwrap_or_default();
        holder(document, parents)?.insert(leaf, value);
        unfolded.insert(key);
    }
    Ok(())
}

fn unfold_inside(value: &mut Bson) -> Result<(), Stumbled> {
    match value {
        Bson::Document(inner) => unfold(inner),
        Bson::Array(items) => items.iter_mut().try_for_each(unfold_inside),
        _ => Ok(()),
    }
}

/// The object at a dotted path, made where it is absent.
fn holder<'a>(document: &'a mut Document, path: &str) -> Result<&'a mut Document, Stumbled> {
    path.split('.').try_fold(document, |place, part| {
        match place.entry(part).or_insert(Bson::Document(Document::new())) {
            Bson::Document(inner) => Ok(inner),
            _ => Err(Stumbled),
        }
    })
}

fn convert_fields(document: &mut Document, level: Level<'_>) -> Result<(), Stumbled> {
    for (key, value) in document.iter_mut() {
        if let Some(field) = level.named(key) {
            convert_value(value, field)?;
        }
    }
    Ok(())
}

fn convert_value(value: &mut Bson, field: &Field) -> Result<(), Stumbled> {
    match (field.kind, &mut *value) {
        (_, Bson::Null) => Ok(()),
        (Kind::Object(fields), Bson::Document(inner)) => {
            convert_fields(inner, Level::inner(fields))
        }
        (Kind::ObjectOf(values), Bson::Document(inner)) => inner
            .iter_mut()
            .try_for_each(|(_, member)| convert_value(member, values)),
        (Kind::List(element), _) => convert_elements(value, element),
        (kind, _) => {
            if let Some(turned) = turned(value, kind) {
                *value = turned;
            }
            Ok(())
        }
    }
}

fn convert_elements(list: &mut Bson, element: &Field) -> Result<(), Stumbled> {
    let is_turned = !matches!(element.kind, Kind::Text | Kind::FreeObject | Kind::Any);
    match list {
        Bson::Array(items) => items
            .iter_mut()
            .try_for_each(|item| convert_value(item, element)),
        // Python can walk over a text and over an object, but puts nothing in their places.
        Bson::String(_) | Bson::Document(_) if matches!(element.kind, Kind::Object(_)) => Ok(()),
        _ if is_turned => Err(Stumbled),
        _ => Ok(()),
    }
}

/// The value turned into its kind; none where it stays what it is.
fn turned(value: &Bson, kind: Kind) -> Option<Bson> {
    match kind {
        Kind::Boolean => to_boolean(value),
        Kind::Integer => to_integer(value),
        Kind::Float => to_float(value),
        Kind::Number => to_number(value),
        Kind::Id if is_false(value) => Some(Bson::Null),
        Kind::Id => hex::id(value.as_str()?).map(Bson::ObjectId),
        Kind::Date if is_false(value) => Some(Bson::Null),
        Kind::Date => dates::parse(value.as_str()?).map(Bson::DateTime),
        Kind::Text
        | Kind::Object(_)
        | Kind::FreeObject
        | Kind::ObjectOf(_)
        | Kind::List(_)
        | Kind::FreeList
        | Kind::Any => None,
    }
}

/// What Python holds for false: nothing, zero and whatever is empty.
pub(super) fn is_false(value: &Bson) -> bool {
    match value {
        Bson::Null | Bson::Boolean(false) => true,
        Bson::Int32(number) => *number == 0,
        Bson::Int64(number) => *number == 0,
        Bson::Double(number) => *number == 0.0,
        Bson::String(text) => text.is_empty(),
        Bson::Array(items) => items.is_empty(),
        Bson::Document(members) => members.is_empty(),
        _ => false,
    }
}

fn to_boolean(value: &Bson) -> Option<Bson> {
    let truth = match value {
        Bson::Int32(1) => true,
        Bson::Int32(0) => false,
        Bson::String(text) => match text.to_lowercase().as_str() {
            "true" | "1" => true,
            "false" | "0" => false,
            _ => return None,
        },
        _ => return None,
    };
    Some(Bson::Boolean(truth))
}

fn to_integer(value: &Bson) -> Option<Bson> {
    match value {
        Bson::Boolean(truth) => Some(Bson::Int32(i32::from(*truth))),
        // Beyond these bounds the cast would stop at the largest number.
        Bson::Double(number) if number.abs() < 9.2e18 => Some(integer(*number as i64)),
        Bson::String(text) => match number::integer(text)? {
            Integer::Fits(whole) => Some(integer(whole)),
            Integer::Beyond64Bit => None,
        },
        _ => None,
    }
}

fn to_float(value: &Bson) -> Option<Bson> {
    let number = match value {
        Bson::Boolean(truth) => f64::from(u8::from(*truth)),
        Bson::Int32(number) => f64::from(*number),
        Bson::Int64(number) => *number as f64,
        Bson::String(text) => number::float(text).filter(|number| number.is_finite())?,
        _ => return None,
    };
    Some(Bson::Double(number))
}

/// The framework decodes the text of a number as JSON, whatever that holds.
fn to_number(value: &Bson) -> Option<Bson> {
    let text = value.as_str()?;
    super::body::read(text.as_bytes()).ok()
}

/// Fills defaults in, each mapping's after its own fields, in the order of the schema. With a
/// stored document this is a PATCH: a top-level default then fills a gap of that document only,
/// but a default inside an object is written whenever the object is.
pub(super) fn fill_defaults(
    document: &mut Document,
    fields: &[Field],
    persisted: Option<&Document>,
) {
    for field in fields {
        let kept = persisted.is_some_and(|kept| kept.contains_key(field.name));
        if let Some(default) = field.default
            && !kept
            && !document.contains_key(field.name)
        {
            document.insert(field.name, default.value());
        }
    }
    let holds_fields = |field: &&Field| {
        matches!(
            field.kind,
            Kind::Object(_) | Kind::ObjectOf(_) | Kind::List(_)
        )
    };
    for field in fields.iter().filter(holds_fields) {
        if let Some(value) = document.get_mut(field.name) {
            fill_inside(value, field.kind);
        }
    }
}

fn fill_inside(value: &mut Bson, kind: Kind) {
    match (kind, value) {
        (Kind::Object(fields), Bson::Document(inner)) => fill_defaults(inner, fields, None),
        (Kind::ObjectOf(values), Bson::Document(inner)) => {
            inner
                .iter_mut()
                .for_each(|(_, member)| fill_inside(member, values.kind));
        }
        (Kind::List(element), Bson::Array(items)) => {
            items
                .iter_mut()
                .for_each(|item| fill_inside(item, element.kind));
        }
        _ => {}
    }
}
