//! Values for the symbols of a recording: of the kind that each stands for, the same whenever the same object is
//! shown, and a function of the space's seed. They draw no id, for showing something must change nothing.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::{Map, Value};
use sha1::{Digest, Sha1};

use super::pattern::{filled, symbol};
use crate::platform::ids::Ids;

/// How deep an example is filled in; recordings hold nothing deeper.
const DEEPEST: usize = 64;
/// The fields that tell when an object was changed last.
const CHANGED: [&str; 2] = ["_updated", "updated_at"];

/// Where the values of an answer come from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) api: &'a str,
    pub(super) seed: u64,
    pub(super) now: Timestamp,
    /// The path asked for: what an object without an id is known by.
    pub(super) path: &'a str,
}

/// The example of a field for one object that is shown.
pub(super) fn example(
    value: &Value,
    object: &Map<String, Value>,
    kin: &[(String, String)],
    source: Source<'_>,
) -> Value {
    fill(value, 0, &mut |name, is_number| {
        let known = kin.iter().find(|(symbol, _)| symbol == name);
        let known = known.and_then(|(_, field)| object.get(field));
        match known {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ if is_number => number(&mut ids(name, object, source)),
            _ => plausible(name, object, source),
        }
    })
}

fn fill(value: &Value, depth: usize, told: &mut dyn FnMut(&str, bool) -> String) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    match value {
        Value::String(text) => {
            let number = symbol(text).filter(|(_, is_number)| *is_number);
            match number.and_then(|(name, _)| told(&name, true).parse::<i64>().ok()) {
                Some(number) => number.into(),
                None => Value::String(filled(text, |name| told(name, false))),
            }
        }
        Value::Array(items) => items
            .iter()
            .map(|item| fill(item, depth + 1, told))
            .collect(),
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(key, value)| {
                (
                    filled(key, |name| told(name, false)),
                    fill(value, depth + 1, told),
                )
            });
            Value::Object(members.collect())
        }
        other => other.clone(),
    }
}

/// A value such as the symbol may have stood for, told by the field where it stood first.
pub(super) fn plausible(name: &str, object: &Map<String, Value>, source: Source<'_>) -> String {
    if name.starts_with("name ") || name.starts_with("NAME ") {
        return name.to_owned();
    }
    let field = name
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| field.contains(part));
    if name == "now" || has(&["date", "created", "time"]) || field.ends_with("_at") {
        return date(object, source);
    }
    let mut ids = ids(name, object, source);
    if has(&["etag"]) {
        return ids.hex(20);
    }
    if has(&["organi"]) {
        return format!("55{}", ids.digits(8));
    }
    if has(&["number", "ocr", "reference"]) || source.api == "ams" {
        return number(&mut ids);
    }
    ids.object_id(source.now).to_hex()
}

fn number(ids: &mut Ids) -> String {
    format!("1{}", ids.digits(5))
}

/// When the object was changed last; without it, now.
fn date(object: &Map<String, Value>, source: Source<'_>) -> String {
    let changed = CHANGED
        .iter()
        .find_map(|field| object.get(*field)?.as_str());
    if let Some(changed) = changed {
        return changed.to_owned();
    }
    let printer = DateTimePrinter::new();
    match source.api {
        "amili" => printer
            .timestamp_to_rfc9110_string(&source.now)
            .unwrap_or_default(),
        _ => source.now.to_string(),
    }
}

fn ids(name: &str, object: &Map<String, Value>, source: Source<'_>) -> Ids {
    let own = object.get("_id").or_else(|| object.get("id"));
    let own = own.map_or_else(|| source.path.to_owned(), Value::to_string);
    let digest = Sha1::digest(format!("{}|{own}|{name}", source.seed));
    let mut seed = [0; 8];
    seed.copy_from_slice(&digest[..8]);
    Ids::from_seed(u64::from_be_bytes(seed))
}
